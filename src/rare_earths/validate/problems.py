"""What validation finds, and how it is shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, or (``level`` notice) that a reader should know.

    Attributes
    ----------
    table, line, column, value
        Where it is: line of the CSV (the header is line 1), None for a whole file.
    rule
        Name of the rule.
    expected
        What the rule expects.
    mend
        How to mend it.
    level
        ``error`` or ``notice``.
    """

    table: str
    line: int | None
    column: str | None
    value: str | None
    rule: str
    expected: str
    mend: str
    level: str = "error"


@dataclass
class Report:
    """All problems of one validation, with what was checked and what was skipped."""

    problems: list[Problem] = field(default_factory=list)
    checked: dict[str, int] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """Problems that make the package invalid."""
        return [problem for problem in self.problems if problem.level == "error"]

    @property
    def notices(self) -> list[Problem]:
        """Findings that a reader should know of."""
        return [problem for problem in self.problems if problem.level == "notice"]

    @property
    def valid(self) -> bool:
        """Whether there are no errors."""
        return not self.errors

    def counts(self) -> dict[str, int]:
        """Number of problems by rule."""
        return dict(sorted(Counter(problem.rule for problem in self.problems).items()))

    def as_json(self) -> dict[str, Any]:
        """The report as data."""
        return {
            "valid": self.valid,
            "rows_checked": self.checked,
            "skipped": self.skipped,
            "counts": self.counts(),
            "problems": [asdict(problem) for problem in self.problems],
        }


def show(report: Report, examples: int = 50) -> None:
    """Print a report for a reader: a table of problems, then one line that sums it up."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console()
    for title, problems in (("Errors", report.errors), ("Notices", report.notices)):
        if not problems:
            continue
        table = Table("where", "value", "expected", "how to mend", title=title, show_lines=True)
        for p in problems[:examples]:
            where = [p.table, f"line {p.line}" if p.line else "", p.column or "", f"({p.rule})"]
            cells = ("\n".join(filter(None, where)), "" if p.value is None else p.value, p.expected, p.mend)
            table.add_row(*map(escape, cells))
        console.print(table)
        if len(problems) > examples:
            console.print(f"… and {len(problems) - examples} more; --json gives all")
    for text in report.skipped:
        console.print(f"skipped: {text}", highlight=False)
    rows = sum(report.checked.values())
    verdict = "valid" if report.valid else "NOT valid"
    console.print(
        f"{verdict}: {len(report.checked)} tables, {rows:,} rows, {len(report.errors)} errors, {len(report.notices)} notices",
        highlight=False,
    )
