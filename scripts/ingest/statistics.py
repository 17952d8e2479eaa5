"""Build rows of ``us_salient_statistics`` and ``prices`` from printed cells."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from scripts.ingest.figures import read_figure
from scripts.ingest.rows import Row, join_notes
from scripts.ingest.statistic_footnotes import Meaning

MATERIALS = Path(__file__).with_name("materials.toml")
RANGE = re.compile(r"(\d[\d,]*(?:\.\d+)?)–(\d[\d,]*(?:\.\d+)?)", re.ASCII)
WORDS = {"E": "net_exporter", "XX": "not_applicable"}
UNITS = {
    "metric tons REO": "t REO",
    "dollars per kilogram": "USD/kg",
    "percent": "%",
    "number": "1",
    "current US dollars per metric ton REO": "USD/t REO",
    "constant 1998 US dollars per metric ton REO": "USD of 1998/t REO",
}
PRICE = re.compile(
    r"^(?:Rare earths \(heavy\): )?Prices?, (?P<basis>[^:]*?)(?:, dollars per kilogram)?(?:, range of average values)?: (?P<product>.+)$"
)
BASES = {"average": "annual_average", "annual average": "annual_average", "yearend": "year_end", "global": "range_of_averages"}


class Value(NamedTuple):
    """A printed value: the number, or the two ends of a range, and what kind it is."""

    value: float | None
    low: float | None
    high: float | None
    kind: str


def read_value(text: str) -> Value:
    """Read a value as the salient statistics print it.

    Raises
    ------
    ValueError
        When the text is none that these tables use.
    """
    if text in WORDS:
        return Value(None, None, None, WORDS[text])
    if match := RANGE.fullmatch(text):
        low, high = (float(part.replace(",", "")) for part in match.groups())
        return Value(None, low, high, "range")
    value, kind = read_figure(text)
    return Value(value, None, None, kind)


class Cell(NamedTuple):
    """One printed cell and where it stands."""

    source_id: str
    series: str
    year: int
    as_printed: str
    unit: str
    locator: str
    grade: str
    meaning: Meaning
    note: str = ""


def statistic_row(cell: Cell) -> Row:
    """A row of ``us_salient_statistics``."""
    value = read_value(cell.as_printed)
    without_figure = value.value is None and value.low is None
    return {
        "source_id": cell.source_id,
        "series": cell.series,
        "year": cell.year,
        "value": value.value,
        "value_low": value.low,
        "value_high": value.high,
        "unit": UNITS.get(cell.unit, cell.unit),
        "value_as_printed": cell.as_printed,
        "value_qualifier": value.kind,
        "status": "" if without_figure or value.kind == "nil" else cell.meaning.status,
        "locator": cell.locator,
        "grade": cell.grade,
        "note": join_notes(cell.note, cell.meaning.note),
    }


@cache
def _materials() -> dict[str, dict]:
    return tomllib.loads(MATERIALS.read_text(encoding="utf-8"))


@cache
def _by_wording() -> dict[str, str]:
    return {name: material for material, entry in _materials().items() for name in entry["names"]}


def material_rows() -> list[Row]:
    """Rows of ``materials``."""
    rows = []
    for material, entry in _materials().items():
        facts = {key: value for key, value in entry.items() if key != "names"}
        rows.append({"material": material, **facts, "names_in_sources": "; ".join(entry["names"])})
    return rows


def is_price(series: str) -> bool:
    """Whether a series is one of prices."""
    return bool(PRICE.match(series))


def price_row(cell: Cell) -> Row:
    """A row of ``prices`` from a cell whose series is one of prices.

    Raises
    ------
    ValueError
        When the product or the basis is not known.
    """
    match = PRICE.match(cell.series)
    if not match or match["basis"] not in BASES or match["product"] not in _by_wording():
        raise ValueError(f"{cell.source_id}, {cell.series!r}: unknown price; add the wording to {MATERIALS.name}")
    value = read_value(cell.as_printed)
    return {
        "source_id": cell.source_id,
        "material": _by_wording()[match["product"]],
        "year": cell.year,
        "price": value.value,
        "price_low": value.low,
        "price_high": value.high,
        "currency": "USD",
        "per_unit": "kg",
        "price_basis": BASES[match["basis"]],
        "delivery": cell.meaning.delivery or "unspecified",
        "quoted_from": cell.meaning.quoted_from,
        "price_as_printed": cell.as_printed,
        "value_qualifier": value.kind,
        "status": cell.meaning.status,
        "locator": cell.locator,
        "grade": cell.grade,
        "note": join_notes(cell.note, cell.meaning.note),
    }
