"""Codes that other tables define: one that is not defined can stand in no row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rare_earths.package import Package
from rare_earths.unknown import meant


def foreign_keys(schema: Mapping[str, Any]) -> list[tuple[list[str], str, list[str]]]:
    """Columns of each foreign key, the table that it refers to and the columns there; a reference into the table itself names it.

    Examples
    --------
    >>> foreign_keys({"name": "products", "foreignKeys": [{"fields": ["parent"], "reference": {"fields": ["product"]}}]})
    [(['parent'], 'products', ['product'])]
    """
    keys = [(key["fields"], key["reference"]) for key in schema.get("foreignKeys", [])]
    return [(names, target.get("resource") or schema["name"], target["fields"]) for names, target in keys]


def references(schema: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Column -> table and column that it must be found in, by itself or with the other columns of its key."""
    return {
        name: (table, other) for names, table, others in foreign_keys(schema) for name, other in zip(names, others, strict=True)
    }


def defined(schema: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Column of one code -> the table that defines it, and the column there.

    Examples
    --------
    >>> defined({"foreignKeys": [{"fields": ["area"], "reference": {"resource": "areas", "fields": ["area"]}}]})
    {'area': ('areas', 'area')}
    """
    return {names[0]: (table, others[0]) for names, table, others in foreign_keys(schema) if len(names) == 1}


def require_known(package: Package, table: str, wanted: Mapping[str, Sequence[Any]]) -> None:
    """Refuse codes that the tables which define them do not have.

    Parameters
    ----------
    package
        The package that defines them.
    table
        Table in which they were looked for.
    wanted
        Its columns with the values asked for; columns that refer to no other table are passed over.

    Raises
    ------
    ValueError
        When a code is not defined.
    """
    for name, (target, column) in defined(package.schema(table)).items():
        codes = [value for value in wanted.get(name, ()) if value is not None]
        if not codes or target not in package.tables:
            continue
        try:
            known = package.read(target, columns=[column]).column(0).to_pylist()
        except OSError:  # Of an older release perhaps only the table asked for is at hand: nothing is refused unseen.
            continue
        for code in codes:
            if code not in known:
                raise ValueError(
                    f"table {table!r}, column {name!r}: {code!r} is none of the codes that the table {target!r} "
                    f"lists{meant(code, known)}"
                )
