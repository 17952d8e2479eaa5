"""Run the fault matrix and write what came of it: ``python -m tests.faults [--engine ENGINE] [--table TABLE]``."""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.tables import tables
from tests.faults.copies import thinned
from tests.faults.matrix import Cell, Column
from tests.faults.record import read, record, write
from tests.spark import engines


def run(engine: str, wanted: list[str], base: Path, folder: Path) -> dict[str, dict[str, Cell]]:
    """Cells by table and fault; stops where something is found that no fault explains."""
    found = {}
    for table in wanted:
        column = Column(base, table, engine, folder / engine / table)
        found[table] = column.cells()
        missed = [f"{name}: {', '.join(cell.missed)}" for name, cell in found[table].items() if cell.missed]
        print(f"{engine}: {table}: {len(found[table])} faults, {len(missed)} missed", flush=True)
        for text in [*missed, *column.unexplained]:
            print(f"  {text}")
        if column.unexplained:
            sys.exit("problems that no fault explains: mend the rule, or tell what the fault breaks by necessity")
    return found


def main() -> None:
    """Run what was asked for and bring the record up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", action="append", choices=["duckdb", "spark"], help="default: all that can run here")
    parser.add_argument("--table", action="append", choices=tables(), help="default: all")
    asked = parser.parse_args()
    with TemporaryDirectory() as name:
        base = thinned(Path(name) / "base").folder
        chosen = asked.engine or engines()
        write(record({engine: run(engine, asked.table or tables(), base, Path(name)) for engine in chosen}, read()))


if __name__ == "__main__":
    main()
