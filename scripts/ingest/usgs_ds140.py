"""USGS Data Series 140, rare earths: production of the world and of the United States since 1900."""

import openpyxl

from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, Row, compare, production_row
from scripts.ingest.statistic_footnotes import Meaning
from scripts.ingest.statistics import Cell, statistic_row
from scripts.ingest.usgs import DS140, usgs_source

FILE = "usgs/ds140-rare-earths-2020.xlsx"
SOURCE = "usgs-ds140-2020"
SHEET = "Rare earths"
HEADER_ROW = 5
HEADERS = [
    "Year",
    "Production",
    "Imports",
    "Exports",
    "Apparent consumption",
    "Unit value ($/t)",
    "Unit value (98$/t)",
    "World production",
]
AREAS = {"Production": "USA", "World production": "WLD"}
#: Columns whose unit is not t REO.
UNITS = {"Unit value ($/t)": "USD/t REO", "Unit value (98$/t)": "USD of 1998/t REO"}
FORMULA = "The workbook holds a formula here; its stored result is shown."


def sources(raw: Raw) -> list[Row]:
    """The row of ``sources``."""
    return [
        usgs_source(
            SOURCE,
            DS140,
            "2020",
            "Historical statistics for mineral and material commodities in the United States: Rare earths",
            kind="dataset",
            edition_version="last modified 2023-09-27",
            published_on="2023-09-27",
            accessed_on="2026-07-10",
            url="https://d9-wret.s3.us-west-2.amazonaws.com/assets/palladium/production/s3fs-public/media/files/ds140-rare-earths-2020.xlsx",
            read_at="github.com/therealjameswilson/critical-minerals-records-stage-v3, "
            "data/raw/usgs_ds140_rare_earths_2020.xlsx @a67e3d4286b3",
            sha256=raw.sha256(FILE),
            note="Figures are calculated, estimated or reported; the workbook does not say which is which.",
        )
    ]


def _cells(raw: Raw):
    sheet = openpyxl.load_workbook(raw.path(FILE), data_only=True)[SHEET]
    headers = [cell.value for cell in sheet[HEADER_ROW]][: len(HEADERS)]
    if headers != HEADERS:
        raise ValueError(f"{FILE}, {SHEET}!A{HEADER_ROW}: expected {HEADERS}, found {headers}")
    for row in sheet.iter_rows(min_row=HEADER_ROW + 1, max_col=len(HEADERS)):
        if isinstance(row[0].value, int):
            for header, cell in zip(HEADERS[1:], row[1:], strict=True):
                yield row[0].value, header, cell.coordinate, "" if cell.value is None else str(cell.value)


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows: every cell as a statistic; mine production of the United States and of the world as production too."""
    formulas = openpyxl.load_workbook(raw.path(FILE))[SHEET]
    production, statistics = [], []
    for year, header, cell, as_printed in _cells(raw):
        locator = f"row={year}; column={header}; sheet={SHEET}; cell={cell}"
        if header in AREAS:
            production.append(production_row(SOURCE, AREAS[header], year, as_printed, locator, "A"))
        note = FORMULA if str(formulas[cell].value).startswith("=") else ""
        unit = UNITS.get(header, "t REO")
        statistics.append(statistic_row(Cell(SOURCE, header, year, as_printed, unit, locator, "A", Meaning(), note)))
    return {"production_reported": production, "us_salient_statistics": statistics}


def comparison(raw: Raw) -> Comparison:
    """Every cell of the workbook's table against the transcription."""
    found = {(str(year), header, cell): text for year, header, cell, text in _cells(raw)}
    expected = {}
    for _, row in raw.transcription("usgs_ds140_rare_earths.csv"):
        expected[row["year"], row["series"], row["workbook_cell"]] = row["value_as_printed"]
    return compare(SOURCE, found, expected)
