"""Rows of one's own: interfaces asked with a key that nobody sees, answers read strictly, mirrors joined locally."""

import copy
import json
import logging
from pathlib import Path

import pytest

from scripts.fetch.client import Client, Limits
from scripts.fetch.outcomes import FetchError
from scripts.local import answers, ask, census, check, comext, comtrade, extension, hmrc, mirror
from tests.replica import faults
from tests.replica.server import Replica

SECRET = "sesame-0123456789"
COMTRADE = {
    "typeCode": "C", "freqCode": "A", "refPeriodId": 20230101, "refYear": 2023, "refMonth": 52, "period": "2023",
    "reporterCode": 156, "reporterISO": "CHN", "reporterDesc": "", "flowCode": "M", "flowDesc": "", "partnerCode": 842,
    "partnerISO": "USA", "partnerDesc": "", "partner2Code": 0, "partner2ISO": "W00", "partner2Desc": "",
    "classificationCode": "H6", "classificationSearchCode": "HS", "isOriginalClassification": True, "cmdCode": "2846",
    "cmdDesc": "", "aggrLevel": 4, "isLeaf": False, "customsCode": "C00", "customsDesc": "", "mosCode": "0", "motCode": 0,
    "motDesc": "", "qtyUnitCode": 8, "qtyUnitAbbr": "kg", "qty": 10.0, "isQtyEstimated": False, "altQtyUnitCode": -1,
    "altQtyUnitAbbr": "N/A", "altQty": 0.0, "isAltQtyEstimated": False, "netWgt": 10.0, "isNetWgtEstimated": False,
    "grossWgt": 0.0, "isGrossWgtEstimated": False, "cifvalue": 100.0, "fobvalue": None, "primaryValue": 100.0,
    "legacyEstimationFlag": 0, "isReported": False, "isAggregate": True,
}  # fmt: skip
CENSUS_IMPORTS = [
    ["CTY_CODE", "CTY_NAME", "CON_VAL_MO", "CON_QY1_MO", "UNIT_QY1", "SUMMARY_LVL", "I_COMMODITY", "COMM_LVL", "time"],
    ["-", "TOTAL FOR ALL COUNTRIES", "300", "30", "KG", "DET", "2846100010", "HS10", "2024-01"],
    ["0003", "EUROPEAN UNION", "100", "10", "KG", "CGP", "2846100010", "HS10", "2024-01"],
    ["5700", "CHINA", "200", "20", "KG", "DET", "2846100010", "HS10", "2024-01"],
    ["5800", "KOREA, SOUTH", "100", "0", "X", "DET", "2846100010", "HS10", "2024-01"],
]
COMEXT = """DATAFLOW,LAST UPDATE,freq,reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE,OBS_FLAG
ESTAT:DS-045409(1.0),15/09/26,M,EU27_2020,CN,85051110,1,VALUE_IN_EUROS,2024-01,1000,
ESTAT:DS-045409(1.0),15/09/26,M,EU27_2020,CN,85051110,1,QUANTITY_IN_100KG,2024-01,1.5,
ESTAT:DS-045409(1.0),15/09/26,M,EU27_2020,EXT_EU27_2020,85051110,1,VALUE_IN_EUROS,2024-01,2000,
ESTAT:DS-045409(1.0),15/09/26,M,EU27_2020,NA,85051110,1,VALUE_IN_EUROS,2024-01,7,
ESTAT:DS-045409(1.0),15/09/26,M,EU27_2020,QU,85051110,1,VALUE_IN_EUROS,2024-01,5,
ESTAT:DS-045409(1.0),15/09/26,M,EU27_2020,JP,85051110,1,VALUE_IN_EUROS,2024-01,,c
"""
PORT = {
    "MonthId": 202401, "FlowTypeId": 3, "SuppressionIndex": 0, "CommodityId": 85051110, "CommoditySitcId": 77881,
    "CountryId": 720, "PortId": 1, "Value": 100.0, "NetMass": 10.0, "SuppUnit": None,
    "Country": {"CountryCodeAlpha": "CN", "CountryName": "China"},
}  # fmt: skip


def comtrade_answer(*records, **more):
    return json.dumps({"elapsedTime": "", "count": len(records), "data": records, "error": "", **more}).encode()


def hmrc_answer(*records, **more):
    return json.dumps({"@odata.context": "", "value": records, **more}).encode()


def only(answer):
    (row,) = answer.rows
    return row


def raw_answer(raw, year):
    return (raw.folder / "checks" / f"comtrade_preview_china_imports_2846_{year}.json").read_bytes()


@pytest.mark.raw
@pytest.mark.parametrize(("year", "records", "world"), [(2023, 33, 109285772.57), (2024, 34, 77025454.404)])
def test_real_answers_of_comtrade_are_read_whole(raw, year, records, world):
    answer = comtrade.read(raw_answer(raw, year), "a", str(year), limit=500)
    assert len(answer.rows) + len(answer.left_out) == records
    assert answer.left_out == [f"{year} 156 899 M 2846 (Areas, nes)"]
    (total,) = [row for row in answer.rows if row["partner"] == "WLD"]
    assert (total["net_weight_kg"], total["valuation"], total["weight_estimated"]) == (world, "CIF", True)
    (taiwan,) = [row for row in answer.rows if row["partner"] == "TWN"]
    assert "490" in taiwan["note"]


@pytest.mark.raw
def test_comtrade_joins_the_mirror_locally(raw, tmp_path):
    """China imports 504 t of compounds from the United States in 2023; the United States exports 32,830 t."""
    folder = raw.folder / "checks"
    rows = [row for year in (2023, 2024) for row in comtrade.read(raw_answer(raw, year), "un-comtrade-2026-07-10", "a").rows]
    extension.write("un-comtrade", {"trade_flows": rows, "sources": [comtrade.source("2026-07-10")]}, tmp_path)
    before = {row["period"] for row in mirror.rows(tmp_path / "empty") if row["importer_product"] == "2846"}
    found = {row["period"]: row for row in mirror.rows(tmp_path) if row["importer_product"] == "2846"}
    assert folder.is_dir() and before == set()
    assert (found["2023"]["exporter_net_weight_kg"], found["2023"]["importer_net_weight_kg"]) == (32829761, 503646.443)
    assert found["2023"]["importer_source_id"] == "un-comtrade-2026-07-10"


def test_what_comtrade_gives_may_not_be_released():
    assert comtrade.source("2026-07-10")["redistributable"] is False
    assert hmrc.source("2026-07-10")["redistributable"] is False


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"customsCode": "C01"}, "field customsCode: expected 'C00', found 'C01'; only totals"),
        ({"motCode": 2100}, "field motCode"),
        ({"partner2Code": 36}, "field partner2Code"),
        ({"typeCode": "S"}, "field typeCode"),
        ({"partnerCode": 12345}, "unknown area 12345"),
        ({"partnerCode": 156}, "'USA' for 156, which is CHN"),
        ({"flowCode": "XX"}, "no flow that we know"),
        ({"cmdCode": "0101"}, "no HS code '0101'"),
        ({"period": "20230"}, "no period of frequency"),
        ({"netWgt": -1.0}, "field netWgt.*not negative"),
        ({"primaryValue": "lots"}, "field primaryValue"),
        ({"novelty": 1}, r"fields have changed \(new: \['novelty'\]"),
    ],
)
def test_comtrade_is_read_strictly(change, message):
    with pytest.raises(answers.AnswerError, match=message):
        comtrade.read(comtrade_answer({**COMTRADE, **change}), "a", "answer")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<html>", "expected an answer"),
        (comtrade_answer(COMTRADE, error="quota"), "says 'quota'"),
        (comtrade_answer(COMTRADE, count=2), "counts 2 records and holds 1"),
        (comtrade_answer(COMTRADE, COMTRADE), "stands twice"),
        (
            comtrade_answer({**COMTRADE, "partnerCode": 0, "partnerISO": "W00", "primaryValue": 500.0}, COMTRADE),
            "add up to 100 USD and the world is 500",
        ),
    ],
)
def test_an_answer_that_is_none_or_not_whole(content, message):
    with pytest.raises(answers.AnswerError, match=message):
        comtrade.read(content, "a", "answer")


def test_a_cut_answer_of_comtrade_is_seen():
    with pytest.raises(answers.AnswerError, match="cut at 1 records"):
        comtrade.read(comtrade_answer(COMTRADE), "a", "answer", limit=1)


@pytest.mark.parametrize(
    ("code", "iso", "area"),
    [
        (842, "USA", "USA"),
        (251, "FRA", "FRA"),
        (699, "IND", "IND"),
        (757, "CHE", "CHE"),
        (579, "NOR", "NOR"),
        (490, "S19", "TWN"),
        (516, "NAM", "NAM"),
    ],
)
def test_codes_of_comtrade(code, iso, area):
    assert (
        only(comtrade.read(comtrade_answer({**COMTRADE, "partnerCode": code, "partnerISO": iso}), "a", "b"))["partner"] == area
    )


def test_zero_kilograms_beside_a_value_are_no_weight():
    row = only(comtrade.read(comtrade_answer({**COMTRADE, "netWgt": 0.0}), "a", "b"))
    assert (row.get("net_weight_kg"), row["quantity_qualifier"], row["value"]) == (None, "not_available", 100)


@pytest.fixture
def replica(monkeypatch):
    with Replica() as server:
        monkeypatch.setenv("RARE_EARTHS_SOURCES", server.address)
        monkeypatch.setenv(comtrade.KEY, SECRET)
        monkeypatch.setenv(census.KEY, SECRET)
        for interface in ask.INTERFACES.values():
            monkeypatch.setattr(interface, "PAUSE", 0.0)
        yield server


REQUEST = answers.Request(["CHN"], ["2023"], ["2846"], ["import"])


def texts_of(folder: Path) -> str:
    return "".join(
        f"{path.relative_to(folder)}\n{path.read_text(errors='replace')}" for path in folder.rglob("*") if path.is_file()
    )


def test_the_key_travels_in_a_header_and_nowhere_else(replica, tmp_path, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    replica.offer(comtrade.ADDRESS.format("A"), comtrade_answer(COMTRADE))
    (path,) = ask.answers(comtrade, REQUEST, tmp_path)
    assert only(comtrade.read(path.read_bytes(), "a", "b"))["partner"] == "USA"
    (request,) = replica.requests
    assert request.headers[comtrade.HEADER.title()] == SECRET and SECRET not in request.address
    for pinned in ("partner2Code=0", "customsCode=C00", "motCode=0"):
        assert pinned in request.address
    seen = capsys.readouterr()
    assert SECRET not in texts_of(tmp_path) + caplog.text + seen.out + seen.err


def test_what_was_asked_is_not_asked_again(replica, tmp_path):
    replica.offer(comtrade.ADDRESS.format("A"), comtrade_answer(COMTRADE))
    assert ask.answers(comtrade, REQUEST, tmp_path) == ask.answers(comtrade, REQUEST, tmp_path)
    assert len(replica.requests) == 1


@pytest.mark.parametrize(("interface", "product", "flow"), [(comtrade, "2846", "import"), (census, "hts-2846100010", "import")])
def test_a_key_is_in_no_error(interface, product, flow, replica, tmp_path, capsys, caplog):
    caplog.set_level(logging.DEBUG)
    reporter = "USA" if interface is census else "CHN"
    with pytest.raises(Exception) as error:
        ask.answers(interface, answers.Request([reporter], ["2024-01"], [product], [flow]), tmp_path)
    assert SECRET not in str(error.value) and SECRET not in repr(error.value) and SECRET not in texts_of(tmp_path)
    records = [record for record in caplog.records if not record.name.startswith("urllib3")]
    assert not any(SECRET in record.getMessage() for record in records)


def test_a_key_is_in_no_unfinished_download(replica, tmp_path, monkeypatch):
    """The Census Bureau wants the key as a parameter; a body that is cut leaves a note of the address."""
    monkeypatch.setattr(ask, "Client", lambda *args, **more: Client(*args, Limits(attempts=1, read=1), **more))
    address = census.ADDRESS.format(flow="import")
    replica.offer(address, json.dumps(CENSUS_IMPORTS).encode(), "application/json")
    replica.misbehave(address, faults.cut(100))
    request = answers.Request(["USA"], ["2024-01"], ["hts-2846100010"], ["import"])
    with pytest.raises(FetchError, match="cut short") as error:
        ask.answers(census, request, tmp_path)
    assert SECRET not in str(error.value) + texts_of(tmp_path) and "key=*" in texts_of(tmp_path)
    assert len(census.read(ask.answers(census, request, tmp_path)[0].read_bytes(), "a", "b").rows) == 3


def test_the_calls_of_a_day_are_counted(replica, tmp_path, monkeypatch):
    monkeypatch.setattr(comtrade, "CALLS_A_DAY", 1)
    replica.offer(comtrade.ADDRESS.format("A"), comtrade_answer(COMTRADE))
    with pytest.raises(answers.AnswerError, match="1 calls today"):
        ask.answers(comtrade, REQUEST._replace(flows=["import", "export"]), tmp_path)
    assert len(replica.requests) == 1


def test_no_key_no_call(replica, tmp_path, monkeypatch):
    monkeypatch.delenv(comtrade.KEY)
    with pytest.raises(answers.AnswerError, match=comtrade.KEY):
        ask.answers(comtrade, REQUEST, tmp_path)
    assert replica.requests == []


def test_census_imports():
    answer = census.read(json.dumps(CENSUS_IMPORTS).encode(), "a", "answer")
    found = {row["partner"]: row for row in answer.rows}
    assert set(found) == {"WLD", "CHN", "KOR"}
    assert (found["CHN"]["net_weight_kg"], found["CHN"]["value"], found["CHN"]["valuation"]) == (20, 200, "customs")
    assert (found["KOR"]["quantity_qualifier"], found["KOR"]["concept"]) == ("not_available", "imports_for_consumption")


@pytest.mark.parametrize(
    ("row", "column", "value", "message"),
    [
        (3, 4, "LB", "unknown unit 'LB'"),
        (3, 1, "ATLANTIS", "no area is called 'ATLANTIS'"),
        (3, 6, "0101000000", "products has no hts-0101000000"),
        (3, 7, "HS6", "expected ten digits"),
        (3, 2, "-5", "not negative"),
        (0, 2, "GEN_VAL_MO", "fields have changed"),
    ],
)
def test_census_is_read_strictly(row, column, value, message):
    changed = copy.deepcopy(CENSUS_IMPORTS)
    changed[row][column] = value
    with pytest.raises(answers.AnswerError, match=message):
        census.read(json.dumps(changed).encode(), "a", "answer")


def test_census_exports_are_domestic_ones(replica, tmp_path):
    header = [
        "CTY_CODE",
        "CTY_NAME",
        "ALL_VAL_MO",
        "QTY_1_MO",
        "UNIT_QY1",
        "SUMMARY_LVL",
        "E_COMMODITY",
        "COMM_LVL",
        "time",
        "DF",
    ]
    products = {str(row["product"]) for row in census.products.rows()}
    product = sorted(code for code in products if code.startswith("sb-"))[0]
    row = ["5880", "JAPAN", "10", "1", "KG", "DET", product.removeprefix("sb-"), "HS10", "2024-01", "1"]
    replica.offer(census.ADDRESS.format(flow="export"), json.dumps([header, row]).encode())
    (path,) = ask.answers(census, answers.Request(["USA"], ["2024-01"], [product], ["import", "export"]), tmp_path)
    found = only(census.read(path.read_bytes(), "a", "b"))
    assert (found["partner"], found["valuation"], found["concept"]) == ("JPN", "FAS", "domestic_exports")
    assert "DF=1" in replica.requests[0].address
    with pytest.raises(answers.AnswerError, match="the domestic ones"):
        census.read(json.dumps([header, [*row[:-1], "2"]]).encode(), "a", "b")


def test_comext():
    answer = comext.read(COMEXT.encode(), "a", "answer")
    found = {row["partner"]: row for row in answer.rows}
    assert set(found) == {"CHN", "WLD", "NAM"}
    assert (found["CHN"]["net_weight_kg"], found["CHN"]["value"], found["CHN"]["currency"]) == (150, 1000, "EUR")
    assert found["WLD"]["note"] == comext.EXTRA_NOTE and found["CHN"]["product"] == "cn-85051110"
    assert answer.left_out == ["2024-01 JP 85051110 1, kept secret", "2024-01 QU 85051110 1, of no area"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("OBS_FLAG", "FLAG", "fields have changed"),
        ("EU27_2020,CN,85051110,1,VALUE_IN_EUROS", "DE,CN,85051110,1,VALUE_IN_EUROS", "line 2: expected monthly"),
        ("QUANTITY_IN_100KG", "SUPPLEMENTARY_QUANTITY", "unknown 'SUPPLEMENTARY_QUANTITY'"),
        ("QUANTITY_IN_100KG", "VALUE_IN_EUROS", "stands twice"),
        (",CN,", ",ZZ,", "unknown code of an area 'ZZ'"),
        (",1000,", ",many,", "no number"),
    ],
)
def test_comext_is_read_strictly(old, new, message):
    with pytest.raises(answers.AnswerError, match=message):
        comext.read(COMEXT.replace(old, new).encode(), "a", "answer")


def test_comext_is_asked_for_the_union_by_month():
    request = answers.Request(["EUU"], ["2024-01"], ["cn-85051110"], ["import"])
    (question,) = comext.questions(request)
    assert question.address.endswith("M.EU27_2020..85051110.1.VALUE_IN_EUROS+QUANTITY_IN_100KG")
    for wrong in (
        request._replace(reporters=["DEU"]),
        request._replace(periods=["2024"]),
        request._replace(products=["850511"]),
    ):
        with pytest.raises(answers.AnswerError):
            list(comext.questions(wrong))


def test_hmrc_adds_up_ports():
    answer = hmrc.read(hmrc_answer(PORT, {**PORT, "PortId": 2, "Value": 0.5}), "a", "answer")
    row = only(answer)
    assert (row["value"], row["net_weight_kg"], row["currency"], row["note"]) == (100.5, 20, "GBP", "Sum over 2 ports.")
    assert (row["partner"], row["product"], row["valuation"]) == ("CHN", "cn-85051110", "CIF")


def test_hmrc_says_what_is_withheld_and_what_is_of_no_area():
    nowhere = {**PORT, "Country": {"CountryCodeAlpha": "QX", "CountryName": ""}}
    answer = hmrc.read(hmrc_answer({**PORT, "SuppressionIndex": 2}, nowhere), "a", "answer")
    assert only(answer)["value_qualifier"] == "partly_withheld"
    assert answer.left_out == ["202401 import 85051110 QX, of no area"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (hmrc_answer(PORT, **{"@odata.nextLink": "https://api.uktradeinfo.com/OTS?$skip=1"}), "cut after 1 records"),
        (hmrc_answer({**PORT, "FlowTypeId": 9}), "FlowTypeId: unknown 9"),
        (hmrc_answer({**PORT, "New": 9}), "fields have changed"),
        (hmrc_answer({**PORT, "Value": "x"}), "field Value"),
        (hmrc_answer({**PORT, "Country": {"CountryCodeAlpha": "ZZ"}}), "unknown code of an area"),
        (b"[]", "expected an OData answer"),
    ],
)
def test_hmrc_is_read_strictly(content, message):
    with pytest.raises(answers.AnswerError, match=message):
        hmrc.read(content, "a", "answer")


def test_hmrc_is_asked_in_one_page_a_month_and_flow(replica, tmp_path):
    replica.offer(hmrc.ADDRESS, hmrc_answer(PORT))
    (path,) = ask.answers(hmrc, answers.Request(["GBR"], ["2024-01"], ["cn-85051110"], ["import"]), tmp_path)
    assert only(hmrc.read(path.read_bytes(), "a", "b"))["period"] == "2024-01"
    assert "CommodityId+eq+85051110" in replica.requests[0].address


def test_the_command(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(extension.write, "__defaults__", (tmp_path,))
    path = tmp_path / "answer.json"
    path.write_bytes(comtrade_answer(COMTRADE))
    ask.main(["comtrade", "--answer", str(path), "--retrieved", "2026-07-10"])
    assert "1 rows in" in capsys.readouterr().out
    assert [row["source_id"] for row in extension.read("sources", tmp_path)] == ["un-comtrade-2026-07-10"]
    with pytest.raises(SystemExit, match="cut at 1 records"):
        ask.main(["comtrade", "--answer", str(path), "--limit", "1"])
    with pytest.raises(SystemExit):
        ask.main(["comtrade"])


def test_the_rules_of_the_package_check_what_is_ones_own(tmp_path):
    rows = comtrade.read(comtrade_answer(COMTRADE), "un-comtrade-2026-07-10", "a").rows
    extension.write("un-comtrade", {"trade_flows": rows, "sources": [comtrade.source("2026-07-10")]}, tmp_path)
    report = check.check(tmp_path)
    assert (report.valid, report.checked["trade_flows"]) == (True, 1)
    extension.write("un-comtrade", {"trade_flows": [{**rows[0], "partner": "CHN"}]}, tmp_path)
    assert {problem.rule for problem in check.check(tmp_path).errors} == {"two-areas", "foreign-key"}
