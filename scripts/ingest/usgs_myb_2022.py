"""USGS Minerals Yearbook 2022, advance tables: sheet T8, world mine production 2018-2022.

Footnote markers are superscript text in the workbook: they are read by their font, so
that "India" with marker 4 never becomes another name and "42400" never meets a "6".
"""

import re

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock

from scripts.ingest.areas import area_code
from scripts.ingest.footnotes import ESTIMATED, FOOTNOTES, Meaning, combine
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, Row, compare, join_notes, production_row
from scripts.ingest.usgs import MYB, usgs_source

FILE = "usgs/myb1-2022-raree-ert.xlsx"
SOURCE = "usgs-myb-2022"
SHEET = "T8"
HEADER_ROW, FIRST_ROW, LAST_ROW = 6, 7, 19
YEAR_COLUMNS = {"C": 2018, "E": 2019, "G": 2020, "I": 2021, "K": 2022}
TOTAL = "Total"
ROUNDED_LABELS = {TOTAL, "United States"}
REVISED = Meaning(status="revised", note="The source marks this figure as revised.")


def sources(raw: Raw) -> list[Row]:
    """The row of ``sources``."""
    return [
        usgs_source(
            SOURCE,
            MYB,
            "2022",
            "Minerals Yearbook 2022: Rare earths, advance data tables",
            kind="dataset",
            edition_version="advance tables",
            published_on="2025-03-19",
            accessed_on="2026-07-10",
            url="https://d9-wret.s3.us-west-2.amazonaws.com/assets/palladium/production/s3fs-public/media/files/myb1-2022-raree-ert.xlsx",
            read_at="github.com/therealjameswilson/critical-minerals-records-stage-v3, "
            "data/raw/usgs_myb2022_rare_earths_tables.xlsx @a67e3d4286b3",
            sha256=raw.sha256(FILE),
            note="The table holds data available by 2024-04-01. Totals, figures of the United States and estimates "
            "are rounded to three significant digits at most; the rest is reported.",
        )
    ]


def split_markers(value) -> tuple[str, list[str]]:
    """Text of a cell and its superscript markers, told apart by the font."""
    if not isinstance(value, CellRichText):
        return ("" if value is None else str(value)).strip(), []
    text, markers = "", []
    for run in value:
        if isinstance(run, TextBlock) and run.font.vertAlign == "superscript":
            markers += [mark for mark in re.split(r"[,\s]+", run.text) if mark]
        else:
            text += str(run)
    return text.strip(), markers


def _legend(sheet) -> dict[str, Meaning]:
    """Meanings of the numbered footnotes below the table, found by their texts."""
    legend = {"e": ESTIMATED, "r": REVISED}
    for row in range(LAST_ROW + 1, sheet.max_row + 1):
        text = "".join(str(part) for part in [sheet[f"A{row}"].value] if part)
        match = re.match(r"^(\d)(.+)$", text)
        if match and match[2] in FOOTNOTES:
            legend[match[1]] = FOOTNOTES[match[2]]
    return legend


def _cells(raw: Raw):
    book = openpyxl.load_workbook(raw.path(FILE), rich_text=True)
    sheet = book[SHEET]
    for column, year in YEAR_COLUMNS.items():
        if sheet[f"{column}{HEADER_ROW}"].value != year:
            raise ValueError(f"{FILE}, {SHEET}!{column}{HEADER_ROW}: expected {year}, found another column")
    legend = _legend(sheet)
    for row in range(FIRST_ROW, LAST_ROW + 1):
        name, label_marks = split_markers(sheet[f"A{row}"].value)
        for column, year in YEAR_COLUMNS.items():
            as_printed, own = split_markers(sheet[f"{column}{row}"].value)
            text, marks = split_markers(sheet[f"{chr(ord(column) + 1)}{row}"].value)
            marks = label_marks + own + marks + [mark for mark in re.split(r"[,\s]+", text) if mark]
            unknown = [mark for mark in marks if mark not in legend]
            if unknown:
                raise ValueError(f"{FILE}, {SHEET}!{column}{row}: unknown footnote marker {unknown}; expected {sorted(legend)}")
            yield name, year, f"{column}{row}", as_printed, marks, legend


def _meaning(name: str, marks: list[str], legend: dict[str, Meaning]) -> Meaning:
    """Meaning of the marks: no mark means reported, but a total may hold estimates.

    ``e`` with ``r`` stays an estimate, and the note says that it is revised.
    """
    if not set(marks) & {"e", "r"}:
        unmarked = Meaning() if name == TOTAL else Meaning(status="reported")
        return combine([unmarked, *(legend[mark] for mark in marks)])
    meaning = combine([legend[mark] for mark in marks])
    if {"e", "r"} <= set(marks):
        return meaning._replace(status="estimated", note=join_notes(meaning.note, REVISED.note))
    return meaning


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows: world mine production 2018-2022."""
    production = []
    for name, year, cell, as_printed, marks, legend in _cells(raw):
        area = area_code(name, f"{FILE}, {SHEET}!{cell}")
        rounded = name in ROUNDED_LABELS or "e" in marks
        locator = f"table=8; row={name}; column={year}; sheet={SHEET}; cell={cell}"
        production.append(production_row(SOURCE, area, year, as_printed, locator, "A", _meaning(name, marks, legend), rounded))
    return {"production_reported": production}


def comparison(raw: Raw) -> Comparison:
    """Figures and footnote markers of the sheet against the transcription."""
    found, expected = {}, {}
    for name, year, _, as_printed, marks, _ in _cells(raw):
        place = (area_code(name, SHEET), year)
        found[place] = as_printed
        found[*place, "markers"] = "; ".join(sorted(marks))
    for line, row in raw.transcription("usgs_myb_world.csv"):
        if row["grade"] == "A":
            place = (area_code(row["country_as_printed"], f"usgs_myb_world.csv, line {line}"), int(row["year"]))
            expected[place] = row["value_as_printed"]
            expected[*place, "markers"] = "; ".join(sorted(filter(None, row["markers"].split("; "))))
    return compare(SOURCE, found, expected)
