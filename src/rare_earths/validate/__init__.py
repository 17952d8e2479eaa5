"""Check data packages and tables: files, rows, rules of our own, conformance, and archived cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rare_earths.filters import listed
from rare_earths.validate.problems import Problem, Report, Result
from rare_earths.validate.show import show

__all__ = ["Problem", "Report", "Result", "show", "validate"]

ENGINES = ("duckdb", "spark")


def validate(
    data: Any,
    *,
    table: str | None = None,
    tables: Sequence[str] | None = None,
    engine: str = "duckdb",
    conformance: bool = True,
    raw: str | Path | None = None,
    examples: int = 20,
    progress: Callable[[str], None] | None = None,
) -> Report:
    """Check a data package, or one table against a schema of ours.

    Parameters
    ----------
    data
        Folder or zip of a data package; a CSV or Parquet file; a folder or a glob of Parquet files; an
        Arrow table, a frame of pandas or polars, anything that speaks the Arrow stream protocol;
        a Spark frame (with ``engine="spark"``).
    table
        Table that ``data`` holds, for anything but a package; a file that is named after a table needs none.
    tables
        Tables of a package to check; default: all. Others are read only where a rule looks into them.
    engine
        ``duckdb``, embedded, or ``spark``: the running session, or else a local one.
    conformance
        Whether frictionless looks at a whole package too. It never looks at a table alone.
    raw
        Folder with raw files, to read archived cells of a package again; None to leave that out.
    examples
        Number of failing rows to report for each broken rule, the first ones; all are counted.
    progress
        Called with the name of each step before it begins.

    Returns
    -------
    Report
        What became of every rule, with counts of all failures.

    Raises
    ------
    FileNotFoundError
        When there is no such file, or no descriptor in the folder.
    UnknownTable
        When there is no such table.
    RefusedPackage
        When a package asks for something that a reader must not do.
    ValueError
        When it cannot be told which table ``data`` holds, there is no such engine, or ``tables`` is no list.
    ImportError
        When the engine is not installed.

    Notes
    -----
    A table alone is checked by the rules of its schema and by our own. Its foreign keys are looked
    up in the installed package, which ``Report.notes`` says; a rule that looks into any other table
    is skipped by name; hash and number of rows belong to packages.
    """
    from rare_earths.validate.inputs import tables_of
    from rare_earths.validate.run import Run

    if engine not in ENGINES:
        raise ValueError(f"no engine {engine!r}; there are {', '.join(ENGINES)}")
    given = tables_of(data, table, listed("tables", tables) or None)
    if engine != "spark" and any(given.rows(name).kind == "spark" for name in given.checked):
        raise ValueError("a Spark frame is checked where it is: give engine='spark'")
    with Run(given, engine, examples, progress or (lambda step: None)) as run:
        return run.report(conformance, raw)
