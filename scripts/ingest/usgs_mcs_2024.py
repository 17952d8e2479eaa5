"""USGS Mineral Commodity Summaries 2024, data release: the narrow CSV of rare earths."""

import csv

from scripts.ingest.areas import area_code
from scripts.ingest.footnotes import ESTIMATED, combine, read_footnotes
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, Row, compare, production_row, require_columns, reserves_row
from scripts.ingest.usgs import MCS, usgs_source

FILE = "usgs/mcs2024-raree_world-1.csv"
SOURCE = "usgs-mcs-2024"
COLUMNS = ["Source", "Country", "Type", "Prod_t_est_2022", "Prod_t_est_2023", "Prod_notes", "Reserves_t", "Reserves_notes"]
TYPE = "Rare earths, mine production, rare-earth-oxide equivalent, metric tons"
RESERVES_YEAR = 2023


def sources(raw: Raw) -> list[Row]:
    """The row of ``sources``."""
    return [
        usgs_source(
            SOURCE,
            MCS,
            "2024",
            "Mineral Commodity Summaries 2024 Data Release: Rare earths",
            kind="dataset",
            edition_version="ver. 1 or 2.0 (March 2024)",
            published_on="2024",
            url="https://doi.org/10.5066/P144BA54",
            doi="10.5066/P144BA54",
            read_at="github.com/onome23/Rare-earth-metals-analysis, mcs2024-raree_world-1.csv @f5951574fcab",
            sha256=raw.sha256(FILE),
            note="The copy does not tell which version of the release it is. It writes 0 where the printed chapter has a dash.",
        )
    ]


def _records(raw: Raw):
    with open(raw.path(FILE), encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        require_columns(FILE, [c for c in header if c], COLUMNS)
        for line, cells in enumerate(reader, start=2):
            if any(cells[len(COLUMNS) :]):
                raise ValueError(f"{FILE}, line {line}: text beyond the last named column: {cells[len(COLUMNS) :]}")
            if any(cells):
                record = dict(zip(COLUMNS, cells[: len(COLUMNS)], strict=True))
                if (record["Source"], record["Type"]) != ("MCS2024", TYPE):
                    raise ValueError(f"{FILE}, line {line}: expected MCS2024 and {TYPE!r}, found {cells[:3]}")
                yield line, record


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows: two years of production and the reserves column, filed under the later year."""
    production, reserves = [], []
    for line, record in _records(raw):
        place = f"{FILE}, line {line}"
        name = record["Country"]
        area, rounded = area_code(name, place), "rounded" in name
        for year in (2022, 2023):
            column = f"Prod_t_est_{year}"
            meaning = read_footnotes([record["Prod_notes"]], place, ESTIMATED)
            locator = f"row={name}; column={column}; record={line}"
            production.append(production_row(SOURCE, area, year, record[column], locator, "A", meaning, rounded))
        meaning = combine([read_footnotes([record["Reserves_notes"]], place)])
        locator = f"row={name}; column=Reserves_t; record={line}"
        reserves.append(reserves_row(SOURCE, area, RESERVES_YEAR, record["Reserves_t"], locator, "A", meaning, rounded))
    return {"production_reported": production, "reserves_reported": reserves}


def comparison(raw: Raw) -> Comparison:
    """The raw file against its transcription."""
    found, expected = {}, {}
    for _, record in _records(raw):
        found["mine_production", record["Country"], "2022"] = record["Prod_t_est_2022"]
        found["mine_production", record["Country"], "2023"] = record["Prod_t_est_2023"]
        found["reserves", record["Country"], "2023"] = record["Reserves_t"]
    for _, row in raw.transcription("usgs_mcs_world.csv"):
        if row["found_at"].endswith(FILE):
            expected[row["table"], row["country_as_printed"], row["year"]] = row["value_as_printed"]
    return compare(SOURCE, found, expected)
