"""Answers of the U.S. Census Bureau's interface (international trade, monthly, ten digits) as rows of ``trade_flows``.

Imports are imports for consumption at customs value, exports are domestic exports (``DF`` 1) free
alongside ship. The interface wants a key as a parameter; it is never kept or shown.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from scripts.ingest.flows import NONE, Amount, flow_row
from scripts.ingest.rows import Row
from scripts.local.answers import Answer, AnswerError, Question, Request, key, require_fields, stated
from scripts.reference import products
from scripts.reference.areas import converter_rows

NAME = "us-census"
SUFFIX = ".json"
KEY = "RARE_EARTHS_CENSUS_KEY"
ADDRESS = "https://api.census.gov/data/timeseries/intltrade/{flow}s/hs"
#: What the guide to the interface allows without a key; with one there is more, which we do not need.
CALLS_A_DAY, PAUSE = 500, 0.5
#: Fields of each flow: code of the product, value and quantity.
FIELDS = {
    "import": ("I_COMMODITY", "CON_VAL_MO", "CON_QY1_MO"),
    "export": ("E_COMMODITY", "ALL_VAL_MO", "QTY_1_MO"),
}
SHARED = ("CTY_CODE", "CTY_NAME", "UNIT_QY1", "SUMMARY_LVL", "COMM_LVL", "time")
PREFIXES = {"import": "hts-", "export": "sb-"}
VALUATION = {"import": "customs", "export": "FAS"}
CONCEPT = {"import": "imports_for_consumption", "export": "domestic_exports"}
#: Domestic goods, not those of another country that leave again.
DOMESTIC = {"DF": "1"}
UNITS = {"KG": "kg", "T": "t", "NO": "number"}
#: Units that say that no quantity is counted.
UNCOUNTED = {"X", "-", ""}
TOTAL, DETAIL = "-", "DET"


def questions(request: Request) -> Iterator[Question]:
    """One question a product, month and flow, all partners."""
    if set(request.reporters) - {"USA"}:
        raise AnswerError(f"the Census Bureau counts for USA only, not {request.reporters}")
    for product in request.products:
        for flow in request.flows:
            if not product.startswith(PREFIXES[flow]):
                continue
            code, value, quantity = FIELDS[flow]
            for period in request.periods:
                asked = {
                    "get": ",".join(("CTY_CODE", "CTY_NAME", value, quantity, "UNIT_QY1", "SUMMARY_LVL")),
                    code: product.removeprefix(PREFIXES[flow]),
                    "COMM_LVL": "HS10",
                    "time": period,
                }
                asked |= DOMESTIC if flow == "export" else {}
                yield Question(ADDRESS.format(flow=flow), asked, secret={"key": key(KEY)})


def read(content: bytes, source_id: str, place: str) -> Answer:
    """Rows of ``trade_flows`` from one answer: a list of lists, the first of which names the fields.

    Raises
    ------
    AnswerError
        When it is no such answer, or says something that is not known.
    """
    header, *records = _lists(content, place)
    flow = "import" if FIELDS["import"][0] in header else "export"
    # A field that filters is answered once more.
    names = list(dict.fromkeys(header))
    require_fields(place, dict.fromkeys(names), {*SHARED, *FIELDS[flow], *(DOMESTIC if flow == "export" else ())})
    rows, left_out = [], []
    for number, cells in enumerate(records, start=2):
        record, where = dict(zip(header, cells, strict=True)), f"{place}, record {number}"
        if record["CTY_CODE"] != TOTAL and record["SUMMARY_LVL"] != DETAIL:
            continue
        if row := _row(record, flow, source_id, where):
            rows.append(row)
        else:
            left_out.append(f"{record['time']} {record['CTY_NAME']} {record[FIELDS[flow][0]]}, neither value nor quantity")
    return Answer(rows, left_out)


def _lists(content: bytes, place: str) -> list[list[Any]]:
    try:
        found = json.loads(content)
    except ValueError as error:
        raise AnswerError(f"{place}: {error}") from error
    if not isinstance(found, list) or not found or not all(isinstance(cells, list) for cells in found):
        raise AnswerError(f"{place}: expected a list of lists, found {content[:80]!r}")
    return found


@cache
def _codes() -> frozenset[str]:
    return frozenset(str(row["product"]) for row in products.rows())


@cache
def _area(name: str) -> str | None:
    """The only area whose names, as ``country_converter`` knows them, fit; None where none or several do."""
    fitting = [code for code, row in converter_rows().items() if row["regex"] and re.search(row["regex"], name, re.IGNORECASE)]
    return fitting[0] if len(fitting) == 1 else None


def _row(record: Mapping[str, str], flow: str, source_id: str, where: str) -> Row | None:
    code, value_field, quantity_field = FIELDS[flow]
    if record["COMM_LVL"] != "HS10" or (flow == "export" and record["DF"] != DOMESTIC["DF"]):
        raise AnswerError(f"{where}: expected ten digits, and of exports the domestic ones, found {dict(record)}")
    product = PREFIXES[flow] + record[code]
    if product not in _codes():
        raise AnswerError(f"{where}, field {code}: products has no {product}")
    partner = "WLD" if record["CTY_CODE"] == TOTAL else _area(record["CTY_NAME"])
    if partner is None:
        raise AnswerError(f"{where}, field CTY_NAME: no area is called {record['CTY_NAME']!r}")
    value = stated(record[value_field] or "", "USD", f"{where}, field {value_field}")
    quantity = _quantity(record, quantity_field, where)
    if value.number is None and quantity.number is None:
        return None
    return flow_row(
        source_id=source_id,
        period=record["time"],
        reporter="USA",
        partner=partner,
        flow=flow,
        product=product,
        valuation=VALUATION[flow] if value.number is not None else "unspecified",
        scope="complete",
        basis="reported",
        concept=CONCEPT[flow],
        quantity=quantity,
        value=value,
        locator=f"table={flow}s/hs; row={record['CTY_CODE']} {record[code]}",
        grade="A",
    )


def _quantity(record: Mapping[str, str], field: str, where: str) -> Amount:
    unit = (record["UNIT_QY1"] or "").strip()
    if unit in UNCOUNTED:
        return NONE
    if unit not in UNITS:
        raise AnswerError(f"{where}, field UNIT_QY1: unknown unit {unit!r}")
    return stated(record[field] or "", UNITS[unit], f"{where}, field {field}")


def source(retrieved: str) -> Row:
    """Row of ``sources`` for what was asked on a day (``YYYY-MM-DD``)."""
    return {
        "source_id": f"us-census-{retrieved}",
        "kind": "dataset",
        "publisher": "U.S. Census Bureau",
        "title": "International trade, monthly, by Harmonized System code",
        "series": "International Trade",
        "edition": retrieved,
        "accessed_on": retrieved,
        "url": "https://www.census.gov/data/developers/data-sets/international-trade.html",
        "language": "en",
        "licence": "US-Government-Work",
        "redistributable": True,
        "attribution": "U.S. Census Bureau, International Trade.",
    }
