"""The DataWeb workbooks against their transcription, cell by cell."""

import csv
from decimal import Decimal

from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, compare, require_columns
from scripts.ingest.usitc_dataweb import BOOKS, cells

FILE = "trade/usitc_dataweb_us_trade_hts4_1993_2026.csv"
COLUMNS = [
    "flow",
    "period_type",
    "year",
    "partner",
    "hts4",
    "value_basis",
    "value_usd",
    "quantity",
    "quantity_unit",
    "quantity_suppressed",
]
FLOWS = {"export": "domestic_exports", "import": "imports_for_consumption"}


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


def comparison(raw: Raw) -> Comparison:
    """Values, quantities and withheld records, each a figure; rows that only one side has are listed."""
    found, expected = {}, {}
    for file, book in BOOKS.items():
        for cell in cells(raw, file):
            kind = "Jan-Apr YTD" if cell.cumulative else "annual"
            place = (FLOWS[book.flow], kind, str(cell.year), cell.country, cell.heading, cell.unit)
            found[*place, "value"] = _plain(cell.value)
            found[*place, "quantity"] = _plain(cell.quantity)
            found[*place, "withheld"] = str(cell.withheld)
    with open(raw.path(FILE), encoding="utf-8", newline="") as opened:
        reader = csv.DictReader(opened)
        require_columns(FILE, reader.fieldnames or [], COLUMNS)
        for row in reader:
            place = tuple(row[name] for name in ("flow", "period_type", "year", "partner", "hts4", "quantity_unit"))
            expected[*place, "value"] = row["value_usd"].removesuffix(".0")
            expected[*place, "quantity"] = row["quantity"].removesuffix(".0")
            expected[*place, "withheld"] = row["quantity_suppressed"]
    return compare("usitc-dataweb-2026-07, both workbooks", found, expected)
