"""Check a data package: files, rows, rules of our own, conformance, and archived cells."""

from __future__ import annotations

from pathlib import Path

from rare_earths.package import Package
from rare_earths.validate.problems import Problem, Report, show

__all__ = ["Problem", "Report", "show", "validate"]


def validate(folder: str | Path, *, conformance: bool = True, raw: str | Path | None = None) -> Report:
    """Check a data package of CSV files.

    Parameters
    ----------
    folder
        Folder with ``datapackage.json``.
    conformance
        Whether frictionless looks at the package too; it takes longer than all the rest.
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
    """
    from rare_earths.validate.compile import schema_rules
    from rare_earths.validate.engine import Engine
    from rare_earths.validate.files import file_problems
    from rare_earths.validate.rules import own_rules

    package, engine, report = Package(folder), Engine(), Report()
    schemas = {table: package.schema(table) for table in package.tables}
    for table, schema in schemas.items():
        found = list(file_problems(table, package.path(table), package.resource(table), schema))
        report.problems += found
        if not {"file-exists", "encoding", "header", "cells", "nul"} & {problem.rule for problem in found}:
            report.checked[table] = engine.add_csv(schema, package.path(table))
    if unreadable := sorted(set(schemas) - set(report.checked)):
        report.skipped.append(f"rules on rows, as {', '.join(unreadable)} cannot be read")
        return report
    for schema in schemas.values():
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
