"""USGS Mineral Commodity Summaries 2026, data release: salient statistics and prices of four chapters."""

import csv

from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, Row, compare, require_columns
from scripts.ingest.statistic_footnotes import read_footnotes
from scripts.ingest.statistics import Cell, is_price, material_rows, price_row, statistic_row
from scripts.ingest.usgs_mcs_2026_v1_0 import COLUMNS, ENCODING, FILE, SOURCE

SECTION = "Salient Statistics—United States"
#: Chapter -> prefix of its series, and what a metric ton is there.
CHAPTERS = {
    "RARE EARTHS": ("", "t REO"),
    "RARE EARTHS (Heavy)": ("Rare earths (heavy): ", "t REO"),
    "SCANDIUM": ("Scandium: ", "t Sc2O3"),
    "YTTRIUM": ("Yttrium: ", "t Y2O3"),
}
#: The chapters that the transcription of salient statistics holds.
TRANSCRIBED = ("RARE EARTHS", "RARE EARTHS (Heavy)")


def sources(raw: Raw) -> list[Row]:
    """None: the module of world tables gives the row of this data release."""
    return []


def _records(raw: Raw):
    with open(raw.path(FILE), encoding=ENCODING, newline="") as file:
        reader = csv.DictReader(file)
        require_columns(FILE, reader.fieldnames or [], COLUMNS)
        for line, record in enumerate(reader, start=2):
            if record["MCS chapter"] in CHAPTERS and record["Section"] == SECTION:
                yield line, record


def _series(record: dict[str, str]) -> str:
    return record["Statistics_detail"].rstrip(":,")


def _cells(raw: Raw):
    for line, record in _records(raw):
        prefix, tons = CHAPTERS[record["MCS chapter"]]
        series = _series(record)
        meaning = read_footnotes(record["Notes"].split(" -- "), f"{FILE}, line {line}")
        yield Cell(
            source_id=SOURCE,
            series=series if is_price(series) else prefix + series,
            year=int(record["Year"]),
            as_printed=record["Value"],
            unit=tons if record["Unit"] == "metric tons" else record["Unit"],
            locator=f"section={record['MCS chapter']}; table=Salient Statistics; row={record['Statistics_detail']}; column=Value; record={line}",
            grade="A",
            meaning=meaning,
        )


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows: salient statistics, the prices among them again in ``prices``, and the materials of all prices."""
    cells = list(_cells(raw))
    prices = [price_row(cell) for cell in cells if is_price(cell.series)]
    return {
        "us_salient_statistics": [statistic_row(cell) for cell in cells],
        "prices": prices,
        "materials": material_rows(),
    }


def comparison(raw: Raw) -> Comparison:
    """The raw file against both transcriptions: salient statistics and prices."""
    found, expected = {}, {}
    for _, record in _records(raw):
        prefix, _ = CHAPTERS[record["MCS chapter"]]
        if record["MCS chapter"] in TRANSCRIBED:
            found["statistic", prefix + _series(record), record["Year"]] = record["Value"]
        if is_price(_series(record)):
            found["price", _series(record).split(": ", 1)[1], record["Year"]] = record["Value"]
    for _, row in raw.transcription("usgs_mcs_salient_us.csv"):
        if row["edition"] == "2026":
            expected["statistic", row["series"].rstrip(":,"), row["year"]] = row["value_as_printed"]
    for _, row in raw.transcription("usgs_oxide_prices.csv"):
        if row["edition"] == "MCS 2026":
            expected["price", row["product_as_printed"].rstrip(","), row["year"]] = row["value_as_printed"]

    def explain(place, a, b):
        same = a and b and float(a) == float(b)
        return "the data release loses trailing zeros that the chapter prints" if same else ""

    return compare("usgs-mcs-2026-v1.0, salient statistics and prices", found, expected, explain)
