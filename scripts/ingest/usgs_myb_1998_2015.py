"""USGS Minerals Yearbook, data years 1998-2015, as compiled by the Sparks group (grade B)."""

import csv

from scripts.ingest.areas import area_code
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, Row, compare, production_row, require_columns
from scripts.ingest.usgs import MYB, usgs_source

FILE = "other/sp8rks_USGS_HHI_rare_earths_1998-2015.csv"
SOURCE = "usgs-myb-1998-2015-via-sparks"
COLUMNS = [
    "source_file",
    "Element",
    "HHI Contribution",
    "HHI",
    "Country",
    "Production",
    "Market Share",
    "Total World Production",
]
WORLD = "World total"


def sources(raw: Raw) -> list[Row]:
    """The row of ``sources``."""
    return [
        usgs_source(
            SOURCE,
            MYB,
            "",
            "World production of rare earths 1998-2015, from tables of the Minerals Yearbook (as compiled by the Sparks group)",
            kind="dataset",
            restated_by="T. D. Sparks group (sp8rks/USGS_HHI)",
            read_at="github.com/sp8rks/USGS_HHI, 18 yearly files @86ee49d46d3f",
            url="https://doi.org/10.1007/s40192-020-00173-5",
            doi="10.1007/s40192-020-00173-5",
            licence="MIT",
            published_on="2020",
            sha256=raw.sha256(FILE),
            attribution="U.S. Geological Survey, Minerals Yearbook, as compiled by the T. D. Sparks group (MIT licence).",
            note="Which edition of the Yearbook each figure comes from is not said; marks of estimates and footnotes are lost. "
            "The date is that of the article with the compilation.",
        )
    ]


def _records(raw: Raw):
    with open(raw.path(FILE), encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        require_columns(FILE, reader.fieldnames or [], COLUMNS)
        for line, record in enumerate(reader, start=2):
            if record["Element"] != "Rare Earths":
                raise ValueError(f"{FILE}, line {line}, column Element: expected 'Rare Earths', found {record['Element']!r}")
            yield line, int(record["source_file"].split()[0]), record


def _cells(raw: Raw):
    """Line, year, name, column and cell of every figure; the world total stands in the first line of a year."""
    for line, year, record in _records(raw):
        yield line, year, record["Country"], "Production", record["Production"], record["source_file"]
        if record["Total World Production"]:
            yield line, year, WORLD, "Total World Production", record["Total World Production"], record["source_file"]


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows; an empty cell stays a row without a figure."""
    production = []
    for line, year, name, column, cell, file in _cells(raw):
        locator = f"table={file}; row={name}; column={column}; record={line}"
        production.append(production_row(SOURCE, area_code(name, f"{FILE}, line {line}"), year, cell, locator, "B"))
    return {"production_reported": production}


def comparison(raw: Raw) -> Comparison:
    """The raw file against its transcription, which leaves empty cells out."""
    found = {(name, str(year)): cell for _, year, name, _, cell, _ in _cells(raw) if cell}
    expected = {}
    for _, row in raw.transcription("usgs_myb_world.csv"):
        if row["grade"] == "B":
            expected[row["country_as_printed"], row["year"]] = row["value_as_printed"]
    return compare(SOURCE, found, expected)
