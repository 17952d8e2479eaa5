"""Readers of trade files: what they take, and what stops them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rare_earths.periods import frequency, parse
from scripts import licences
from scripts.ingest import press_others
from scripts.ingest.areas import area_of_code
from scripts.ingest.baci import whole_usd
from scripts.ingest.flows import NONE, amount, flow_row
from scripts.ingest.press import remark_note, source_id

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
