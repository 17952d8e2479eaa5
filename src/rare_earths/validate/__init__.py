"""Check a data package: files, rows, rules of our own, conformance, and archived cells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rare_earths.package import Package
from rare_earths.validate.problems import Problem, Report, show

__all__ = ["Problem", "Report", "show", "validate"]


#: Faults of a file after which its rows cannot be told apart.
UNREADABLE = {"file-exists", "encoding", "header", "cells", "nul"}


def validate(
    folder: str | Path,
    *,
    tables: Sequence[str] | None = None,
    conformance: bool = True,
    raw: str | Path | None = None,
) -> Report:
    """Check a data package of CSV files.

    Parameters
    ----------
    folder
        Folder with ``datapackage.json``.
    tables
        Tables to check; default: all. Others are read only where a rule looks into them.
    conformance
        Whether frictionless looks at the whole package too.
    raw
        Folder with raw files, to read archived cells again; None to leave that out.

    Returns
    -------
    Report
        All problems, not only the first.

    Raises
    ------
    FileNotFoundError
        When the folder holds no descriptor.
    UnknownTable
        When the package has no such table.
    """
    from rare_earths.validate.compile import schema_rules
    from rare_earths.validate.engine import Engine
    from rare_earths.validate.files import file_problems
    from rare_earths.validate.rules import own_rules

    package, report = Package(folder), Report()
    schemas = {table: package.schema(table) for table in tables or package.tables}
    unreadable = []
    for table, schema in schemas.items():
        found = list(file_problems(table, package.path(table), package.resource(table), schema))
        report.problems += found
        if UNREADABLE & {problem.rule for problem in found}:
            unreadable.append(table)
    if unreadable:
        report.skipped.append(f"rules on rows, as {', '.join(unreadable)} cannot be read")
        return report
    engine = Engine(package)
    for table, schema in schemas.items():
        report.checked[table] = engine.count(table)
        rules = [*schema_rules(schema), *own_rules(schema)]
        for level in ("error", "notice"):
            report.problems += engine.problems(schema, [rule for rule in rules if rule.level == level])
    if conformance:
        from rare_earths.validate.conformance import conformance_problems

        report.problems += conformance_problems(package)
    else:
        report.skipped.append("conformance by frictionless, as asked")
    _check_archive(package, raw, report)
    return report


def _check_archive(package: Package, raw: str | Path | None, report: Report) -> None:
    if raw is None or not Path(raw).is_dir():
        report.skipped.append(f"archived cells, as there are no raw files at {raw}")
    elif any(problem.rule in {"type", "header"} for problem in report.problems):
        report.skipped.append("archived cells, until the errors of types are mended")
    else:
        from rare_earths.validate.archive import archive_problems

        report.problems += archive_problems(package, Path(raw))
