"""Sheets T4-T7 of the Minerals Yearbook 2022 against their transcription."""

import csv

from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, compare, require_columns
from scripts.ingest.usgs_myb_2022_trade import BOTH, FLOWS, lines

FILE = "trade/usgs_myb2022_us_trade_by_hts10_2021_2022.csv"
COLUMNS = [
    *("year", "flow", "reporter", "myb_table", "product", "hts_or_schedule_b", "row_type", "partner"),
    *("gross_weight_kg", "value_usd", "zero_flag", "revised_flag"),
]


def _transcribed(raw: Raw):
    with open(raw.path(FILE), encoding="utf-8", newline="") as opened:
        reader = csv.DictReader(opened)
        require_columns(FILE, reader.fieldnames or [], COLUMNS)
        yield from reader


def comparison(raw: Raw) -> Comparison:
    """Weights and values in the order of each table, which both sides keep."""
    found, expected = {}, {}
    for target, rows in (
        (found, ((line.sheet[1:], line.year, line.label, _cell(line.weight), _cell(line.value)) for line in lines(raw))),
        (expected, ((r["myb_table"], r["year"], r["partner"], *_cells(r)) for r in _transcribed(raw))),
    ):
        count: dict[tuple[str, str], int] = {}
        for table, year, label, weight, value in rows:
            number = count[table, year] = count.get((table, year), 0) + 1
            target[table, year, number, "weight"] = weight
            target[table, year, number, "value"] = value
            target[table, year, number, "label"] = BOTH.get(label, label).strip()
    return compare(f"usgs-myb-2022, tables {', '.join(FLOWS)}", found, expected)


def _cell(text: str) -> str:
    return {"--": "zero", "XX": ""}.get(text, text)


def _cells(row: dict[str, str]) -> tuple[str, str]:
    if row["zero_flag"]:
        return "zero", "" if row["row_type"].startswith("reo") else "zero"
    return row["gross_weight_kg"].removesuffix(".0"), row["value_usd"].removesuffix(".0")
