"""Mirror gaps and concentration: their arithmetic, and the figures that the issue of trade names."""

import pytest

import rare_earths
from scripts.derive import concentration, trade_mirror

GOODS = {
    "freq": "A",
    "weight_basis": "goods",
    "scope": "complete",
    "basis": "reported",
    "valuation": "FOB",
    "currency": "USD",
    "grade": "A",
    "locator": "row=1",
}


def flow(**cells):
    return {**GOODS, "value": 100.0, "net_weight_kg": 10.0, "source_id": "a", "period": "2020", **cells}


SIDES = [
    flow(reporter="JPN", partner="DEU", flow="export", product="850511"),
    flow(reporter="DEU", partner="JPN", flow="import", product="850511", value=120.0, net_weight_kg=9.0, source_id="b"),
    flow(reporter="JPN", partner="DEU", flow="export", product="850511", basis="reconciled", value=105.0, source_id="c"),
]
SHARE = [
    flow(
        reporter="CHN",
        partner="WLD",
        flow="import",
        product="chn-25309020",
        period="2023",
        net_weight_kg=66_364_000.0,
        source_id="gacc-via-giti.sg-12c40a",
    )
]


def test_two_views_meet_and_nothing_is_averaged():
    (row,) = trade_mirror.rows({"trade_flows": SIDES + SHARE})
    assert (row["exporter_value_usd"], row["importer_value_usd"], row["reconciled_value_usd"]) == (100, 120, 105)
    assert (row["value_ratio"], row["weight_ratio"]) == (1.2, 0.9)


@pytest.mark.parametrize(
    "change",
    [
        {"product": "8505"},
        {"period": "2021"},
        {"partner": "WLD"},
        {"weight_basis": "reo_content"},
        {"scope": "named_partners_kg"},
    ],
)
def test_unlike_figures_do_not_meet(change):
    assert trade_mirror.rows({"trade_flows": [SIDES[0], {**SIDES[1], **change}, *SHARE]}) == []


def test_the_better_grade_speaks_for_a_side():
    weak = {**SIDES[1], "grade": "C", "source_id": "0", "value": 999.0}
    (row,) = trade_mirror.rows({"trade_flows": [SIDES[0], weak, SIDES[1], *SHARE]})
    assert row["importer_source_id"] == "b"


def test_a_share_without_its_total_stops_the_run():
    with pytest.raises(ValueError, match="expected one total"):
        trade_mirror.rows({"trade_flows": SIDES})


def test_ore_from_the_united_states_in_2023():
    row = rare_earths.load("trade_mirror", period="2023", exporter="USA", importer="CHN").iloc[0]
    assert row["exporter_net_weight_kg"] == 32_829_761
    assert row["importer_net_weight_kg"] == pytest.approx(66_364_000 * 0.9983, abs=1)
    assert row["weight_ratio"] == pytest.approx(2.018)
    assert "about half" in row["note"]


def production(area, figure, grade="A", year=2020):
    return {
        "area": area,
        "year": year,
        "stage": "mine",
        "quantity_t_reo": figure,
        "grade": grade,
        "source_id": f"s-{area.lower()}",
    }


def concentrated(*rows):
    return concentration.concentrated(list(rows), [], [])


def test_index_of_three_holders():
    (row,) = concentrated(production("WLD", 100.0), production("CHN", 60.0), production("USA", 30.0), production("AUS", 10.0))
    assert (row["hhi"], row["holders"], row["largest_holder"], row["largest_share"]) == (4600, 3, "CHN", 60)
    assert (row["covered_share"], row["lowest_grade"], row["note"]) == (100, "A", "")


def test_others_count_in_the_whole_but_hold_nothing():
    (row,) = concentrated(production("WLD", 100.0), production("CHN", 60.0), production("XOT", 40.0))
    assert (row["hhi"], row["holders"], row["covered_share"]) == (3600, 1, 100)
    assert "lower bound" in row["note"]


def test_half_a_list_has_no_index():
    assert concentrated(production("WLD", 100.0), production("CHN", 60.0)) == []
    assert concentrated(production("CHN", 60.0), production("USA", 40.0)) == []


def test_weak_figures_are_marked():
    (row,) = concentrated(production("WLD", 100.0, "C"), production("CHN", 60.0, "C"), production("USA", 40.0, "D"))
    assert row["lowest_grade"] == "D" and "grade C or D alone" in row["note"]


def test_exports_of_one_year_have_one_scope():
    mixed = [{**SIDES[2], "reporter": "JPN"}, {**SIDES[2], "reporter": "CHN", "scope": "main_partners"}]
    with pytest.raises(ValueError, match="mix the scopes"):
        concentration.concentrated([], [], mixed)


def test_magnets_of_2024():
    row = rare_earths.load("concentration", topic="export_value", year=2024).iloc[0]
    flows = rare_earths.load("trade_flows", product="850511", period="2024", basis="reconciled")
    exports = flows.groupby("reporter")["value"].sum()
    assert row["hhi"] == pytest.approx(((100 * exports / exports.sum()) ** 2).sum(), abs=0.06)
    assert row["largest_holder"] == exports.idxmax() == "CHN"
