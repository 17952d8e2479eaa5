"""What changed in the schema of a table, property by property."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Schema = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """A property with another value: of the field named ``field``, or of the schema where that is None.

    ``property`` is a path such as ``constraints.minimum``; a property that one side lacks is None there.
    """

    field: str | None
    property: str
    old: Any
    new: Any

    def __str__(self) -> str:
        place = self.property if self.field is None else f"{self.field}: {self.property}"
        return f"{place} was {_short(self.old)}, is {_short(self.new)}"


@dataclass(frozen=True)
class SchemaDiff:
    """Fields that came or went, whole, and properties that changed."""

    fields_added: list[Schema] = field(default_factory=list)
    fields_removed: list[Schema] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.fields_added or self.fields_removed or self.changes)


def compare_schemas(old: Schema, new: Schema) -> SchemaDiff:
    """Compare two Table Schemas.

    Parameters
    ----------
    old, new
        Table Schemas with ``fields``.

    Returns
    -------
    SchemaDiff
        Fields are matched by their names. Where fields that both have stand in another order, the property
        ``fields`` of the schema has changed, with their names in both orders.
    """
    before, after = ({item["name"]: item for item in schema["fields"]} for schema in (old, new))
    changes = _changes(None, *({k: v for k, v in schema.items() if k != "fields"} for schema in (old, new)))
    orders = [[name for name in names if name in before and name in after] for names in (before, after)]
    if orders[0] != orders[1]:
        changes.append(Change(None, "fields", *orders))
    for name in orders[0]:
        changes += _changes(name, before[name], after[name])
    return SchemaDiff(
        fields_added=[item for name, item in after.items() if name not in before],
        fields_removed=[item for name, item in before.items() if name not in after],
        changes=changes,
    )


def _changes(name: str | None, old: Schema, new: Schema) -> list[Change]:
    before, after = _flat(old), _flat(new)
    paths = [*before, *(path for path in after if path not in before)]
    return [Change(name, path, before.get(path), after.get(path)) for path in paths if before.get(path) != after.get(path)]


def _flat(properties: Schema, prefix: str = "") -> Schema:
    """Properties by their paths; lists stay whole."""
    flat: Schema = {}
    for name, value in properties.items():
        flat |= _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return flat


def _short(value: Any) -> str:
    text = "absent" if value is None else repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else f"{text[:77]}…"
