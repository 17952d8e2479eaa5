"""USGS Mineral Commodity Summaries 2026, data release: imports and exports of the United States.

Only quantities are flows. Import reliance and the shares of import sources are percentages and
are left out; so are thorium compounds, which hold no rare earths.
"""

import csv
from collections.abc import Iterator
from typing import NamedTuple

from scripts.ingest.flows import amount, flow_row
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, Row, compare, join_notes, require_columns
from scripts.ingest.usgs_mcs_2026_v1_0 import COLUMNS, ENCODING, FILE, SOURCE

TRANSCRIPTION = "trade/usgs_mcs2026_us_trade_and_import_sources.csv"
CHAPTERS = {"RARE EARTHS", "RARE EARTHS (Heavy)", "SCANDIUM", "THORIUM", "YTTRIUM"}
FLOWS = {"Import": "import", "Export": "export"}


class Series(NamedTuple):
    """What a series counts: product, unit, and whether it is oxide content."""

    product: str
    unit: str
    reo: bool
    for_consumption: bool = False


SERIES = {
    ("RARE EARTHS", "Imports: Compounds"): Series("usgs-mcs-compounds", "t", True),
    ("RARE EARTHS", "Imports: Metals: Ferrocerium, alloys"): Series("usgs-mcs-ferrocerium-alloys", "t", True),
    ("RARE EARTHS", "Imports: Metals: Rare-earth metals and alloys"): Series("usgs-mcs-metals-alloys", "t", True),
    ("RARE EARTHS", "Exports: Ores and compounds"): Series("usgs-mcs-ores-compounds", "t", True),
    ("RARE EARTHS", "Exports: Metals: Ferrocerium, alloys"): Series("usgs-mcs-ferrocerium-alloys", "t", True),
    ("RARE EARTHS", "Exports: Metals: Rare-earth metals and alloys"): Series("usgs-mcs-metals-alloys", "t", True),
    ("RARE EARTHS (Heavy)", "Imports, compounds and metals"): Series("usgs-mcs-heavy", "t", True),
    ("SCANDIUM", "Imports, scandium oxide"): Series("usgs-mcs-scandium-oxide", "t", True),
    ("THORIUM", "Imports for consumption: Ore and concentrates (monazite)"): Series("usgs-mcs-monazite", "kg", False, True),
    ("THORIUM", "Exports: Ore and concentrates (monazite)"): Series("usgs-mcs-monazite", "kg", False),
    ("YTTRIUM", "Imports for consumption, yttrium, alloys, compounds, and metal"): Series("usgs-mcs-yttrium", "t", True, True),
    ("YTTRIUM", "Exports, compounds"): Series("usgs-mcs-yttrium-compounds", "t", True),
}
LEFT_OUT = {
    ("THORIUM", "Imports for consumption: Compounds (oxide, nitrate, and so forth)"),
    ("THORIUM", "Exports: Compounds (oxide, nitrate, and so forth)"),
}
UNITS = {"metric tons": "t", "kilograms": "kg"}
SHIPPING = "USGS estimates this from shipping records of Trade Mining LLC."
#: Beginning of a footnote as printed -> note in our words; "Estimated." alone sets the status.
NOTES = {
    "Estimated.": "",
    "REO equivalent or content of various materials were estimated. Source: U.S. Census Bureau.": "",
    "REO equivalent or content of various materials were estimated from Trade Mining LLC shipping records.": SHIPPING,
    "Estimated from Trade Mining LLC shipping records.": SHIPPING,
    "Includes data for the following Schedule B number: 2846.90.2015.": "Counts Schedule B line 2846.90.2015.",
    "Data adjusted by the U.S. Geological Survey to exclude low-value shipments.": "USGS leaves out shipments of low value, "
    "so that its figure is far below that of the U.S. Census Bureau.",
}


def sources(raw: Raw) -> list[Row]:
    """None: the file is the source that the tables of production cite."""
    return []


def records(raw: Raw) -> Iterator[tuple[int, dict[str, str]]]:
    """Records of imports and exports in the chapters on rare earths, with their lines."""
    with open(raw.path(FILE), encoding=ENCODING, newline="") as file:
        reader = csv.DictReader(file)
        require_columns(FILE, reader.fieldnames or [], COLUMNS)
        for line, record in enumerate(reader, start=2):
            if record["MCS chapter"] in CHAPTERS and record["Statistics"] in FLOWS:
                yield line, record


def _notes(text: str, place: str) -> list[str]:
    notes = []
    for part in filter(None, text.split(" -- ")):
        known = next((printed for printed in NOTES if part.startswith(printed)), None)
        if known is None:
            raise ValueError(f"{place}: unknown footnote {part!r}; add its meaning to {__name__}.NOTES")
        notes.append(NOTES[known])
    return notes


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows, 2021-2025."""
    result = []
    for line, record in records(raw):
        place = f"{FILE}, line {line}"
        key = (record["MCS chapter"], record["Statistics_detail"].strip())
        if key in LEFT_OUT:
            continue
        if key not in SERIES:
            raise ValueError(f"{place}: unknown series {key}; add it to {__name__}.SERIES or LEFT_OUT")
        series = SERIES[key]
        if UNITS.get(record["Unit"]) != series.unit:
            raise ValueError(f"{place}, column Unit: expected {series.unit}, found {record['Unit']!r}")
        text = record["Value"].strip()
        estimated = record["Notes"].startswith("Estimated.")
        result.append(
            flow_row(
                source_id=SOURCE,
                period=record["Year"],
                reporter="USA",
                partner="WLD",
                flow=FLOWS[record["Statistics"]],
                product=series.product,
                scope="complete",
                basis="reported",
                concept="imports_for_consumption" if series.for_consumption else "unspecified",
                reo=series.reo,
                quantity=amount("0" if text == "—" else text, series.unit)._replace(as_printed=text),
                estimated=True if estimated else None,
                status="estimated" if estimated else "",
                locator=f"table={record['Section']}; row={record['Country']}; column=Value; record={line}",
                grade="A",
                note=join_notes(*_notes(record["Notes"], place)),
            )
        )
    return {"trade_flows": result}


def comparison(raw: Raw) -> Comparison:
    """The raw file against the rows that were filtered out of it."""
    found = {
        (record["MCS chapter"], record["Statistics"], record["Statistics_detail"], record["Year"]): record["Value"]
        for _, record in records(raw)
    }
    expected = {}
    with open(raw.path(TRANSCRIPTION), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["statistics"] in FLOWS:
                expected[row["mcs_chapter"], row["statistics"], row["statistics_detail"], row["year"]] = row["value"]
    return compare(f"{SOURCE}, imports and exports", found, expected)
