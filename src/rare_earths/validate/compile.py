"""Compile a Table Schema into rules, and rules into a pandera schema.

The pandera schema works on ibis tables, so the same rules run wherever ibis does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import ibis
import pandera.ibis as pa

from rare_earths.validate.rule import Rule

if TYPE_CHECKING:
    from rare_earths.validate.rule import Lookup

#: Prefix of the columns that hold the text of a cell before it was read as a number.
TEXT = "_text_"
LINE = "_line"
#: How values of each type are spelt; anything else is not of that type.
SPELLING = {
    "integer": r"^(0|-?[1-9][0-9]*)$",
    "year": r"^[0-9]{4}$",
    "number": r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?(e[+-]?[0-9]+)?$",
    "boolean": r"^(true|false)$",
}
PYTHON_TYPES = {"string": str, "integer": int, "year": int, "number": float, "boolean": bool}


def schema_rules(schema: dict[str, Any]) -> list[Rule]:
    """Rules that a Table Schema states: types, constraints, primary key and foreign keys."""
    rules: list[Rule] = []
    for field in schema["fields"]:
        rules += _field_rules(field)
    key = schema["primaryKey"]
    rules.append(
        Rule(
            "primary-key",
            key[0],
            f"no two rows with the same {', '.join(key)}",
            "remove the duplicate, or tell the rows apart by their key",
            lambda t, _: ibis._.count().over(ibis.window(group_by=key)).resolve(t) == 1,
        )
    )
    for foreign in schema.get("foreignKeys", []):
        rules.append(_foreign_key(foreign))
    return rules


def _field_rules(field: dict[str, Any]) -> list[Rule]:
    name, kind, constraints = field["name"], field["type"], field.get("constraints", {})
    rules: list[Rule] = []

    def add(rule: str, expected: str, mend: str, holds) -> None:
        rules.append(Rule(rule, name, expected, mend, lambda t, _: holds(t)))

    def cell(t):
        return t[name] if kind == "string" else t[TEXT + name]

    if kind == "string":
        add(
            "clean-text",
            "no space at either end, no control character, no leading = + @ or -",
            "clean the text",
            lambda t: _clean(t[name]),
        )
    else:
        spelling = SPELLING[kind]
        add("type", f"a value of type {kind}", f"write it as {spelling}", lambda t: cell(t).re_search(spelling))
    if constraints.get("required"):
        add("required", "a value", "fill the cell, or drop the row if its source has no value", lambda t: cell(t).notnull())
    if pattern := constraints.get("pattern"):
        add("pattern", f"text like {pattern}", "write it in this form", lambda t: t[name].re_search(pattern))
    if enum := constraints.get("enum"):
        add(
            "enum",
            f"one of {', '.join(map(str, enum))}",
            "use one of these, or add the value to the schema",
            lambda t: t[name].isin(enum),
        )
    if (low := constraints.get("minimum")) is not None:
        add("minimum", f"at least {low}", "correct the figure from its source", lambda t: t[name] >= low)
    if (high := constraints.get("maximum")) is not None:
        add("maximum", f"at most {high}", "correct the figure from its source", lambda t: t[name] <= high)
    if constraints.get("unique"):
        add("unique", "a value that no other row has", "correct one of the two", lambda t: _unique(t, name))
    return rules


def _clean(text):
    # A cell of dashes only is a printed zero, not a formula.
    formula = text.re_search(r"^[=+@-]") & ~text.re_search(r"^-+$")
    return ~formula & ~text.re_search(r"[\x00-\x1f\x7f\x{feff}]") & (text == text.strip())


def _unique(t, name: str):
    return t[name].isnull() | (t[name].count().over(ibis.window(group_by=name)) == 1)


def _foreign_key(foreign: dict[str, Any]) -> Rule:
    columns, targets = foreign["fields"], foreign["reference"]["fields"]
    other = foreign["reference"]["resource"]

    def holds(t, lookup):
        key = joined(t, columns)
        return key.isnull() | key.isin(joined(lookup(other), targets, elsewhere=True))

    return Rule(
        "foreign-key",
        columns[-1],
        f"a {', '.join(targets)} of the table {other}",
        f"add it to {other}, or correct the key",
        holds,
    )


def joined(t, columns: Sequence[str], elsewhere: bool = False):
    """Columns of a key as one value, null where one of them is; of another table as a column to look in."""
    if len(columns) == 1:
        return t[columns[0]]
    # `||` gives null where a part is null, unlike a join of a list.
    key = t[columns[0]].cast("string")
    for name in columns[1:]:
        key = key + "\x1f" + t[name].cast("string")
    return t.mutate(_key=key)["_key"] if elsewhere else key


def pandera_schema(schema: dict[str, Any], rules: Sequence[Rule], lookup: Lookup) -> pa.DataFrameSchema:
    """Pandera schema of a table: its columns with their types, and one check in which all rules must hold.

    Parameters
    ----------
    schema
        The Table Schema.
    rules
        Rules to run, in one pass over the rows.
    lookup
        Finds the other tables of the package.
    """

    # A mapping makes pandera compute the column before it filters by it, as window functions need.
    def hold(data):
        return {"holds": ibis.and_(*(rule.holds(data.table, lookup).fill_null(True) for rule in rules))}

    columns = {f["name"]: pa.Column(PYTHON_TYPES[f["type"]], nullable=True) for f in schema["fields"]}
    return pa.DataFrameSchema(columns, checks=pa.Check(hold), name=schema["name"])
