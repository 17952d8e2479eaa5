"""The rule that says which part of the version a difference raises.

``major``
    A table, a field or a row is gone; a field has another type, format or unit; the key, the references or the
    missing values are others; fields stand in another order; a constraint is tighter, or cannot be compared.
``minor``
    A table, a field or a row is new; a constraint is looser.
``patch``
    A value of a row is corrected; a title, a description, an example is worded anew.

The largest one counts. It follows the recipe on versions of the Data Package Standard
(https://datapackage.org/recipes/data-package-version/); a removed row is major with us, as somebody may cite it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from rare_earths.diffing.fields import Change

if TYPE_CHECKING:
    from rare_earths.diffing import Diff

Level = Literal["major", "minor", "patch"]
LEVELS: tuple[Level, ...] = ("major", "minor", "patch")
#: Properties that tell a person something and change nothing that a program reads.
WORDS = {"$schema", "$comment", "title", "description", "example", "rdfType"}


def reasons(diff: Diff) -> list[tuple[Level, str]]:
    """What speaks for which part of the version, the largest part first."""
    found: list[tuple[Level, str]] = [("major", f"table {name} is removed") for name in diff.tables_removed]
    found += [("minor", f"table {name} is new") for name in diff.tables_added]
    for name, table in diff.tables.items():
        found += [("major", f"{name}: field {item['name']} is removed") for item in table.schema.fields_removed]
        found += [("minor", f"{name}: field {item['name']} is new") for item in table.schema.fields_added]
        found += [(level_of(change), f"{name}: {change}") for change in table.schema.changes]
        for level, rows, what in (
            ("major", table.removed.num_rows, "removed"),
            ("minor", table.added.num_rows, "added"),
            ("patch", table.rows_changed, "corrected"),
        ):
            found += [(level, f"{name}: {rows:,} {'row' if rows == 1 else 'rows'} {what}")] if rows else []
    return sorted(found, key=lambda reason: LEVELS.index(reason[0]))


def level_of(change: Change) -> Level:
    """The part of the version that a changed property raises.

    Examples
    --------
    >>> level_of(Change("area", "description", "Code.", "Code of the area."))
    'patch'
    >>> level_of(Change("year", "constraints.minimum", 1900, 1800))
    'minor'
    >>> level_of(Change("price", "unit", "USD/kg", "USD/t"))
    'major'
    """
    if change.property in WORDS:
        return "patch"
    group, _, constraint = change.property.partition(".")
    if group == "constraints" and _loosened(constraint, change.old, change.new):
        return "minor"
    return "major"


def _loosened(constraint: str, old: Any, new: Any) -> bool:
    """Whether every value that was allowed still is. Only constraints that can be compared are."""
    if new is None or new is False:
        return True
    if old is None:
        return False
    if constraint in {"minimum", "minLength", "exclusiveMinimum"}:
        return new < old
    if constraint in {"maximum", "maxLength", "exclusiveMaximum"}:
        return new > old
    return constraint == "enum" and set(old) <= set(new)
