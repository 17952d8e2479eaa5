"""Folders of ``local/``: write one, and read all of them together with the tables of the package."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from rare_earths.arrow import arrow_schema, read_csv
from scripts.ingest.rows import Row
from scripts.tables import DATA, ROOT, csv_text, schema, write_text

LOCAL = ROOT / "local"
#: Tables that a folder may hold.
TABLES = ("sources", "trade_flows")


def write(name: str, tables: Mapping[str, Sequence[Row]], root: Path = LOCAL) -> Path:
    """Write the rows of one source of one's own, in place of what was there.

    Parameters
    ----------
    name
        Name of the folder.
    tables
        Rows by table: ``trade_flows``, and ``sources`` unless the package has them.
    root
        Folder of all such folders.

    Returns
    -------
    pathlib.Path
        The folder; it is whole or as it was.
    """
    beside, folder = root / f".{name}.part", root / name
    shutil.rmtree(beside, ignore_errors=True)
    for table, rows in tables.items():
        write_text(beside / f"{table}.csv", csv_text(rows, schema(table)))
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)
    return folder


def read(table: str, root: Path = LOCAL) -> list[Row]:
    """Rows of one table from all folders."""
    paths = sorted(root.glob(f"*/{table}.csv")) if table in TABLES else []
    return [row for path in paths for row in _rows(path, table)]


def joined(table: str, root: Path = LOCAL) -> list[Row]:
    """Rows of a table of the package, then those from all folders."""
    return _rows(DATA / f"{table}.csv", table) + read(table, root)


def shown(folder: Path) -> str:
    """A folder as it is shown to a reader: from the repository on."""
    return str(folder.relative_to(ROOT)) if folder.is_relative_to(ROOT) else str(folder)


def _rows(path: Path, table: str) -> list[Row]:
    return read_csv(path, arrow_schema(schema(table))).to_pylist()
