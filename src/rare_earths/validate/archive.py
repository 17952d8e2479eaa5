"""Read archived cells again: the figure as printed must be what the raw file holds at the locator.

Cells of workbooks and of files of separated values are read; a chapter in PDF is read whole by its ingest module,
which compares every figure with a transcription.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from rare_earths.locators import parse
from rare_earths.package import Package
from rare_earths.validate.problems import Problem

#: Table -> column with the figure as printed.
PRINTED = {
    "production_reported": "quantity_as_printed",
    "reserves_reported": "reserves_as_printed",
    "prices": "price_as_printed",
    "us_salient_statistics": "value_as_printed",
    "trade_flows": "quantity_as_printed",
}
#: Tables in which a row without printed text comes from a file of numbers, which its ingest module converts.
CONVERTED = {"trade_flows"}
#: Kinds of files with cells that a locator names.
READ = {".csv", ".xlsx"}
ENCODINGS = ("utf-8-sig", "cp1252")
MEND = "correct the printed text or the locator; the raw file is what the source shows"


def archive_problems(package: Package, folder: Path) -> Iterator[Problem]:
    """Problems of every row whose source has an archived file in this folder.

    Parameters
    ----------
    package
        The package to check.
    folder
        Folder with raw files, in any layout: files are found by their hash.
    """
    archived = {row["source_id"]: row["sha256"] for row in package.read("sources").to_pylist() if row["sha256"]}
    files = {
        hashlib.sha256(path.read_bytes()).hexdigest(): path
        for path in folder.rglob("*")
        if path.suffix.lower() in READ and path.is_file()
    }
    for table, printed in PRINTED.items():
        for line, row in enumerate(package.read(table).to_pylist(), start=2):
            path = files.get(archived.get(row["source_id"], ""))
            if path is None or (table in CONVERTED and row[printed] is None):
                continue
            try:
                cell = read_cell(path, parse(row["locator"]))
            except (LookupError, ValueError) as error:
                yield Problem(table, line, "locator", row["locator"], "archived-cell", f"a place in {path.name}: {error}", MEND)
                continue
            if cell != (row[printed] or ""):
                yield Problem(table, line, printed, row[printed], "archived-cell", f"{cell!r}, as {path.name} has it", MEND)


def read_cell(path: Path, locator: dict[str, str]) -> str:
    """Text of the cell that a locator names in a CSV or a workbook, without surrounding spaces.

    Raises
    ------
    LookupError
        When there is no such place, or it belongs to another row.
    """
    if path.suffix == ".xlsx":
        value = _sheet(path, locator["sheet"])[locator["cell"]].value
        return "" if value is None else str(value).strip()
    record = _records(path)[int(locator["record"])]
    if locator["row"] not in (cell.strip() for cell in record.values()) and locator["column"] not in TOTALS:
        raise LookupError(f"record {locator['record']} is not of {locator['row']!r}")
    return record[locator["column"]].strip()


#: Columns that hold a total in the row of another area.
TOTALS = {"Total World Production"}


@cache
def _sheet(path: Path, name: str) -> Any:
    import openpyxl

    return openpyxl.load_workbook(path, data_only=True)[name]


@cache
def _records(path: Path) -> dict[int, dict[str, str]]:
    content = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return dict(enumerate(csv.DictReader(text.splitlines()), start=2))
    raise ValueError(f"{path.name} is neither of {', '.join(ENCODINGS)}")
