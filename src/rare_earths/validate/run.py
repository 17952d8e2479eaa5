"""One validation from beginning to end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from rare_earths.package import Package
from rare_earths.validate.compile import rules_of
from rare_earths.validate.engine import Engine, Tables
from rare_earths.validate.files import UNREADABLE, FileCheck, has_rows, row_count
from rare_earths.validate.inputs import OwnTable, PackageTables
from rare_earths.validate.problems import Report
from rare_earths.validate.reading import Reader
from rare_earths.validate.rule import NotAtHand, Unreadable


def engine_named(name: str, tables: Tables, reader: Reader) -> Engine:
    """An engine by its name: ``duckdb`` or ``spark``."""
    if name == "spark":
        from rare_earths.validate.spark import SparkEngine

        return SparkEngine(tables, reader)
    from rare_earths.validate.duck import DuckEngine

    return DuckEngine(tables, reader)


class Run:
    """One validation; leaving it removes its temporary files.

    Parameters
    ----------
    given
        What to check.
    engine
        Name of the engine.
    examples
        Number of failing rows to report for each broken rule.
    progress
        Called with the name of each step before it begins.
    """

    def __init__(self, given: PackageTables | OwnTable, engine: str, examples: int, progress: Callable[[str], None]):
        self.given, self.examples, self.progress = given, examples, progress
        self.reader = Reader()
        self.engine_name = engine
        self.unreadable: list[str] = []

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        self.reader.close()

    def report(self, conformance: bool, raw: str | Path | None) -> Report:
        """Check everything; see ``rare_earths.validate.validate``."""
        report = Report(self.engine_name, notes=list(self.given.notes))
        for table in self.given.checked:
            self.progress(f"{table}: file")
            self._check_file(table, report)
        engine = engine_named(self.engine_name, _Readable(self.given, self.unreadable), self.reader)
        for table in self.given.checked:
            if table not in self.unreadable:
                self.progress(f"{table}: rules")
                self._check_rows(engine, table, report)
        if self.unreadable:
            report.skipped.append(f"rules on rows that need {', '.join(self.unreadable)}, which cannot be read")
        if isinstance(self.given, PackageTables):
            self._check_package(self.given.package, conformance, raw, report)
        skipped: dict[str, list[str]] = {}
        for result in report.results:
            if result.skipped:
                skipped.setdefault(f"{result.table}: {{}}, as {result.skipped}", []).append(result.rule)
        report.skipped += [text.format(", ".join(dict.fromkeys(rules))) for text, rules in skipped.items()]
        return report

    def _resource(self, table: str) -> dict[str, Any] | None:
        return self.given.package.resource(table) if isinstance(self.given, PackageTables) else None

    def _check_file(self, table: str, report: Report) -> None:
        results = FileCheck(self.given.rows(table), self._resource(table), self.reader, self.examples).results()
        report.results += results
        if any(result.failures for result in results if result.rule in UNREADABLE):
            self.unreadable.append(table)

    def _check_rows(self, engine: Engine, table: str, report: Report) -> None:
        schema = self.given.rows(table).schema
        try:
            count, results = engine.results(schema, rules_of(schema), self.examples)
        except Unreadable as error:
            raise RuntimeError(str(error)) from error
        report.checked[table] = count
        resource = self._resource(table)
        report.results.append(row_count(table, resource["rows"], count) if resource else has_rows(table, count))
        report.results += results

    def _check_package(self, package: Package, conformance: bool, raw: str | Path | None, report: Report) -> None:
        self.progress("archived cells")
        if raw is None or not Path(raw).is_dir():
            report.skipped.append(f"archived cells, as there are no raw files{'' if raw is None else ' in the folder given'}")
        elif self.unreadable or any(problem.rule in {"type", "column-type"} for problem in report.problems):
            report.skipped.append("archived cells, until the errors of types are mended")
        else:
            from rare_earths.validate.archive import archive_problems

            report.add(archive_problems(package, Path(raw)), self.examples)
        self.progress("conformance by frictionless")
        if not conformance:
            report.skipped.append("conformance by frictionless, as asked")
            return
        from rare_earths.validate.conformance import conformance_problems

        report.add(conformance_problems(package), self.examples)


class _Readable:
    """Tables but for those that were found unreadable: rules that look into these are skipped by name."""

    def __init__(self, tables: Tables, unreadable: list[str]):
        self._tables, self._unreadable = tables, unreadable

    def rows(self, name: str):
        if name in self._unreadable:
            raise NotAtHand(name)
        return self._tables.rows(name)
