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
#: How values of each type are spelt; anything else is not of that type.
SPELLING = {
    "integer": r"^(0|-?[1-9][0-9]*)$",
    "year": r"^[0-9]{4}$",
    "number": r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?(e[+-]?[0-9]+)?$",
    "boolean": r"^(true|false)$",
}


def whole(pattern: str) -> str:
    """The pattern with the very end of the text for ``$``, which in Java also stands before a line break at the end."""
    return pattern[:-1] + r"\z" if pattern.endswith("$") and not pattern.endswith(r"\$") else pattern


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
        if kind == "string":
            columns[name] = text
            continue
        # Engines take different words for numbers ("0x1F", "1d", " 1"); none of them becomes one here.
        columns[name] = text.re_search(whole(SPELLING[kind])).ifelse(text, None).try_cast(target)
        columns[TEXT + name] = text
    return raw.select(**columns)
