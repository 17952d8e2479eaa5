"""Trade flows as released: figures, completeness, and what must not be there."""

import re

import pytest

import rare_earths
from rare_earths.filters import expression
from rare_earths.locators import parse
from rare_earths.periods import frequency
from scripts.tables import DATA, ROOT

FORBIDDEN = re.compile(
    r"comtrade|\bWITS\b|international trade centre|\bITC\b|observatory of economic complexity|\bOEC\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def flows():
    return rare_earths.load("trade_flows")


@pytest.fixture(scope="module")
def sources():
    return rare_earths.load("sources").set_index("source_id")


def test_there_are_enough_rows(flows):
    assert len(flows) >= 40_000


@pytest.mark.parametrize("column", ["source_id", "locator", "grade", "valuation", "scope", "basis", "concept"])
def test_every_row_says_where_it_is_from_and_what_it_means(column, flows):
    assert flows[column].notna().all()


def test_locators_are_places(flows):
    for locator in flows["locator"].unique():
        parse(locator)


def test_periods_have_their_frequency(flows):
    for period, freq in flows[["period", "freq"]].drop_duplicates().itertuples(index=False):
        assert frequency(period, freq == "Q") == freq


def test_released_rows_are_redistributable(flows, sources):
    assert sources.loc[flows["source_id"].unique(), "redistributable"].all()


def test_what_is_held_back_is_named_and_nowhere_cited(flows, sources):
    held = set(sources.index[~sources["redistributable"]])
    assert {key.split("-20")[0] for key in held} == {"hmrc", "comex-stat"}
    for path in sorted(DATA.glob("*.csv")):
        if path.name != "sources.csv":
            text = path.read_text(encoding="utf-8")
            assert not [key for key in held if key in text], path.name


def test_no_restricted_publisher(flows, sources):
    cited = sources.loc[sorted(flows["source_id"].unique())]
    assert not [key for key, row in cited.iterrows() if FORBIDDEN.search(f"{row['publisher']} {row['title']} {row['url']}")]


def test_no_file_of_restricted_data_in_the_repository():
    names = [path.relative_to(ROOT).as_posix() for path in DATA.rglob("*")]
    assert not [name for name in names if "comtrade" in name.lower() or "/checks/" in name]


@pytest.mark.parametrize(
    ("wanted", "column", "figure"),
    [
        ({"reporter": "CHN", "partner": "DEU", "product": "850511", "period": "2024"}, "value", 513_918_501),
        (
            {"reporter": "USA", "partner": "CHN", "product": "2846", "period": "2023", "flow": "export"},
            "net_weight_kg",
            32_829_761,
        ),
        ({"reporter": "CHN", "product": "gacc-rare-earths-export", "period": "2025"}, "net_weight_kg", 62_585_200),
        ({"reporter": "CHN", "product": "gacc-rare-earth-permanent-magnets", "period": "2024"}, "net_weight_kg", 58_152_000),
        ({"reporter": "CHN", "product": "chn-25309020", "period": "2023"}, "net_weight_kg", 66_364_000),
    ],
)
def test_figures(wanted, column, figure):
    assert rare_earths.load("trade_flows", **wanted)[column].tolist() == [figure]


def test_other_asia_is_taiwan_and_says_so():
    rows = rare_earths.load("trade_flows", partner="TWN", source_id="cepii-baci-hs17-v202601-y2024")
    assert len(rows) and rows["note"].str.contains("490").all()


def test_complete_years_replace_the_main_flows(flows):
    reconciled = flows[flows["basis"] == "reconciled"]
    scopes = reconciled.groupby("period")["scope"].unique()
    assert all(len(found) == 1 for found in scopes)
    assert {period for period, found in scopes.items() if found[0] == "complete"} == {"2022", "2024"}


def test_oxide_content_is_no_weight_of_goods(flows):
    content = flows["weight_basis"] == "reo_content"
    assert flows.loc[content, "net_weight_kg"].isna().all()
    assert flows.loc[~content, "quantity_t_reo"].isna().all()


def test_headline_of_exports_is_compounds_and_metals():
    year = {"reporter": "CHN", "partner": "WLD", "flow": "export", "period": "2021"}
    parts = rare_earths.load("trade_flows", **year, product=["2846", "280530"])["net_weight_kg"].sum()
    headline = rare_earths.load("trade_flows", **year, product="gacc-rare-earths-export")["net_weight_kg"].item()
    assert parts == pytest.approx(headline, rel=0.002)


def test_filters_keep_their_meaning(flows):
    assert expression({}) is None
    assert len(rare_earths.load("trade_flows", reporter=["CHN", "USA"])) == flows["reporter"].isin(["CHN", "USA"]).sum()
    assert rare_earths.load("trade_flows", reporter=[]).empty
    assert rare_earths.load("trade_flows", reporter="CHN", note=None)["note"].isna().all()
