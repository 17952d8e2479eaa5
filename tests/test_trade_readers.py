"""Readers of trade files: what they take, what stops them, and the layout in which CEPII offers BACI."""

import csv
import io
from decimal import Decimal
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rare_earths.periods import frequency, parse
from scripts import licences
from scripts.ingest import baci_zip, press_others
from scripts.ingest.areas import area_of_code
from scripts.ingest.baci import whole_usd
from scripts.ingest.flows import NONE, amount, flow_row
from scripts.ingest.press import remark_note, source_id

COUNTRIES = [("156", "China", "CN", "CHN"), ("276", "Germany", "DE", "DEU"), ("490", "Other Asia, nes", "", "S19")]
ROW = {
    "source_id": "a",
    "period": "2024",
    "reporter": "CHN",
    "partner": "DEU",
    "flow": "export",
    "product": "850511",
    "scope": "complete",
    "basis": "reported",
    "locator": "record=2",
    "grade": "A",
}
months = st.integers(1900 * 12, 2099 * 12 + 11)


def text_of(columns, rows):
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([columns, *rows])
    return buffer.getvalue()


def baci(path, flows, columns=tuple(baci_zip.FLOW_COLUMNS), year="2024"):
    with ZipFile(path, "w") as archive:
        archive.writestr("country_codes_V202601.csv", text_of(baci_zip.COUNTRY_COLUMNS, COUNTRIES))
        archive.writestr(
            "product_codes_HS17_V202601.csv", text_of(baci_zip.PRODUCT_COLUMNS, [("10121", "Horses"), ("850511", "Magnets")])
        )
        archive.writestr(f"BACI_HS17_Y{year}_V202601.csv", text_of(columns, flows))
        archive.writestr("Readme.txt", "about the files")
    return path


def month(number):
    return f"{number // 12:04}-{number % 12 + 1:02}"


@given(months, st.integers(0, 40))
def test_periods_are_read_as_written(first, length):
    text = month(first) if length == 0 else f"{month(first)}/{month(first + length)}"
    period = parse(text)
    assert (period.first, period.months) == (first, length + 1)
    assert frequency(text) == ("M" if length == 0 else "A" if length == 11 else "YTD")


@given(months, st.integers(1, 40))
def test_periods_do_not_end_before_they_begin(first, length):
    with pytest.raises(ValueError, match="ends before it begins"):
        parse(f"{month(first + length)}/{month(first)}")


@given(st.text(max_size=16))
def test_no_other_text_is_a_period(text):
    try:
        parse(text)
    except ValueError as error:
        assert repr(text)[1:-1] in str(error)
    else:
        assert text[:4].isdecimal()


@pytest.mark.parametrize("text", ["2024-13", "2024-00", "24", "2024-1", "2024-01/2024-13", "2024-01/2024-01", "2024/2025"])
def test_what_is_no_period(text):
    with pytest.raises(ValueError):
        parse(text)


def test_a_quarter_is_a_quarter_of_the_calendar():
    assert frequency("2022-07/2022-09", quarter=True) == "Q"
    with pytest.raises(ValueError, match="no quarter"):
        frequency("2022-08/2022-10", quarter=True)


values = st.integers(1, 10**12).map(lambda number: Decimal(number).scaleb(-3))


@given(st.lists(st.tuples(values, st.none() | values), min_size=1, max_size=5))
def test_baci_is_converted_exactly(tmp_path_factory, amounts):
    path = tmp_path_factory.mktemp("baci") / "BACI_HS17_V202601.zip"
    flows = [("2024", "156", "276", "850511", f"{v:>20}", "NA" if q is None else f"{q:>20}") for v, q in amounts]
    rows = baci_zip.rows(baci(path, flows), {"850511"}, "a")
    assert [row["value"] for row in rows] == [float(v * 1000) for v, _ in amounts]
    assert [row.get("net_weight_kg") for row in rows] == [None if q is None else float(q * 1000) for _, q in amounts]


def test_baci_zip_keeps_what_is_wanted(tmp_path):
    flows = [("2024", "156", "276", "10121", "1", "1"), ("2024", "490", "156", "850511", "1.5", "NA")]
    (row,) = baci_zip.rows(baci(tmp_path / "b.zip", flows), {"850511"}, "a")
    assert (row["reporter"], row["partner"], row["value"], row["quantity_qualifier"]) == ("TWN", "CHN", 1500, "not_available")
    assert row["locator"] == "table=BACI_HS17_Y2024_V202601.csv; record=3"
    assert "490" in row["note"]


@pytest.mark.parametrize(
    ("flow", "columns", "message"),
    [
        (("2024", "999", "276", "850511", "1", "1"), None, "column i: country '999'"),
        (("2023", "156", "276", "850511", "1", "1"), None, "column t: expected 2024"),
        (("2024", "156", "276", "850511", "much", "1"), None, "no number"),
        (("2024", "156", "276", "850511", "-1", "1"), None, "not negative"),
        (("2024", "156", "276", "850511", "1", "1"), ["t", "i", "j", "k", "v", "w"], "columns have changed"),
    ],
)
def test_baci_zip_stops_at_what_it_does_not_know(flow, columns, message, tmp_path):
    path = baci(tmp_path / "b.zip", [flow], columns or baci_zip.FLOW_COLUMNS)
    with pytest.raises(ValueError, match=message):
        baci_zip.rows(path, {"850511"}, "a")


def test_baci_zip_has_the_product(tmp_path):
    with pytest.raises(ValueError, match="no products"):
        baci_zip.rows(baci(tmp_path / "b.zip", []), {"284690"}, "a")


def test_dust_of_binary_fractions_is_no_cent():
    assert whole_usd("1234.9999999999998", "x").number == 1235
    with pytest.raises(ValueError, match="whole USD"):
        whole_usd("1234.5", "x")


def test_amounts_keep_their_unit():
    assert flow_row(**ROW, quantity=amount("1.5", "t"))["net_weight_kg"] == 1500
    assert flow_row(**ROW, quantity=amount("1,500", "kg"), reo=True)["quantity_t_reo"] == 1.5
    assert flow_row(**ROW, quantity=amount("0", "kg"))["quantity_qualifier"] == "nil"
    with pytest.raises(ValueError, match="neither"):
        flow_row(**ROW, quantity=NONE)


def test_unknown_areas_stop_the_run():
    assert area_of_code("NA", "x") == "NAM"
    with pytest.raises(ValueError, match="unknown code"):
        area_of_code("ZZZ", "x")


def test_pages():
    assert press_others.period("FY2024-25") == "2024-04/2025-03"
    assert press_others.address("a/b : c/d.md @" + "0" * 40) == f"https://github.com/a/b/blob/{'0' * 40}/c/d.md"
    assert remark_note("+60% y/y") == ""
    gacc = "General Administration of Customs of China (GACC)"
    assert source_id(gacc, "https://www.example.org/a") != source_id(gacc, "https://www.example.org/b")


def test_the_gate_of_licences_holds_a_poisoned_row_back():
    sources = [{"source_id": "open", "redistributable": True}, {"source_id": "shut", "redistributable": False}]
    flows = [{"source_id": "open", "value": 1.0}, {"source_id": "shut", "value": 2.0}]
    mirror = [{"exporter_source_id": "open", "importer_source_id": "shut"}]
    tables = {"sources": sources, "trade_flows": flows, "trade_mirror": mirror}
    held = licences.hold_back(tables)
    assert tables == {"sources": sources, "trade_flows": flows[:1], "trade_mirror": []}
    assert held == {"trade_flows": flows[1:], "trade_mirror": mirror}


def test_a_source_that_does_not_say_is_held_back():
    assert licences.withheld_sources([{"source_id": "a", "redistributable": None}]) == {"a"}
