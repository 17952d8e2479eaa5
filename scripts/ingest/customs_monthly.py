"""Monthly figures of permanent magnets of metal from customs offices, as one repository collected them.

The collection states every value in USD. Only the U.S. Census Bureau publishes in USD, so values
of the others, converted at rates that are not named, are left out. HMRC and Comex Stat are held
back until their licences are confirmed. Eurostat is left out: the copy holds one month, only flows
with the United Kingdom, and each of them twice.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from scripts.ingest.areas import area_of_code
from scripts.ingest.flows import NONE, Amount, flow_row
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Row, require_columns

FILE = "trade/monthly_850511_multisource_2024_2026.csv"
COLUMNS = [
    "source",
    "freq",
    "period",
    "reporter",
    "partner",
    "partner_name",
    "flow",
    "hs6",
    "native_code",
    "code_level",
    "value_usd",
    "qty_kg",
]
LEFT_OUT = {"eurostat"}
READ_AT = (
    "github.com/Varcolacus/critical-materials-atlas @17b328d2239864e993895582a29fdd3b5ceb479b : pipeline/data/flows.parquet"
)


class Office(NamedTuple):
    """A customs office of the collection."""

    source_id: str
    publisher: str
    title: str
    url: str
    licence: str
    redistributable: bool
    products: dict[str, str]
    has_value: bool
    has_weight: bool


OFFICES = {
    "uscensus": Office(
        "us-census-2026-06-via-critical-materials-atlas",
        "U.S. Census Bureau",
        "International trade in permanent magnets of metal, June 2026 (code 850511)",
        "https://api.census.gov/data/timeseries/intltrade/imports/hs",
        "US-Government-Work",
        True,
        {"850511": "850511"},
        True,
        False,
    ),
    "hmrc": Office(
        "hmrc-2024-2026-via-critical-materials-atlas",
        "HM Revenue and Customs",
        "Overseas trade statistics, permanent magnets of metal (CN 85051110), June 2024 to June 2026",
        "https://api.uktradeinfo.com/OTS",
        "unconfirmed",
        False,
        {"85051110": "cn-85051110"},
        False,
        True,
    ),
    "comexstat": Office(
        "comex-stat-2025-2026-via-critical-materials-atlas",
        "Ministry of Development, Industry, Trade and Services of Brazil",
        "Comex Stat, permanent magnets of metal (NCM 85051100), January 2025 to July 2026",
        "https://api-comexstat.mdic.gov.br/general",
        "unconfirmed",
        False,
        {"85051100": "850511"},
        False,
        True,
    ),
}


def sources(raw: Raw) -> list[Row]:
    """One row of ``sources`` for each office."""
    return [_source(raw, office) for office in OFFICES.values()]


def _source(raw: Raw, office: Office) -> Row:
    held_back = "" if office.redistributable else " The licence is not confirmed: its rows are held back from every release."
    weight = (
        "" if office.has_weight else " The copy has values only; whether imports are general or for consumption is not said."
    )
    return {
        "source_id": office.source_id,
        "kind": "dataset",
        "publisher": office.publisher,
        "title": office.title,
        "restated_by": "critical-materials-atlas (Varcolacus)",
        "read_at": READ_AT,
        "url": office.url,
        "language": "en",
        "licence": office.licence,
        "redistributable": office.redistributable,
        "sha256": raw.sha256(FILE),
        "attribution": f"{office.publisher}, as collected by critical-materials-atlas.",
        "note": f"Read in a copy that was filtered to this product.{weight}{held_back}",
    }


def _records(raw: Raw) -> Iterator[tuple[int, dict[str, str]]]:
    with open(raw.path(FILE), encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        require_columns(FILE, reader.fieldnames or [], COLUMNS)
        for line, record in enumerate(reader, start=2):
            if record["source"] in LEFT_OUT:
                continue
            if record["source"] not in OFFICES:
                raise ValueError(f"{FILE}, line {line}, column source: {record['source']!r} may not be ingested here")
            if record["freq"] != "M":
                raise ValueError(f"{FILE}, line {line}, column freq: expected 'M', found {record['freq']!r}")
            yield line, record


def _total(lines: list[tuple[int, dict[str, str]]], column: str, unit: str) -> Amount:
    """Sum over the lines of one flow; offices split it by port or procedure."""
    number = sum((Decimal(record[column] or "0") for _, record in lines), Decimal(0))
    return Amount(number, unit, "exact" if number else "nil")


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows, those that are held back included; lines of one flow are added up, as the office itself does."""
    groups: dict[tuple[str, ...], list[tuple[int, dict[str, str]]]] = defaultdict(list)
    for line, record in _records(raw):
        key = tuple(record[name] for name in ("source", "period", "reporter", "partner", "flow", "native_code"))
        groups[key].append((line, record))
    return {"trade_flows": [_row(key, lines) for key, lines in groups.items()]}


def _row(key: tuple[str, ...], lines: list[tuple[int, dict[str, str]]]) -> Row:
    name, month, reporter, partner, flow, code = key
    office, first = OFFICES[name], lines[0][0]
    place = f"{FILE}, line {first}"
    if code not in office.products:
        raise ValueError(f"{place}, column native_code: unknown {code!r}; expected one of {sorted(office.products)}")
    return flow_row(
        source_id=office.source_id,
        period=f"{month[:4]}-{month[4:]}",
        reporter=area_of_code(reporter, place),
        partner=area_of_code(partner, place),
        flow=flow,
        product=office.products[code],
        scope="complete",
        basis="reported",
        quantity=_total(lines, "qty_kg", "kg") if office.has_weight else NONE,
        value=_total(lines, "value_usd", "USD") if office.has_value else NONE,
        locator=f"column={'value_usd' if office.has_value else 'qty_kg'}; record={first}",
        grade="B",
        note=f"Sum of {len(lines)} records from the one named on." if len(lines) > 1 else "",
    )
