"""USGS Mineral Commodity Summaries 2025, data release: the wide CSV of all commodities."""

import csv

from scripts.ingest.areas import area_code
from scripts.ingest.footnotes import ESTIMATED, Meaning, read_footnotes
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, Row, compare, production_row, require_columns, reserves_row
from scripts.ingest.usgs import MCS, usgs_source

FILE = "usgs/MCS2025_World_Data.csv"
SOURCE = "usgs-mcs-2025-data"
COLUMNS = [
    "SOURCE",
    "COMMODITY",
    "COUNTRY",
    "TYPE",
    "UNIT_MEAS",
    "PROD_2023",
    "PROD_EST_ 2024",
    "PROD_NOTES",
    "CAP_2023",
    "CAP_EST_ 2024",
    "CAP_NOTES",
    "RESERVES_2024",
    "RESERVE_NOTES",
]
PRODUCTION = {"PROD_2023": (2023, Meaning()), "PROD_EST_ 2024": (2024, ESTIMATED)}
RESERVES_YEAR = 2024


def sources(raw: Raw) -> list[Row]:
    """The row of ``sources``."""
    return [
        usgs_source(
            SOURCE,
            MCS,
            "2025",
            "Mineral Commodity Summaries 2025 Data Release: world production, capacity and reserves",
            kind="dataset",
            edition_version="data release",
            published_on="2025",
            url="https://doi.org/10.5066/P13XCP3R",
            doi="10.5066/P13XCP3R",
            read_at="github.com/manuali-luciana/critical-minerals-replication, data/source/MCS2025_World_Data.csv @4739c5eeb3d0",
            sha256=raw.sha256(FILE),
            note="The landing page speaks of ver. 2.0 (April 2025); the copy does not state its version. "
            "Cells are empty where the printed chapter has a dash, and NA of the reserves stands one column too far right.",
        )
    ]


def _records(raw: Raw):
    with open(raw.path(FILE), encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        require_columns(FILE, next(reader), COLUMNS)
        for line, cells in enumerate(reader, start=2):
            record = dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
            if record["COMMODITY"] == "Rare earths":
                _check(line, record)
                yield line, record


def _check(line: int, record: dict[str, str]) -> None:
    expected = {
        "SOURCE": "MCS2025",
        "TYPE": "Mine production, rare-earth-oxide equivalent",
        "UNIT_MEAS": "metric tons",
        "CAP_2023": "",
        "CAP_EST_ 2024": "",
        "CAP_NOTES": "",
    }
    for column, text in expected.items():
        if record[column] != text:
            raise ValueError(f"{FILE}, line {line}, column {column}: expected {text!r}, found {record[column]!r}")


def _reserves(record: dict[str, str]) -> tuple[str, str, list[str]]:
    """Column, cell and footnotes of the reserves; NA has slipped into the column of notes."""
    if not record["RESERVES_2024"] and record["RESERVE_NOTES"] == "NA":
        return "RESERVE_NOTES", "NA", []
    return "RESERVES_2024", record["RESERVES_2024"], [record["RESERVE_NOTES"]]


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows: two years of production and the reserves, which the file calls those of 2024."""
    production, reserves = [], []
    for line, record in _records(raw):
        place, name = f"{FILE}, line {line}", record["COUNTRY"]
        area, rounded = area_code(name, place), "rounded" in name
        for column, (year, header) in PRODUCTION.items():
            meaning = read_footnotes([record["PROD_NOTES"]], place, header)
            locator = f"row={name}; column={column}; record={line}"
            production.append(production_row(SOURCE, area, year, record[column], locator, "A", meaning, rounded))
        column, cell, notes = _reserves(record)
        locator = f"row={name}; column={column}; record={line}"
        meaning = read_footnotes(notes, place)
        reserves.append(reserves_row(SOURCE, area, RESERVES_YEAR, cell, locator, "A", meaning, rounded))
    return {"production_reported": production, "reserves_reported": reserves}


def comparison(raw: Raw) -> Comparison:
    """The raw file against the transcription of the chapter of the same edition."""
    found, expected = {}, {}
    for line, record in _records(raw):
        area = area_code(record["COUNTRY"], f"{FILE}, line {line}")
        for column, (year, _) in PRODUCTION.items():
            found["mine_production", area, str(year)] = record[column]
        found["reserves", area, "2024"] = _reserves(record)[1]
    for line, row in raw.transcription("usgs_mcs_world.csv"):
        if row["found_at"].endswith("mcs2025-rare-earths.text.md"):
            area = area_code(row["country_as_printed"], f"usgs_mcs_world.csv, line {line}")
            expected[row["table"], area, row["year"]] = row["value_as_printed"]

    def explain(place, a, b):
        return "the data release leaves the cell empty where the chapter prints a dash" if (a, b) == ("", "—") else ""

    return compare(SOURCE, found, expected, explain)
