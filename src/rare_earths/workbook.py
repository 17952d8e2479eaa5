"""Rows as a workbook in which codes are text, with sheets for the columns and the sources."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rare_earths.citing import cited_sources, plain, references

if TYPE_CHECKING:
    import pyarrow as pa

    from rare_earths.package import Package

#: Rows of a sheet, the header included (the limit of the format).
LIMIT = 2**20


def write_workbook(rows: pa.Table, path: Path, package: Package) -> None:
    """Write a workbook with the sheets ``rows``, ``fields`` and ``sources``.

    Raises
    ------
    ImportError
        When XlsxWriter is not installed.
    OSError
        When the file cannot be written.
    ValueError
        When a sheet cannot hold the rows.
    """
    try:
        import xlsxwriter
    except ModuleNotFoundError as error:
        raise ImportError(
            "a workbook needs XlsxWriter; install it with: pip install 'rare-earths[xlsx]'", name="xlsxwriter"
        ) from error
    if rows.num_rows >= LIMIT:
        raise ValueError(
            f"a sheet holds {LIMIT - 1:,} rows at most, these are {rows.num_rows:,}; filter them, or write Parquet"
        )
    # A cell must never become a number, a formula or a link by the look of its text.
    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        with xlsxwriter.Workbook(path, options) as book:
            _fill(book, rows, package)
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(f"{path} cannot be written: {error}") from error


def _fill(book: Any, rows: pa.Table, package: Package) -> None:
    book.set_properties(
        {"title": package.descriptor["title"], "created": datetime.fromisoformat(package.descriptor["created"])}
    )
    styles = {"head": book.add_format({"bold": True, "bottom": 1}), "text": book.add_format({"num_format": "@"})}
    _sheet(book, "rows", rows.column_names, zip(*(column.to_pylist() for column in rows.columns), strict=True), styles)
    facts = [(f.name, _said(f, "unit"), _said(f, "description")) for f in rows.schema]
    _sheet(book, "fields", ["field", "unit", "description"], facts, styles)
    named = [name for name in rows.column_names if name.endswith(("source_id", "source_ids"))]
    cited = references(package, cited_sources(rows) if named else set())
    _sheet(book, "sources", ["key", "citation"], [(one.key, plain.paragraph(one)) for one in cited], styles)


def _sheet(book: Any, name: str, names: list[str], rows: Any, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    widths = [len(text) for text in names]
    for place, text in enumerate(names):
        sheet.write_string(0, place, text, styles["head"])
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(line, place, value, styles["text"])
            elif isinstance(value, bool):
                sheet.write_boolean(line, place, value)
            elif value is not None:
                sheet.write_number(line, place, value)
            widths[place] = max(widths[place], min(len(str(value)), 60)) if value is not None else widths[place]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width + 2)


def _said(field: pa.Field, what: str) -> str | None:
    said = (field.metadata or {}).get(what.encode())
    return said.decode() if said else None
