"""Answers of HM Revenue and Customs' interface (overseas trade statistics, monthly, CN8) as rows of ``trade_flows``.

The interface gives a row for each port; the figure of a country is their sum, as HMRC's own tables
have it. Its licence is not confirmed for the package, so that the rows stay in ``local/``.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from scripts.ingest.areas import area_of_code
from scripts.ingest.flows import NONE, Amount, amount, flow_row
from scripts.ingest.rows import Row
from scripts.local.answers import Answer, AnswerError, Question, Request, require_fields

NAME = "uk-hmrc"
SUFFIX = ".json"
ADDRESS = "https://api.uktradeinfo.com/OTS"
#: 60 requests a minute, as the documentation of the interface has it.
CALLS_A_DAY, PAUSE = 2_000, 1.0
FIELDS = frozenset(
    [
        "MonthId",
        "FlowTypeId",
        "SuppressionIndex",
        "CommodityId",
        "CommoditySitcId",
        "CountryId",
        "PortId",
        "Value",
        "NetMass",
        "SuppUnit",
        "Country",
    ]
)
#: Trade with the Union and with the rest of the world are flows of their own.
FLOWS = {1: "import", 2: "export", 3: "import", 4: "export"}
FLOW_TYPES = {"import": (1, 3), "export": (2, 4)}
#: The United Kingdom counts imports CIF and exports FOB (HMRC, overseas trade statistics methodology).
VALUATION = {"import": "CIF", "export": "FOB"}
DIGITS = 8
#: The country's code where the interface says that it is none: stores, not disclosed, the total of small ones.
NO_AREA = "Q"


def questions(request: Request) -> Iterator[Question]:
    """One question a product, month and flow, all partners."""
    if set(request.reporters) - {"GBR"}:
        raise AnswerError(f"HMRC counts for GBR only, not {request.reporters}")
    for product in request.products:
        if not product.startswith("cn-"):
            raise AnswerError(f"HMRC is asked by CN8, such as cn-85051110, not {product!r}")
        for period in request.periods:
            for flow in request.flows:
                types = " or ".join(f"FlowTypeId eq {number}" for number in FLOW_TYPES[flow])
                commodity, month = int(product.removeprefix("cn-")), period.replace("-", "")
                yield Question(
                    ADDRESS,
                    {"$filter": f"CommodityId eq {commodity} and MonthId eq {month} and ({types})", "$expand": "Country"},
                )


def read(content: bytes, source_id: str, place: str) -> Answer:
    """Rows of ``trade_flows`` from one answer.

    Raises
    ------
    AnswerError
        When it is no answer, goes on on another page, or says something that is not known.
    """
    groups: dict[tuple[str, str, int, str], list[Mapping[str, Any]]] = defaultdict(list)
    for number, record in enumerate(_records(content, place), start=1):
        where = f"{place}, record {number}"
        require_fields(where, record, FIELDS)
        if record["FlowTypeId"] not in FLOWS:
            raise AnswerError(f"{where}, field FlowTypeId: unknown {record['FlowTypeId']!r}")
        alpha = (record["Country"] or {}).get("CountryCodeAlpha") or ""
        groups[str(record["MonthId"]), FLOWS[record["FlowTypeId"]], record["CommodityId"], alpha].append(record)
    rows, left_out = [], []
    for (month, flow, commodity, alpha), ports in sorted(groups.items()):
        text = f"{month} {flow} {commodity} {alpha or '(no country)'}"
        if not alpha or alpha.startswith(NO_AREA):
            left_out.append(f"{text}, of no area")
            continue
        rows.append(_row(month, flow, commodity, alpha, ports, source_id, f"{place}, {text}"))
    return Answer(rows, left_out)


def _records(content: bytes, place: str) -> list[dict[str, Any]]:
    try:
        document = json.loads(content, parse_float=Decimal)
        records = document["value"]
    except (ValueError, KeyError, TypeError) as error:
        raise AnswerError(f"{place}: expected an OData answer with value, found {content[:80]!r}") from error
    if "@odata.nextLink" in document:
        raise AnswerError(f"{place}: cut after {len(records):,} records; ask for one product and month at once")
    return records


def _row(month, flow, commodity, alpha, ports, source_id: str, where: str) -> Row:
    suppressed = any(record["SuppressionIndex"] for record in ports)
    try:
        partner = area_of_code(alpha, where)
    except ValueError as error:
        raise AnswerError(str(error)) from error
    value, weight = (_sum(ports, field, unit, where) for field, unit in (("Value", "GBP"), ("NetMass", "kg")))
    if suppressed:
        value, weight = (found._replace(qualifier="partly_withheld") if found.number else found for found in (value, weight))
    return flow_row(
        source_id=source_id,
        period=f"{month[:4]}-{month[4:]}",
        reporter="GBR",
        partner=partner,
        flow=flow,
        product=f"cn-{commodity:0{DIGITS}}",
        valuation=VALUATION[flow] if value.number is not None else "unspecified",
        scope="complete",
        basis="reported",
        quantity=weight,
        value=value,
        locator=f"table=OTS; row={month} {flow} {commodity} {alpha}",
        grade="A",
        note=f"Sum over {len(ports)} ports." if len(ports) > 1 else "",
    )


def _sum(ports: list[Mapping[str, Any]], field: str, unit: str, where: str) -> Amount:
    known = [record[field] for record in ports if record[field] is not None]
    if not known:
        return NONE
    try:
        return amount(str(sum(map(Decimal, known))), unit, printed=False)
    except (ValueError, ArithmeticError, TypeError) as error:
        raise AnswerError(f"{where}, field {field}: {error}") from error


def source(retrieved: str) -> Row:
    """Row of ``sources`` for what was asked on a day (``YYYY-MM-DD``)."""
    return {
        "source_id": f"uk-hmrc-{retrieved}",
        "kind": "dataset",
        "publisher": "HM Revenue and Customs",
        "title": "Overseas trade statistics, as the interface of UK Trade Info answered",
        "series": "Overseas Trade Statistics",
        "edition": retrieved,
        "accessed_on": retrieved,
        "url": "https://www.uktradeinfo.com/api-documentation/",
        "language": "en",
        "licence": "unconfirmed",
        "redistributable": False,
        "attribution": "HM Revenue and Customs, overseas trade statistics.",
    }
