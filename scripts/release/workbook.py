"""One workbook: a sheet to read first, a dictionary of all columns, and a sheet for each table."""

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from rare_earths.package import Package
from scripts.release.bundle import stem
from scripts.release.preface import facts, tables

#: Text stays text: what looks like a number, a formula or an address is none. Files within the workbook have a fixed time.
OPTIONS = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
DICTIONARY = ("table", "column", "type", "unit", "required", "description")
#: Narrowest and widest column of a table, and width of a column of prose, in characters.
NARROW, WIDE, PROSE = 8, 32, 100


def write_workbook(folder: Path) -> None:
    """Write ``rare-earths-{version}.xlsx``, whole or not at all."""
    package, path = Package(folder), folder / f"{stem(folder)}.xlsx"
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with xlsxwriter.Workbook(beside, OPTIONS) as workbook:
            write_sheets(workbook, package)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_sheets(workbook: xlsxwriter.Workbook, package: Package) -> None:
    """Write all sheets."""
    descriptor = package.descriptor
    created = datetime.fromisoformat(descriptor["created"]).astimezone(UTC).replace(tzinfo=None)
    author = ", ".join(person["title"] for person in descriptor["contributors"])
    workbook.set_properties(
        {"title": descriptor["title"], "author": author, "comments": descriptor["description"], "created": created}
    )
    bold, wrapped = workbook.add_format({"bold": True}), workbook.add_format({"text_wrap": True, "valign": "top"})
    read_me = workbook.add_worksheet("read me")
    read_me.set_column(0, 0, 12, bold)
    read_me.set_column(1, 1, PROSE, wrapped)
    for place, row in enumerate([*facts(package, "the sheet sources"), *tables(package)]):
        read_me.write_row(place, 0, row)
    write_table(workbook.add_worksheet("columns"), DICTIONARY, dictionary(package), bold, {5: PROSE})
    for table in package.tables:
        rows = package.read(table)
        values = zip(*(column.to_pylist() for column in rows.columns), strict=True)
        write_table(workbook.add_worksheet(table), rows.column_names, values, bold)


def dictionary(package: Package) -> list[tuple[Any, ...]]:
    """Rows of the dictionary: every column of every table."""
    return [
        (
            table,
            field["name"],
            field["type"],
            field.get("unit"),
            field.get("constraints", {}).get("required", False),
            field["description"],
        )
        for table in package.tables
        for field in package.schema(table)["fields"]
    ]


def write_table(
    sheet: Worksheet, names: Sequence[str], rows: Iterable[Sequence[Any]], bold: Format, widths: dict[int, int] | None = None
) -> None:
    """Write rows under a frozen header with filters; a missing value is an empty cell."""
    last, longest = 0, [len(name) + 3 for name in names]
    write = {str: sheet.write_string, bool: sheet.write_boolean, int: sheet.write_number, float: sheet.write_number}
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, bold)
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if value is not None:
                write[type(value)](last, column, value)
                if last <= 200:
                    longest[column] = max(longest[column], len(str(value)))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(names) - 1)
    for column, length in enumerate(longest):
        sheet.set_column(column, column, (widths or {}).get(column, min(max(length, NARROW), WIDE)))
