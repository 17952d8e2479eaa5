"""Rows as files: CSV, JSON, Parquet and XLSX, each with the types of the schema."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from rare_earths.spelling import cell
from rare_earths.writing import whole

if TYPE_CHECKING:
    import pyarrow as pa

    from rare_earths.package import Package


def csv_text(rows: pa.Table, out: TextIO) -> None:
    """Rows as the CSV files of the package are spelt."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows.column_names)
    for batch in rows.to_batches():
        writer.writerows(map(cell, row.values()) for row in batch.to_pylist())


def json_text(rows: pa.Table, out: TextIO) -> None:
    """Rows as a JSON array of objects, one on each line; missing values are null."""
    lines = (json.dumps(row, ensure_ascii=False) for row in rows.to_pylist())
    out.write("[\n" + ",\n".join(lines) + "\n]\n" if rows.num_rows else "[]\n")


#: Formats that a terminal can show.
TEXTS: dict[str, Callable[[pa.Table, TextIO], None]] = {"csv": csv_text, "json": json_text}
FORMATS = (*TEXTS, "parquet", "xlsx")


def write(rows: pa.Table, path: Path, kind: str, package: Package) -> None:
    """Write rows to a file, whole or not at all.

    Parameters
    ----------
    rows
        Rows of a table.
    path
        The file.
    kind
        One of :data:`FORMATS`.
    package
        The package that the rows are from; a workbook says it and the sources.

    Raises
    ------
    OSError
        When the file cannot be written.
    ImportError
        When a workbook is asked for and XlsxWriter is not installed.
    """
    with whole(path) as beside:
        if kind in TEXTS:
            with open(beside, "w", encoding="utf-8", newline="") as file:
                TEXTS[kind](rows, file)
        elif kind == "parquet":
            import pyarrow.parquet

            pyarrow.parquet.write_table(rows, beside, compression="zstd")
        else:
            from rare_earths.workbook import write_workbook

            write_workbook(rows, beside, package)
