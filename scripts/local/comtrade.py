"""Answers of the UN Comtrade interface as rows of ``trade_flows``, for this machine only.

The United Nations let nobody pass these figures on: their source is not redistributable, and
the rows stay in ``local/``. An answer is read strictly. It must hold total rows only (every second
partner, customs procedure and means of transport together), be whole, and name each area by a
number and a code that mean the same.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from scripts.ingest.baci import OTHER_ASIA_NOTE
from scripts.ingest.flows import NONE, Amount, flow_row
from scripts.ingest.rows import Row
from scripts.local.answers import Answer, AnswerError, Question, Request, key, require_fields, stated
from scripts.local.comtrade_codes import NO_AREA, area_of, areas, codes

NAME = "un-comtrade"
ADDRESS = "https://comtradeapi.un.org/data/v1/get/C/{}/HS"
#: The key travels in this request header only, so that no address holds it.
HEADER, KEY = "Ocp-Apim-Subscription-Key", "RARE_EARTHS_COMTRADE_KEY"
#: Records of one call and calls of one day, as the developers' portal gives them for the free subscription.
LIMIT, CALLS_A_DAY = 100_000, 500
PAUSE = 1.0
SUFFIX = ".json"
#: Everything that would split a row is asked for as its total.
PINNED = {"partner2Code": "0", "customsCode": "C00", "motCode": "0"}
FIELDS = frozenset(
    [
        "typeCode",
        "freqCode",
        "refPeriodId",
        "refYear",
        "refMonth",
        "period",
        "reporterCode",
        "reporterISO",
        "reporterDesc",
        "flowCode",
        "flowDesc",
        "partnerCode",
        "partnerISO",
        "partnerDesc",
        "partner2Code",
        "partner2ISO",
        "partner2Desc",
        "classificationCode",
        "classificationSearchCode",
        "isOriginalClassification",
        "cmdCode",
        "cmdDesc",
        "aggrLevel",
        "isLeaf",
        "customsCode",
        "customsDesc",
        "mosCode",
        "motCode",
        "motDesc",
        "qtyUnitCode",
        "qtyUnitAbbr",
        "qty",
        "isQtyEstimated",
        "altQtyUnitCode",
        "altQtyUnitAbbr",
        "altQty",
        "isAltQtyEstimated",
        "netWgt",
        "isNetWgtEstimated",
        "grossWgt",
        "isGrossWgtEstimated",
        "cifvalue",
        "fobvalue",
        "primaryValue",
        "legacyEstimationFlag",
        "isReported",
        "isAggregate",
    ]
)
#: What makes a row the total of all rows: they are otherwise split by these, and would count twice.
TOTALS: Mapping[str, Any] = {"partner2Code": 0, "customsCode": "C00", "motCode": 0, "mosCode": "0"}
#: What every row must be: goods, counted by the Harmonized System.
GOODS: Mapping[str, Any] = {"typeCode": "C", "classificationSearchCode": "HS"}
FLOWS = {"M": "import", "X": "export", "RM": "re_import", "RX": "re_export"}
FLOW_CODES = {flow: code for code, flow in FLOWS.items()}
WORLD = 0
#: Share of the world's value by which partners may miss it: some values are rounded.
TOLERANCE = 0.001
NO_WEIGHT = "The source gives 0 kg beside a value, which it also writes where no weight is known."


def questions(request: Request) -> Iterator[Question]:
    """Questions small enough to be answered whole: one reporter, period and flow each, all partners."""
    numbers = {area: number for number, area in areas().items()}
    for reporter in request.reporters:
        if reporter not in numbers:
            raise AnswerError(f"UN Comtrade has no number for the area {reporter!r}")
        for period in request.periods:
            for flow in request.flows:
                asked = {
                    "reporterCode": numbers[reporter],
                    "period": period.replace("-", ""),
                    "flowCode": FLOW_CODES[flow],
                    "cmdCode": ",".join(sorted(request.products)),
                    **PINNED,
                    "maxRecords": str(LIMIT),
                    "includeDesc": "true",
                }
                yield Question(ADDRESS.format("A" if len(period) == 4 else "M"), asked, headers={HEADER: key(KEY)})


def read(content: bytes, source_id: str, place: str, limit: int = LIMIT) -> Answer:
    """Rows of ``trade_flows`` from one answer.

    Parameters
    ----------
    content
        The answer as received.
    source_id
        Key of the source that the rows cite.
    place
        What to call the answer in messages.
    limit
        Largest number of records that the interface gave for this request; an answer as long as that was cut.

    Raises
    ------
    AnswerError
        When it is no answer, was cut, has rows that are not totals, or says something that is not known.
    """
    records = _records(content, place, limit)
    rows, left_out, seen = [], [], set()
    for number, record in enumerate(records, start=1):
        where = f"{place}, record {number}"
        require_fields(where, record, FIELDS)
        _require(where, record, {**GOODS, **TOTALS})
        key = tuple(str(record[name]) for name in ("period", "reporterCode", "partnerCode", "flowCode", "cmdCode"))
        if key in seen:
            raise AnswerError(f"{where}: {', '.join(key)} stands twice although totals were asked for; it would count twice")
        seen.add(key)
        if str(record["partnerCode"]) in NO_AREA:
            left_out.append(f"{' '.join(key)} ({str(record['partnerDesc'] or '').strip() or record['partnerISO']})")
            continue
        rows.append(_row(record, source_id, where))
    _whole(records, place)
    return Answer(rows, left_out)


def _whole(records: list[dict[str, Any]], place: str) -> None:
    """Where the world stands beside its partners, their values must add up to its value."""
    totals: dict[tuple[str, ...], dict[bool, float]] = {}
    for record in records:
        key = tuple(str(record[name]) for name in ("period", "reporterCode", "flowCode", "cmdCode"))
        sums = totals.setdefault(key, {})
        world = record["partnerCode"] == WORLD
        sums[world] = sums.get(world, 0) + (record["primaryValue"] or 0)
    for key, sums in totals.items():
        if len(sums) == 2 and abs(sums[True] - sums[False]) > TOLERANCE * sums[True]:
            raise AnswerError(
                f"{place}: the partners of {' '.join(key)} add up to {sums[False]:,.0f} USD and the world is {sums[True]:,.0f}; "
                "rows are missing or stand twice"
            )


def _records(content: bytes, place: str, limit: int) -> list[dict[str, Any]]:
    try:
        document = json.loads(content)
        error, count, records = document["error"], document["count"], document["data"]
    except (ValueError, KeyError, TypeError) as fault:
        raise AnswerError(f"{place}: expected an answer with data, count and error, found {content[:80]!r}") from fault
    if error:
        raise AnswerError(f"{place}: the interface says {error!r}")
    if count != len(records):
        raise AnswerError(f"{place}: it counts {count} records and holds {len(records)}; ask again")
    if count >= limit:
        raise AnswerError(f"{place}: cut at {limit:,} records; ask for fewer products, periods or reporters at once")
    return records


def _require(where: str, record: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    for name, value in expected.items():
        if record[name] != value:
            raise AnswerError(f"{where}, field {name}: expected {value!r}, found {record[name]!r}; only totals are read")


def _row(record: Mapping[str, Any], source_id: str, where: str) -> Row:
    if record["flowCode"] not in FLOWS:
        raise AnswerError(f"{where}, field flowCode: {record['flowCode']!r} is no flow that we know: {', '.join(FLOWS)}")
    if record["cmdCode"] not in codes():
        raise AnswerError(f"{where}, field cmdCode: products has no HS code {record['cmdCode']!r}")
    weight, note = _weight(record, where)
    value, valuation = _value(record, where)
    sides = [area_of(record, side, where) for side in ("reporter", "partner")]
    return flow_row(
        source_id=source_id,
        period=_period(record, where),
        reporter=sides[0],
        partner=sides[1],
        flow=FLOWS[record["flowCode"]],
        product=record["cmdCode"],
        valuation=valuation,
        scope="complete",
        basis="reported",
        quantity=weight,
        value=value,
        estimated=record["isNetWgtEstimated"] if weight.number is not None else None,
        locator=f"table={record['freqCode']}, {record['classificationCode']}; row="
        + " ".join(str(record[name]) for name in ("reporterCode", "partnerCode", "flowCode", "cmdCode")),
        grade="A",
        note=" ".join(filter(None, (note, OTHER_ASIA_NOTE if "TWN" in sides else ""))),
    )


def _period(record: Mapping[str, Any], where: str) -> str:
    period, frequency = str(record["period"]), record["freqCode"]
    if frequency == "A" and len(period) == 4:
        return period
    if frequency == "M" and len(period) == 6:
        return f"{period[:4]}-{period[4:]}"
    raise AnswerError(f"{where}, field period: {period!r} is no period of frequency {frequency!r}")


def _number(record: Mapping[str, Any], name: str, unit: str, where: str) -> Amount:
    text = "" if record[name] is None else str(record[name])
    return stated(text, unit, f"{where}, field {name}")


def _weight(record: Mapping[str, Any], where: str) -> tuple[Amount, str]:
    weight = _number(record, "netWgt", "kg", where)
    if weight.qualifier == "nil" and record["primaryValue"]:
        return NONE, NO_WEIGHT
    return weight, ""


def _value(record: Mapping[str, Any], where: str) -> tuple[Amount, str]:
    value = _number(record, "primaryValue", "USD", where)
    for name, valuation in (("cifvalue", "CIF"), ("fobvalue", "FOB")):
        if record[name] is not None and record[name] == record["primaryValue"]:
            return value, valuation
    return value, "unspecified"


def source(retrieved: str) -> Row:
    """Row of ``sources`` for what was asked on a day (``YYYY-MM-DD``)."""
    return {
        "source_id": f"un-comtrade-{retrieved}",
        "kind": "dataset",
        "publisher": "United Nations Statistics Division",
        "title": "UN Comtrade, as its interface answered a subscriber",
        "series": "UN Comtrade",
        "edition": retrieved,
        "accessed_on": retrieved,
        "url": "https://comtradeplus.un.org/",
        "language": "en",
        "licence": "UN-Comtrade-internal-use",
        "licence_url": "https://uncomtrade.org/docs/policy-on-use-and-re-dissemination/",
        "redistributable": False,
        "attribution": "United Nations, UN Comtrade database; for internal use only.",
    }
