"""Show a report to a reader."""

from __future__ import annotations

from rare_earths.validate.problems import Problem, Report

#: Rows of a table on a screen; the rest is counted.
SHOWN = 50


def show(report: Report) -> None:
    """Print a report: a table of problems, counts per rule, then one line that sums it up."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console()
    for title, level, problems in (("Errors", "error", report.errors), ("Notices", "notice", report.notices)):
        if not problems:
            continue
        table = Table("where", "value", "expected", "how to mend", title=title, show_lines=True)
        for p in problems[:SHOWN]:
            table.add_row(*map(escape, (_place(p), "" if p.value is None else p.value, p.expected, p.mend)))
        console.print(table)
        if report.total(level) > min(len(problems), SHOWN):
            console.print(f"{title.lower()} by rule (the first of each are shown; --json gives --examples of each):")
            for result in report.results:
                if result.failures and result.level == level:
                    column = f" {result.column}" if result.column else ""
                    console.print(f"  {result.table}{column} ({result.rule}): {result.failures:,}", highlight=False)
    for text in report.notes:
        console.print(f"note: {text}", highlight=False)
    for text in report.skipped:
        console.print(f"skipped: {text}", highlight=False)
    verdict = "valid" if report.valid else "NOT valid"
    console.print(
        f"{verdict}: {len(report.checked)} tables, {sum(report.checked.values()):,} rows, "
        f"{report.total('error'):,} errors, {report.total('notice'):,} notices ({report.engine})",
        highlight=False,
    )


def _place(p: Problem) -> str:
    key = ", ".join(f"{name}={value}" for name, value in p.key.items() if value is not None)
    return "\n".join(filter(None, [p.table, f"line {p.line}" if p.line else "", key, p.column or "", f"({p.rule})"]))
