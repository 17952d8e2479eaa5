"""Write tables as the canonical CSV: columns, order of rows and spelling of values come from the schema."""

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rare_earths.spelling import cell

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
SCHEMAS = ROOT / "schemas"

Row = Mapping[str, Any]


def schema(table: str) -> dict[str, Any]:
    """Table Schema of a table."""
    return json.loads((SCHEMAS / f"{table}.json").read_text(encoding="utf-8"))


def tables() -> list[str]:
    """Names of all tables, in the order of their file names."""
    return sorted(path.stem for path in SCHEMAS.glob("*.json"))


def sort_key(row: Row, key: list[str]) -> tuple:
    """Sorting key of a row: numbers as numbers, text by code point."""
    return tuple(row[name] if isinstance(row[name], (int, float)) else str(row[name]) for name in key)


def csv_text(rows: Iterable[Row], definition: Mapping[str, Any]) -> str:
    """Canonical CSV of rows.

    Raises
    ------
    ValueError
        When a row has a column that the schema does not define.
    """
    names = [field["name"] for field in definition["fields"]]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(names)
    for row in sorted(rows, key=lambda row: sort_key(row, definition["primaryKey"])):
        if unknown := set(row) - set(names):
            raise ValueError(f"{definition['name']}: columns {sorted(unknown)} are not in the schema; define them there first")
        writer.writerow([cell(row.get(name)) for name in names])
    return buffer.getvalue()


def write_text(path: Path, text: str) -> None:
    """Write a whole file or nothing: beside it first, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_text(text, encoding="utf-8", newline="")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_table(table: str, rows: Iterable[Row]) -> None:
    """Write one table to ``data/``."""
    write_text(DATA / f"{table}.csv", csv_text(rows, schema(table)))
