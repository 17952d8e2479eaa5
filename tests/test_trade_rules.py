"""Every rule of the trade tables: a fault is found in its line and nothing else; sound data has none."""

import copy

import pytest

from tests.trade_sample import line_of, problems, sample

CHECKED = ("products", "trade_flows", "trade_mirror", "concentration")
#: A row of each kind that faults are put into: cells that find it.
BACI = {"source_id": "cepii-baci-hs17-v202601-main-flows"}
PRESS = {"product": "gacc-rare-earths-export", "period": "2025"}
MONTH = {"product": "gacc-rare-earths-export", "period": "2025-03"}
CUMULATIVE = {"product": "gacc-rare-earths-export", "period": "2025-01/2025-09"}
HTS = {"product": "hts-2846100010", "partner": "CHN", "period": "2022"}
SCHEDULE_B = {"product": "sb-2846909000", "partner": "CHN", "period": "2022"}
CN = {"product": "cn-28469040", "period": "2023"}
CHINA = {"product": "chn-28469019", "period": "2025-02"}
REO = {"product": "usgs-mcs-compounds", "period": "2024"}
EDGE = {"exporter": "USA", "importer": "CHN", "period": "2020"}

#: table, row, change, rule that must find it
FAULTS = [
    ("products", {"product": "850511"}, {"code": "85051"}, {"code-of-nomenclature", "key-of-code"}),
    ("products", {"product": "cn-28469090"}, {"code": "28469091"}, {"key-of-code"}),
    ("products", {"product": "gacc-rare-earths-export"}, {"code": "2846"}, {"code-of-nomenclature"}),
    ("products", {"product": "cn-28469090"}, {"parent": "284699"}, {"parent-exists", "code-within-parent"}),
    ("products", {"product": "cn-28469090"}, {"parent": "284610"}, {"code-within-parent"}),
    ("products", {"product": "2846"}, {"definition": "284610 + 284690"}, {"definition-of-headline"}),
    ("products", {"product": "cn-28469090"}, {"valid_from": 2023, "valid_to": 2022}, {"valid-years"}),
    ("trade_flows", BACI, {"value": 0.0}, {"value-positive"}),
    ("trade_flows", BACI, {"value": -5.0}, {"value-positive", "minimum"}),
    ("trade_flows", PRESS, {"net_weight_kg": 0.0}, {"quantity-positive"}),
    ("trade_flows", PRESS, {"quantity_qualifier": "nil"}, {"quantity-positive"}),
    ("trade_flows", PRESS, {"net_weight_kg": None, "quantity_qualifier": "not_available"}, {"says-something"}),
    ("trade_flows", REO, {"net_weight_kg": 8120000.0}, {"one-quantity"}),
    ("trade_flows", PRESS, {"net_weight_kg": None, "quantity_t_reo": 62585.2}, {"one-quantity"}),
    ("trade_flows", BACI, {"currency": None}, {"currency-of-value"}),
    ("trade_flows", PRESS, {"currency": "USD"}, {"currency-of-value"}),
    ("trade_flows", PRESS, {"valuation": "FOB"}, {"valuation-of-value"}),
    ("trade_flows", PRESS, {"partner": "CHN"}, {"two-areas"}),
    ("trade_flows", CUMULATIVE, {"freq": "M"}, {"period-of-frequency"}),
    ("trade_flows", MONTH, {"freq": "YTD"}, {"period-of-frequency"}),
    ("trade_flows", CUMULATIVE, {"freq": "Q"}, {"period-of-frequency"}),
    ("trade_flows", PRESS, {"freq": "M"}, {"period-of-frequency"}),
    ("trade_flows", HTS, {"flow": "export"}, {"own-nomenclature"}),
    ("trade_flows", SCHEDULE_B, {"flow": "import"}, {"own-nomenclature"}),
    ("trade_flows", CHINA, {"reporter": "JPN"}, {"own-nomenclature"}),
    ("trade_flows", CN, {"reporter": "USA"}, {"own-nomenclature"}),
    ("trade_flows", CN, {"period": "2022"}, {"code-in-its-years"}),
    ("trade_flows", PRESS, {"product": "chn-28469020"}, {"foreign-key"}),
    ("trade_flows", PRESS, {"source_id": "hmrc-2024-2026-via-critical-materials-atlas"}, {"redistributable"}),
    ("trade_mirror", EDGE, {"weight_ratio": 0.87}, {"weight-ratio"}),
    ("trade_mirror", EDGE, {"weight_ratio": None}, {"weight-ratio"}),
    ("trade_mirror", EDGE, {"value_ratio": 1.0}, {"value-ratio"}),
    ("trade_mirror", EDGE, {"note": None}, {"pair-explained"}),
    ("trade_mirror", EDGE, {"importer": "USA"}, {"two-areas"}),
    ("trade_mirror", EDGE, {"importer_source_id": None, "importer_locator": None}, {"two-views"}),
    ("trade_mirror", EDGE, {"importer_locator": "row=elsewhere"}, {"in-trade-flows"}),
    ("concentration", {"topic": "reserves", "year": 2025}, {"hhi": 500.0}, {"index-of-shares"}),
    ("concentration", {"topic": "reserves", "year": 2025}, {"hhi": 9000.0}, {"index-of-shares"}),
    ("concentration", {"topic": "reserves", "year": 2025}, {"largest_holder": "WLD"}, {"holder-is-one-area"}),
    ("concentration", {"topic": "reserves", "year": 2025}, {"holders": 1}, {"alone-holds-all"}),
    ("concentration", {"topic": "reserves", "year": 2025}, {"largest_source_id": "usgs-mcs-2024"}, {"largest-is-cited"}),
]
#: What makes a source one that may not be released.
SHUT = [
    ({"licence": "unconfirmed"}, "unconfirmed-is-held-back"),
    ({"publisher": "UN Comtrade"}, "restricted-publisher"),
    ({"title": "OEC, exports of magnets"}, "restricted-publisher"),
]
#: Rules of ours that a test of this module has seen fail.
PROVEN = {
    *((table, rule) for table, _, _, rules in FAULTS for rule in rules),
    *(("sources", rule) for _, rule in SHUT),
    ("trade_flows", "annual-sum"),
}


@pytest.fixture(scope="module")
def sound():
    return sample()


@pytest.mark.parametrize("table", CHECKED)
def test_sound_data_has_no_errors(table, sound, tmp_path):
    assert problems(sound, tmp_path, table) == []


@pytest.mark.parametrize(("table", "found_by", "change", "rules"), FAULTS)
def test_a_fault_is_found(table, found_by, change, rules, sound, tmp_path):
    tables = {name: rows if name != table else copy.deepcopy(rows) for name, rows in sound.items()}
    row = next(row for row in tables[table] if all(row[name] == value for name, value in found_by.items()))
    row |= change
    found = problems(tables, tmp_path, table)
    assert {problem.rule for problem in found} == rules
    cells = {name: row[name] for name in ("reporter", "product", "flow", "period", "partner") if name in row}
    cells |= {name: row[name] for name in ("exporter", "importer", "topic", "year", "source_id") if name in row}
    assert {problem.line for problem in found} == {line_of(tmp_path, table, cells)}


def test_goods_that_come_back_may_name_the_reporter_twice(sound, tmp_path):
    tables = {**sound, "trade_flows": copy.deepcopy(sound["trade_flows"])}
    row = next(row for row in tables["trade_flows"] if row["product"] == PRESS["product"] and row["period"] == "2025")
    row |= {"partner": "CHN", "flow": "re_import"}
    assert problems(tables, tmp_path, "trade_flows") == []


def _year(sound, months, annual):
    model = next(row for row in sound["trade_flows"] if row["product"] == MONTH["product"] and row["period"] == MONTH["period"])
    rows = [{**model, "period": f"2001-{month:02}", "net_weight_kg": 100.0} for month in months]
    return [*sound["trade_flows"], *rows, {**model, "freq": "A", "period": "2001", "net_weight_kg": annual}]


@pytest.mark.parametrize(
    ("months", "annual", "noticed"),
    [(range(1, 13), 1200.0, False), (range(1, 13), 1300.0, True), (range(1, 12), 1300.0, False)],
)
def test_a_year_is_the_sum_of_its_months(months, annual, noticed, sound, tmp_path):
    found = problems({**sound, "trade_flows": _year(sound, months, annual)}, tmp_path, "trade_flows")
    assert [(problem.rule, problem.level, problem.value) for problem in found] == (
        [("annual-sum", "notice", "1300")] if noticed else []
    )


@pytest.mark.parametrize(("change", "rule"), SHUT)
def test_sources_that_may_not_be_released(change, rule, sound, tmp_path):
    tables = {**sound, "sources": copy.deepcopy(sound["sources"])}
    row = next(row for row in tables["sources"] if row["source_id"] == "usitc-dataweb-2026-07-exports")
    row |= change
    found = [problem for problem in problems(tables, tmp_path, "sources") if problem.rule == rule]
    assert [problem.line for problem in found] == [line_of(tmp_path, "sources", {"source_id": row["source_id"]})]
