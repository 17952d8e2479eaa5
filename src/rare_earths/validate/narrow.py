"""Ask a rule once for each combination of cells that it looks at, not once for each row.

Columns of codes hold few different values. Counting how many rows share them is cheap where
values lie in columns; a rule is then asked of each value, and each answer counts for its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import prod
from typing import TYPE_CHECKING

import ibis
import ibis.expr.operations as ops

from rare_earths.validate.rule import Rule
from rare_earths.validate.schema import judged

if TYPE_CHECKING:
    from rare_earths.validate.rule import Lookup

#: Combinations of values up to which it pays to ask each once.
FEW = 20_000
ROWS = "_rows"


def cells_of(rule: Rule, lookup: Lookup, table: ibis.Table) -> frozenset[str] | None:
    """Columns of a table that a rule looks at in one row; None where it looks at several rows together."""
    own, columns = table.op(), set()
    for node in rule.holds(table, lookup).op().find((ops.Field, ops.WindowFunction, ops.Reduction, ops.InSubquery)):
        if isinstance(node, ops.Field):
            columns |= {node.name} if node.rel == own else set()
        elif not isinstance(node, ops.InSubquery) or node.rel.find(lambda part: part == own):
            return None
    return frozenset(columns)


def grouped(
    rules: Sequence[Rule], lookup: Lookup, table: ibis.Table, values: Mapping[str, int]
) -> dict[frozenset[str], list[Rule]]:
    """Rules by the columns whose combinations are to be asked; those under the empty set are asked of each row.

    Parameters
    ----------
    rules
        Rules of the table.
    lookup
        Finds other tables.
    table
        The table.
    values
        About how many different values columns have; columns that are not named count as having many.
    """
    if not values:
        return {frozenset(): list(rules)}
    wide: list[Rule] = []
    narrow: list[tuple[frozenset[str], list[Rule]]] = []
    for rule in rules:
        columns = cells_of(rule, lookup, table)
        if columns and columns <= values.keys() and _combinations(columns, values) <= FEW:
            narrow.append((columns, [rule]))
        else:
            wide.append(rule)
    groups: list[tuple[frozenset[str], list[Rule]]] = []
    # A query costs about as much to write as to run, so that rules share one where their columns together hold few values.
    for columns, asked in sorted(narrow, key=lambda one: (_combinations(one[0], values), sorted(one[0]))):
        for place, (others, shared) in enumerate(groups):
            if _combinations(columns | others, values) <= FEW:
                groups[place] = (columns | others, shared + asked)
                break
        else:
            groups.append((columns, asked))
    return {frozenset(): wide, **dict(groups)}


def _combinations(columns: Iterable[str], values: Mapping[str, int]) -> int:
    return prod(max(values[name], 1) + 1 for name in columns)


def counts(rules: Sequence[Rule], lookup: Lookup, table: ibis.Table, columns: frozenset[str]) -> ibis.Table:
    """One row: the number of rows of the table, and of those that break each rule, in the order of the rules."""
    if not columns:
        held, names = judged(rules, lookup, table) if rules else (table, [])
        return held.aggregate([held.count().name(ROWS), *((~held[name]).sum().name(name) for name in names)])
    combined = table.group_by(sorted(columns)).aggregate(**{ROWS: ibis._.count()})
    held, names = judged(rules, lookup, combined)
    broken = [held[ROWS].sum(where=~held[name]).name(name) for name in names]
    return held.aggregate([held[ROWS].sum().name(ROWS), *broken])
