"""Read columns as the types of a schema, and keep the text of cells that come as text."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.datatypes as dt

#: Column with the line or number of a row.
LINE = "_line"
#: Prefix of the columns that hold the text of a cell that is read as a number or a boolean.
TEXT = "_text_"
#: Table Schema type -> type of an expression.
TYPES = {"string": "string", "integer": "int64", "year": "int64", "number": "float64", "boolean": "boolean"}


def fits(kind: str, found: dt.DataType) -> bool:
    """Whether a column of this type can hold values of a Table Schema type without a guess."""
    if kind == "number":
        return found.is_numeric()
    if kind in {"integer", "year"}:
        return found.is_integer()
    return found.is_boolean() if kind == "boolean" else found.is_string()


def typed(raw: ibis.Table, schema: dict[str, Any]) -> ibis.Table:
    """The columns of a schema, typed.

    A column that comes as another type than its field says is taken as text, so that each cell
    that is not of the type is found, not only the column.

    Parameters
    ----------
    raw
        Columns as they come, with ``LINE``.
    schema
        The Table Schema.
    """
    columns: dict[str, ibis.Value] = {LINE: raw[LINE]}
    for field in schema["fields"]:
        name, kind = field["name"], field["type"]
        found, target = raw[name].type(), TYPES[kind]
        if fits(kind, found):
            columns[name] = raw[name].cast(target)
            continue
        text = raw[name].cast("string")
        columns[name] = text if kind == "string" else text.try_cast(target)
        if kind != "string":
            columns[TEXT + name] = text
    return raw.select(**columns)
