"""Run the fault matrix and write what came of it: ``python -m tests.faults [--engine ENGINE] [--table TABLE] [--fault FAULT]``."""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.tables import tables
from tests.faults.copies import thinned
from tests.faults.matrix import Cell, Column, names
from tests.faults.record import read, record, write
from tests.spark import engines


def run(engine: str, table: str, base: Path, folder: Path, only: list[str]) -> tuple[dict[str, Cell], list[str]]:
    """Cells of a table by fault, and what no fault explains."""
    column = Column(base, table, engine, folder / engine / table, only)
    cells = column.cells()
    missed = [f"{name}: {', '.join(cell.missed)}" for name, cell in cells.items() if cell.missed]
    print(f"{engine}: {table}: {len(cells)} faults, {len(missed)} missed", flush=True)
    for text in [*missed, *column.unexplained]:
        print(f"  {text}", flush=True)
    return cells, column.unexplained


def main() -> None:
    """Run what was asked for and bring the record up to date, table by table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", action="append", choices=["duckdb", "spark"], help="default: all that can run here")
    parser.add_argument("--table", action="append", choices=tables(), help="default: all")
    parser.add_argument("--fault", action="append", choices=[name for _, name, _ in names()], help="default: all")
    asked = parser.parse_args()
    unexplained: list[str] = []
    with TemporaryDirectory() as name:
        base = thinned(Path(name) / "base").folder
        for engine in asked.engine or engines():
            for table in asked.table or tables():
                cells, left = run(engine, table, base, Path(name), asked.fault or [])
                unexplained += left
                write(record({engine: {table: cells}}, read(), asked.fault or []))
    if unexplained:
        sys.exit("problems that no fault explains: mend the rule, or tell what the fault breaks by necessity")


if __name__ == "__main__":
    main()
