"""An engine runs rules on rows: how many rows break each rule, and the first of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import ibis

from rare_earths.validate.inputs import Rows
from rare_earths.validate.narrow import counts, grouped
from rare_earths.validate.problems import Problem, Result
from rare_earths.validate.reading import Reader
from rare_earths.validate.rule import NotAtHand, Rule
from rare_earths.validate.schema import judged
from rare_earths.validate.typed import LINE, TEXT, typed

#: Failures up to which the rows of all broken rules are fetched at once; beyond, the first of each rule by itself.
FEW = 10_000


class Tables(Protocol):
    """Finds the rows of a table by its name; see ``PackageTables`` and ``OwnTable``."""

    def rows(self, name: str) -> Rows:
        """Where the rows are; raises ``NotAtHand`` or ``UnknownTable``."""


class Tally(NamedTuple):
    """Number of rows of a table, and of those that break each rule, in the order of the rules."""

    rows: int
    failures: list[int]


class Engine(ABC):
    """Tables on an engine.

    Parameters
    ----------
    tables
        Finds tables; one is read when it is first asked for.
    reader
        Reads files; the caller closes it.
    """

    name: str

    def __init__(self, tables: Tables, reader: Reader) -> None:
        self.tables, self.reader = tables, reader
        self._typed: dict[str, ibis.Table] = {}

    @abstractmethod
    def _raw(self, rows: Rows) -> ibis.Table:
        """Columns as they come, with ``LINE``."""

    @abstractmethod
    def _fetch(self, table: ibis.Table) -> list[dict[str, Any]]:
        """All rows of an expression, of which there are few."""

    @abstractmethod
    def is_key(self, rows: Rows, key: Sequence[str]) -> bool:
        """Whether it is proven that no two rows have the same values in these columns; False is no proof that some do."""

    def table(self, name: str) -> ibis.Table:
        """A table, typed by its schema, with ``LINE`` and the text of cells that came as text.

        Raises
        ------
        NotAtHand
            When there is no such table to look into.
        Unreadable
            When it cannot be read.
        """
        if name not in self._typed:
            rows = self.tables.rows(name)
            self._typed[name] = typed(self._raw(rows), rows.schema)
        return self._typed[name]

    def results(self, schema: dict[str, Any], rules: Sequence[Rule], examples: int) -> tuple[int, list[Result]]:
        """What became of each rule.

        All rules are counted in one pass over the rows; only for a rule that is broken the
        first rows that break it are fetched.

        Parameters
        ----------
        schema
            Table Schema of a table.
        rules
            Its rules; one that looks into a table that is not at hand is skipped by name.
        examples
            Number of rows to fetch for each broken rule.

        Returns
        -------
        tuple
            Number of rows, and a result per rule in the order of the rules.
        """
        table, results = self.table(schema["name"]), []
        ready = []
        for rule in rules:
            result = Result(schema["name"], rule.name, rule.column, rule.level, rule.expected)
            results.append(result)
            try:
                rule.holds(table, self.table)
            except NotAtHand as missing:
                result.skipped = f"it looks into {missing.args[0]}, which is not at hand"
                continue
            ready.append((rule, result))
        tally = self.tally(schema["name"], [rule for rule, _ in ready])
        for (_, result), failures in zip(ready, tally.failures, strict=True):
            result.failures = failures
        broken = [(rule, result) for rule, result in ready if result.failures]
        if len(broken) > 1 and sum(result.failures for _, result in broken) <= FEW:
            self._together(schema, broken, examples)
        else:
            for rule, result in broken:
                result.examples = self.examples(schema, rule, examples)
        return tally.rows, results

    def tally(self, name: str, rules: Sequence[Rule]) -> Tally:
        """Count the rows that break each rule."""
        rows = self.tables.rows(name)
        table, found, count = self.table(name), {}, 0
        asked = [rule for rule in rules if not self._proven(rows, table, rule)]
        for columns, group in grouped(asked, self.table, table, self.values(rows)).items():
            (row,) = self._fetch(counts(group, self.table, table, columns))
            count, *failures = (number or 0 for number in row.values())
            found |= dict(zip(map(id, group), failures, strict=True))
        return Tally(count, [found.get(id(rule), 0) for rule in rules])

    def _proven(self, rows: Rows, table: ibis.Table, rule: Rule) -> bool:
        """Whether a rule holds everywhere, where there is a cheaper way to know than to ask it of each row."""
        if rule.key:
            return self.is_key(rows, rule.key)
        return bool(rule.counterexamples) and not self._fetch(rule.counterexamples(table, self.table).limit(1))

    def values(self, rows: Rows) -> Mapping[str, int]:
        """About how many different values columns have, for those where it pays to look at each value once."""
        return {}

    def examples(self, schema: dict[str, Any], rule: Rule, limit: int) -> list[Problem]:
        """The first rows that break a rule, in their order."""
        held, (name,) = judged([rule], self.table, self.table(schema["name"]))
        broken = held.filter(~held[name])[_wanted(schema, [rule], held.columns)].order_by(LINE).limit(limit)
        return [problem(schema, rule, row) for row in self._fetch(broken)]

    def _together(self, schema: dict[str, Any], broken: Sequence[tuple[Rule, Result]], limit: int) -> None:
        """Examples of several rules in one query, where few rows break them."""
        rules = [rule for rule, _ in broken]
        held, names = judged(rules, self.table, self.table(schema["name"]))
        rows = held.filter(~ibis.and_(*(held[name] for name in names)))
        rows = rows[[*_wanted(schema, rules, held.columns), *names]].order_by(LINE)
        for row in self._fetch(rows):
            for (rule, result), name in zip(broken, names, strict=True):
                if not row[name] and len(result.examples) < limit:
                    result.examples.append(problem(schema, rule, row))


def _wanted(schema: dict[str, Any], rules: Sequence[Rule], columns: Sequence[str]) -> list[str]:
    """Columns that problems of these rules show."""
    shown = [*(rule.column for rule in rules), *schema["primaryKey"]]
    return list(dict.fromkeys([LINE, *(_cell(name, columns) for name in shown)]))


def _cell(name: str, columns: Sequence[str]) -> str:
    return TEXT + name if TEXT + name in columns else name


def problem(schema: dict[str, Any], rule: Rule, row: dict[str, Any]) -> Problem:
    """The problem of one row that breaks a rule."""
    from rare_earths.spelling import cell

    def text(name: str) -> str | None:
        value = row[_cell(name, tuple(row))]
        return None if value is None else cell(value) if value == value else "NaN"

    key = {name: text(name) for name in schema["primaryKey"]}
    return Problem(
        schema["name"], int(row[LINE]), rule.column, text(rule.column), rule.name, rule.expected, rule.mend, rule.level, key
    )
