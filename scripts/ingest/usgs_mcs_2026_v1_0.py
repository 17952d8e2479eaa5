"""USGS Mineral Commodity Summaries 2026, data release of version 1.0: the long CSV of all commodities."""

import csv

from scripts.ingest.areas import area_code
from scripts.ingest.footnotes import read_footnotes
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, Row, compare, production_row, require_columns, reserves_row
from scripts.ingest.usgs import MCS, TABLE, usgs_source

FILE = "usgs/MCS2026_Commodities_Data.csv"
ENCODING = "cp1252"
SOURCE = "usgs-mcs-2026-v1.0"
COLUMNS = [
    "MCS chapter",
    "Section",
    "Commodity",
    "Country",
    "Statistics",
    "Statistics_detail",
    "Unit",
    "Year",
    "Value",
    "Notes",
    "Is critical mineral 2025",
    "Other notes",
]
KINDS = {
    ("Production", "Mine production"): ("mine_production", False),
    ("Production", "Mine production: rounded"): ("mine_production", True),
    ("Reserves", "Reserves"): ("reserves", False),
    ("Reserves", "Reserves: rounded"): ("reserves", True),
}


def sources(raw: Raw) -> list[Row]:
    """The row of ``sources``."""
    return [
        usgs_source(
            SOURCE,
            MCS,
            "2026",
            "Mineral Commodity Summaries 2026 Data Release: Rare earths",
            kind="dataset",
            edition_version="v1.0",
            published_on="2026-02-06",
            accessed_on="2026-07-10",
            url="https://doi.org/10.5066/P1WKQ63T",
            doi="10.5066/P1WKQ63T",
            read_at="github.com/therealjameswilson/critical-minerals-records-stage-v3, "
            "data/raw/usgs_mcs2026_commodities_data.csv @a67e3d4286b3",
            licence="CC0-1.0",
            licence_url="https://creativecommons.org/publicdomain/zero/1.0/",
            sha256=raw.sha256(FILE),
        )
    ]


def _records(raw: Raw):
    with open(raw.path(FILE), encoding=ENCODING, newline="") as file:
        reader = csv.DictReader(file)
        require_columns(FILE, reader.fieldnames or [], COLUMNS)
        for line, record in enumerate(reader, start=2):
            if record["MCS chapter"] == "RARE EARTHS" and record["Section"] == TABLE:
                if record["Unit"] != "metric tons":
                    raise ValueError(f"{FILE}, line {line}, column Unit: expected 'metric tons', found {record['Unit']!r}")
                yield line, record


def _kind(line: int, record: dict[str, str]) -> tuple[str, bool]:
    key = (record["Statistics"], record["Statistics_detail"])
    if key not in KINDS:
        raise ValueError(f"{FILE}, line {line}: unknown statistic {key}; expected one of {sorted(KINDS)}")
    return KINDS[key]


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows: two years of production and the reserves, which the file calls those of 2025."""
    production, reserves = [], []
    for line, record in _records(raw):
        place = f"{FILE}, line {line}"
        kind, rounded = _kind(line, record)
        area, year = area_code(record["Country"], place), int(record["Year"])
        meaning = read_footnotes(record["Notes"].split(" -- "), place)
        locator = f"table={TABLE}; row={record['Country']}; column=Value; record={line}"
        cells = (area, year, record["Value"], locator, "A", meaning, rounded)
        if kind == "reserves":
            reserves.append(reserves_row(SOURCE, *cells))
        else:
            production.append(production_row(SOURCE, *cells))
    return {"production_reported": production, "reserves_reported": reserves}


def comparison(raw: Raw) -> Comparison:
    """The raw file against its transcription."""
    found, expected = {}, {}
    for line, record in _records(raw):
        area = area_code(record["Country"], f"{FILE}, line {line}")
        found[_kind(line, record)[0], area, record["Year"]] = record["Value"]
    for line, row in raw.transcription("usgs_mcs_world.csv"):
        if row["found_at"].endswith(FILE):
            area = area_code(row["country_as_printed"], f"usgs_mcs_world.csv, line {line}")
            expected[row["table"], area, row["year"]] = row["value_as_printed"]
    return compare(SOURCE, found, expected)
