"""Compile a Table Schema into rules, one definition for every engine."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any

import ibis

from rare_earths.validate.house import text_rules
from rare_earths.validate.patterns import check_patterns
from rare_earths.validate.rule import Rule
from rare_earths.validate.rules import own_rules
from rare_earths.validate.typed import SPELLING, TEXT, whole

#: The last part of the pattern of a field that may hold a day: 01 to 31, whatever the month.
DAY = re.compile(r"3\[01\]\)")


def rules_of(schema: dict[str, Any]) -> list[Rule]:
    """All rules of a table: those of its schema, then those of our own, errors before notices."""
    rules = [*schema_rules(schema), *own_rules(schema)]
    return sorted(rules, key=lambda rule: rule.level != "error")


def schema_rules(schema: dict[str, Any]) -> list[Rule]:
    """Rules that a Table Schema states: types, constraints, primary key and foreign keys.

    Raises
    ------
    RefusedPackage
        When a pattern could run for ever on some engine.
    """
    check_patterns(schema)
    rules: list[Rule] = []
    for field in schema["fields"]:
        rules += _field_rules(field)
    key = tuple(schema["primaryKey"])
    rules.append(
        Rule(
            "primary-key",
            key[0],
            f"no two rows with the same {', '.join(key)}",
            "remove the duplicate, or tell the rows apart by their key",
            lambda t, _: _alone(t, key),
            key=key,
        )
    )
    for foreign in schema.get("foreignKeys", []):
        rules.append(_foreign_key(foreign))
    return rules


def _field_rules(field: dict[str, Any]) -> list[Rule]:
    name, kind, constraints = field["name"], field["type"], field.get("constraints", {})
    rules: list[Rule] = []

    def add(rule: str, expected: str, mend: str, holds, key: tuple[str, ...] = ()) -> None:
        rules.append(Rule(rule, name, expected, mend, lambda t, _: holds(t), key=key))

    def cell(t):
        return t[TEXT + name] if TEXT + name in t.columns else t[name]

    if kind == "string":
        rules += text_rules(field)
    else:
        add("type", f"a value of type {kind}", f"write it as {SPELLING[kind]}", lambda t: _of_type(t, name, kind))
    if constraints.get("required"):
        add("required", "a value", "fill the cell, or drop the row if its source has no value", lambda t: cell(t).notnull())
    if pattern := constraints.get("pattern"):
        add("pattern", f"text like {pattern}", "write it in this form", lambda t: t[name].re_search(whole(pattern)))
        if DAY.search(pattern) and re.search(pattern, "2024-02-29"):
            add("date", "a day of the calendar", "correct the date from its source", lambda t: _exists(t[name]))
    if enum := constraints.get("enum"):
        add(
            "enum",
            f"one of {', '.join(map(str, enum))}",
            "use one of these, or add the value to the schema",
            lambda t: t[name].isin(enum),
        )
    if categories := categories_of(field):
        add(
            "categories",
            f"one of {', '.join(map(str, categories))}",
            "use one of these, or add the category to the schema",
            lambda t: t[name].isin(categories),
        )
    if (low := constraints.get("minimum")) is not None:
        add("minimum", f"at least {low}", "correct the figure from its source", lambda t: t[name] >= low)
    if (high := constraints.get("maximum")) is not None:
        add("maximum", f"at most {high}", "correct the figure from its source", lambda t: t[name] <= high)
    if constraints.get("unique"):
        add(
            "unique",
            "a value that no other row has",
            "correct one of the two",
            lambda t: t[name].isnull() | _alone(t, (name,)),
            key=(name,),
        )
    return rules


def _exists(date):
    """Whether a date known to the day is in the calendar; months and years have their pattern."""
    return (date.length() != 10) | date.try_cast("date").notnull()


def categories_of(field: dict[str, Any]) -> list[Any]:
    """Values of the property ``categories`` of Table Schema v2, be they bare or with labels."""
    return [item["value"] if isinstance(item, dict) else item for item in field.get("categories", [])]


def _of_type(t, name: str, kind: str):
    """Of text its spelling; of numbers that came as numbers what their type still allows and the field does not."""
    if TEXT + name in t.columns:
        spelt = t[TEXT + name].re_search(whole(SPELLING[kind])) & t[name].notnull()
        # 1e400 is spelt as a number, and too large for one.
        return t[TEXT + name].isnull() | (spelt & (t[name].abs() <= sys.float_info.max) if kind == "number" else spelt)
    if kind == "number":
        return ~t[name].isnan() & (t[name].abs() <= sys.float_info.max)
    return t[name].between(0, 9999) if kind == "year" else ibis.literal(True)


def _alone(t, key: Sequence[str]):
    """Whether no other row has the same key; a missing cell counts as a value, and text that is no number as it stands."""
    return (
        ibis._.count()
        .over(ibis.window(group_by=[TEXT + name if TEXT + name in t.columns else name for name in key]))
        .resolve(t)
        == 1
    )


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
    """Columns of a key as one value, null where one of them is; of another table as a column to look in.

    A missing key in the other table is left out: it would make every comparison unknown.
    """
    if elsewhere:
        t = t.drop_null(list(columns))
    if len(columns) == 1:
        return t[columns[0]]
    # `||` gives null where a part is null, unlike a join of a list.
    key = t[columns[0]].cast("string")
    for name in columns[1:]:
        key = key + "\x1f" + t[name].cast("string")
    return t.mutate(_key=key)["_key"] if elsewhere else key
