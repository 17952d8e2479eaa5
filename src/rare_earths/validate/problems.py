"""What validation finds: problems at their places, counts per rule, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

#: Version of the format of the JSON report; `report.schema.json` describes it.
FORMAT = 1


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, or (``level`` notice) that a reader should know.

    Attributes
    ----------
    table, line, column, value
        Where it is. ``line`` is the line of a CSV (the header is line 1; a row whose cells
        hold line breaks counts as one line) or the number of the row, from 1, in anything
        else; None for a whole file. ``value`` is the text of the cell.
    rule
        Name of the rule.
    expected
        What the rule expects.
    mend
        How to mend it.
    level
        ``error`` or ``notice``.
    key
        Primary key of the row, as text; empty for a whole file.
    """

    table: str
    line: int | None
    column: str | None
    value: str | None
    rule: str
    expected: str
    mend: str
    level: str = "error"
    key: dict[str, str | None] = field(default_factory=dict, hash=False)


@dataclass
class Result:
    """What became of one rule on one table.

    Attributes
    ----------
    table, rule, column, level, expected
        Which rule, as in ``Problem``; ``column`` is None for rules on a whole file.
    failures
        Number of rows, or places in the file, that break the rule: all of them.
    examples
        The first of them, at most as many as were asked for.
    skipped
        Why the rule was not run; None where it was.
    """

    table: str
    rule: str
    column: str | None
    level: str
    expected: str
    failures: int = 0
    examples: list[Problem] = field(default_factory=list)
    skipped: str | None = None


@dataclass
class Report:
    """All that one validation found, and what it left out.

    Attributes
    ----------
    engine
        Engine that ran the rules on rows: ``duckdb`` or ``spark``.
    results
        One per rule that was run or skipped by name.
    checked
        Number of rows by table.
    skipped
        What was left out and why, in sentences.
    notes
        What a reader must know to understand the verdict, in sentences.
    """

    engine: str = "duckdb"
    results: list[Result] = field(default_factory=list)
    checked: dict[str, int] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, problems: Iterable[Problem], examples: int) -> None:
        """Add problems that were found one by one, counted by table, rule, column and level."""
        found: dict[tuple, Result] = {}
        for p in problems:
            key = (p.table, p.rule, p.column, p.level)
            result = found.setdefault(key, Result(p.table, p.rule, p.column, p.level, p.expected))
            result.failures += 1
            if len(result.examples) < examples:
                result.examples.append(p)
        self.results += found.values()

    @property
    def problems(self) -> list[Problem]:
        """The examples of every broken rule; ``counts()`` says how many there are in all."""
        return [problem for result in self.results for problem in result.examples]

    @property
    def errors(self) -> list[Problem]:
        """Examples of what makes the data invalid."""
        return [problem for problem in self.problems if problem.level == "error"]

    @property
    def notices(self) -> list[Problem]:
        """Examples of what a reader should know of."""
        return [problem for problem in self.problems if problem.level == "notice"]

    def total(self, level: str) -> int:
        """Number of failures of a level: all, not only the examples."""
        return sum(result.failures for result in self.results if result.level == level)

    @property
    def valid(self) -> bool:
        """Whether there are no errors."""
        return self.total("error") == 0

    def counts(self) -> dict[str, int]:
        """Number of failures by rule, over all tables; rules that hold everywhere are left out."""
        found: dict[str, int] = {}
        for result in self.results:
            if result.failures:
                found[result.rule] = found.get(result.rule, 0) + result.failures
        return dict(sorted(found.items()))

    def as_json(self) -> dict[str, Any]:
        """The report as data, as ``report.schema.json`` describes it: no times, no paths of this machine."""
        return {
            "format": FORMAT,
            "valid": self.valid,
            "engine": self.engine,
            "errors": self.total("error"),
            "notices": self.total("notice"),
            "rows_checked": self.checked,
            "notes": self.notes,
            "skipped": self.skipped,
            "counts": self.counts(),
            "rules": [_without(asdict(result), "examples") for result in self.results],
            "problems": [asdict(problem) for problem in self.problems],
        }


def _without(mapping: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if key != name}
