"""Answers of Eurostat's Comext interface (DS-045409: trade of the Union by CN8, monthly) as rows of ``trade_flows``.

Eurostat answers in SDMX-CSV. The reporter asked for is the Union as a whole (EU27_2020), whose
rows Eurostat itself adds up; partners are asked for one by one or all.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping

from scripts.ingest.areas import area_of_code
from scripts.ingest.flows import NONE, Amount, flow_row
from scripts.ingest.rows import Row
from scripts.local.answers import Answer, AnswerError, Question, Request, require_fields, stated

NAME = "eurostat-comext"
SUFFIX = ".csv"
ADDRESS = (
    "https://ec.europa.eu/eurostat/api/comext/dissemination/sdmx/2.1/data/DS-045409/M.EU27_2020..{products}.{flow}.{indicators}"
)
#: Eurostat names no limit of calls; it asks users to be sparing.
CALLS_A_DAY, PAUSE = 200, 2.0
FIELDS = frozenset(
    [
        "DATAFLOW",
        "LAST UPDATE",
        "freq",
        "reporter",
        "partner",
        "product",
        "flow",
        "indicators",
        "TIME_PERIOD",
        "OBS_VALUE",
        "OBS_FLAG",
    ]
)
FLOWS = {"1": "import", "2": "export"}
FLOW_CODES = {flow: code for code, flow in FLOWS.items()}
VALUE, WEIGHT = "VALUE_IN_EUROS", "QUANTITY_IN_100KG"
KG = 100
#: The Union counts imports CIF and exports FOB (statistical value, Regulation (EU) 2019/2152 and its implementing acts).
VALUATION = {"import": "CIF", "export": "FOB"}
REPORTERS = {"EU27_2020": "EUU"}
#: Comext's codes that are not those of ISO 3166-1; partners outside the Union together are its world.
PARTNERS = {"EXT_EU27_2020": "WLD", "EL": "GRC", "XS": "SRB"}
#: Codes that begin so are no area: stores, ships, what is not specified or kept secret.
NO_AREA = "Q"
EXTRA_NOTE = "All partners outside the Union."
CONFIDENTIAL = "c"


def questions(request: Request) -> Iterator[Question]:
    """One question a month and flow, all partners."""
    if set(request.reporters) - {"EUU"}:
        raise AnswerError(f"Comext is asked for the Union as a whole: reporter EUU, not {request.reporters}")
    codes = "+".join(_code(product) for product in request.products)
    for period in request.periods:
        if len(period) != len("2024-01"):
            raise AnswerError(f"Comext is asked by month, such as 2024-01, not {period!r}")
        for flow in request.flows:
            address = ADDRESS.format(products=codes, flow=FLOW_CODES[flow], indicators=f"{VALUE}+{WEIGHT}")
            yield Question(address, {"startPeriod": period, "endPeriod": period, "format": "SDMX-CSV"})


def _code(product: str) -> str:
    prefix, _, code = product.partition("-")
    if prefix != "cn" or len(code) != 8:
        raise AnswerError(f"Comext is asked by CN8, such as cn-85051110, not {product!r}")
    return code


def read(content: bytes, source_id: str, place: str) -> Answer:
    """Rows of ``trade_flows`` from one answer.

    Raises
    ------
    AnswerError
        When it is no SDMX-CSV of this dataflow, or says something that is not known.
    """
    cells: dict[tuple[str, ...], dict[str, Mapping[str, str]]] = defaultdict(dict)
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    require_fields(place, dict.fromkeys(reader.fieldnames or []), FIELDS)
    for line, record in enumerate(reader, start=2):
        where = f"{place}, line {line}"
        if record["freq"] != "M" or record["reporter"] not in REPORTERS or record["flow"] not in FLOWS:
            raise AnswerError(f"{where}: expected monthly imports or exports of EU27_2020, found {record}")
        if record["indicators"] not in (VALUE, WEIGHT):
            raise AnswerError(f"{where}, field indicators: unknown {record['indicators']!r}")
        key = (record["TIME_PERIOD"], record["partner"], record["product"], record["flow"])
        if record["indicators"] in cells[key]:
            raise AnswerError(f"{where}: {' '.join(key)} {record['indicators']} stands twice")
        cells[key][record["indicators"]] = record
    rows, left_out = [], []
    for key, found in sorted(cells.items()):
        if key[1].startswith(NO_AREA):
            left_out.append(f"{' '.join(key)}, of no area")
        elif row := _row(key, found, source_id, f"{place}, {' '.join(key)}"):
            rows.append(row)
        else:
            left_out.append(f"{' '.join(key)}, kept secret")
    return Answer(rows, left_out)


def _row(key: tuple[str, ...], found: Mapping[str, Mapping[str, str]], source_id: str, where: str) -> Row | None:
    period, partner, product, flow = key
    value = _amount(found.get(VALUE), "EUR", where)
    weight = _amount(found.get(WEIGHT), "kg", where)
    if weight.number is not None:
        weight = weight._replace(number=weight.number * KG)
    if value.number is None and weight.number is None:
        return None
    try:
        area = PARTNERS.get(partner) or area_of_code(partner, where)
    except ValueError as error:
        raise AnswerError(str(error)) from error
    return flow_row(
        source_id=source_id,
        period=period,
        reporter="EUU",
        partner=area,
        flow=FLOWS[flow],
        product=f"cn-{product}",
        valuation=VALUATION[FLOWS[flow]] if value.number is not None else "unspecified",
        scope="complete",
        basis="reported",
        quantity=weight,
        value=value,
        locator=f"table=DS-045409; row=EU27_2020 {partner} {product} {flow}",
        grade="A",
        note=EXTRA_NOTE if area == "WLD" else "",
    )


def _amount(record: Mapping[str, str] | None, unit: str, where: str) -> Amount:
    if record is None:
        return NONE
    if CONFIDENTIAL in record["OBS_FLAG"]:
        return NONE._replace(qualifier="withheld")
    return stated(record["OBS_VALUE"], unit, f"{where}, {record['indicators']}")


def source(retrieved: str) -> Row:
    """Row of ``sources`` for what was asked on a day (``YYYY-MM-DD``)."""
    return {
        "source_id": f"eurostat-comext-{retrieved}",
        "kind": "dataset",
        "publisher": "Eurostat",
        "title": "Comext, EU trade since 1988 by HS2-4-6 and CN8 (DS-045409)",
        "series": "Comext",
        "edition": retrieved,
        "accessed_on": retrieved,
        "url": "https://ec.europa.eu/eurostat/databrowser/view/ds-045409/default/table",
        "language": "en",
        "licence": "facts-cite",
        "redistributable": True,
        "attribution": "Source: Eurostat, Comext.",
    }
