"""Shares, wide tables, conversions, dependence, names and months: right figures, and refusals of what would count twice."""

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rare_earths
from rare_earths import area_names, cite, convert, import_dependence, load, months, share, wide

BACI = "cepii-baci-hs17-v202601-y2024"


def test_share_of_the_printed_world_total():
    """44 of more than 75 Mt in MCS 2026 v1.3, more than 90 in MCS 2025, 110 in MCS 2024."""
    shares = share(load("reserves", as_of_year=[2023, 2024, 2025]), "as_of_year", of="world")
    china = shares[shares["area"] == "CHN"].set_index("as_of_year")
    assert china["share_percent"].to_dict() == {2023: 40.0, 2024: 48.89, 2025: 58.67}
    assert china["share_qualifier"].to_dict() == {2023: "exact", 2024: "at_most", 2025: "at_most"}
    assert set(china["rank"]) == {1} and set(china["share_of"]) == {"printed world total"}
    assert "WLD" not in set(shares["area"])


def test_share_of_what_is_listed_adds_up_to_100():
    rows = load("production", year=2024, stage="mine")
    shares = share(rows[rows["area"] != "WLD"], "year")
    assert shares["share_percent"].sum() == pytest.approx(100, abs=0.1)
    assert shares.sort_values("rank")["area"].tolist()[:3] == ["CHN", "USA", "AUS"]


def test_share_among_exporters_adds_up_partners_first():
    shares = share(load("trade_flows", source_id=BACI), "period", value="value", among="reporter")
    top = shares.sort_values("rank").iloc[0]
    whole = load("concentration", topic="export_value", year=2024, product="850511").iloc[0]
    assert (top["reporter"], top["share_percent"]) == ("CHN", whole["largest_share"])
    assert len(shares) == shares["reporter"].nunique() and BACI in cite(shares)


def test_share_says_what_is_uncertain():
    rows = load("production_reported", source_id="usgs-mcs-2026-v1.0", year=2024)
    listed = rows[rows["area"] != "WLD"].copy()
    listed.loc[listed["area"] == "AUS", ["quantity_t_reo", "qualifier"]] = [None, "withheld"]
    found = share(listed, "year").set_index("area")
    assert pd.isna(found.loc["AUS", "share_percent"]) and pd.isna(found.loc["AUS", "rank"])
    assert found.loc["CHN", "share_qualifier"] == "at_most"


def test_a_row_without_a_value_has_no_currency_to_disagree_with():
    rows = flows(source_id="usgs-myb-2022", period="2022", flow="import", product="hts-2846100010", weight_basis="goods")
    part = rows[rows["partner"] != "WLD"].copy()
    part.loc[part.index[0], ["value", "currency"]] = None
    found = share(part, "period", value="value")
    assert found["share_percent"].isna().sum() == 1 and "at_most" in set(found["share_qualifier"])


@pytest.mark.parametrize("engine", ["polars", "arrow", "duckdb"])
def test_share_gives_the_engine_it_got(engine):
    rows = load("production", engine=engine, year=2024, stage="mine")
    found = share(rows, "year", of="world")
    assert type(found) is type(rows)
    found = pl.from_arrow(pa.table(found))
    assert found.filter(pl.col("rank") == 1)["area"].item() == "CHN"


def flows(**filters):
    return load("trade_flows", **filters)


@pytest.mark.parametrize(
    ("rows", "by", "options", "message"),
    [
        (lambda: load("reserves", as_of_year=2025), "as_of_year", {}, "hold WLD in 'area' beside its members"),
        (lambda: load("reserves", as_of_year=[2024, 2025]), [], {"of": "world"}, "as_of_year is 2024, 2025"),
        (lambda: load("production_reported", area=["AUS", "CHN"], year=2024), "year", {}, "source_id is"),
        (lambda: flows(reporter="USA", source_id="usgs-myb-2022"), "period", {"value": "net_weight_kg"}, "flow is"),
        (
            lambda: flows(reporter="CHN", product="850511", partner="DEU", basis=["reconciled", "quoted"]),
            [],
            {"value": "value"},
            "several statistics: flow is|several statistics: period is",
        ),
        (lambda: flows(source_id=BACI), "period", {}, "say value=…"),
        (lambda: flows(source_id=BACI), "period", {"value": "price"}, "'price' is no figure"),
        (lambda: flows(source_id=BACI, columns=["reporter", "value"]), "period", {"value": "value"}, "lack flow, period"),
        (lambda: load("prices"), "year", {}, "rows of 'prices' are not for adding up"),
        (lambda: load("quotas"), "year", {}, "rows of 'quotas' are not for adding up"),
        (lambda: load("policy_amounts"), "currency", {}, "rows of 'policy_amounts' are not for adding up"),
        (lambda: load("production", area=["AUS", "CHN"], year=2024), "year", {"of": "world"}, "year 2024 has 0"),
        (lambda: load("production", area="AUS", year=2024), "year", {"of": "europe"}, "no share of 'europe'"),
        (lambda: flows(source_id=BACI), "period", {"value": "value", "among": "flow"}, "nobody holds a figure in 'flow'"),
        (
            lambda: flows(source_id="gacc-via-asiacity.news-1b5308"),
            "period",
            {"value": "net_weight_kg"},
            "'single_figures': nothing is said of the rest",
        ),
    ],
)
def test_share_refuses(rows, by, options, message):
    with pytest.raises(ValueError, match=message):
        share(rows(), by, **options)


def test_products_that_contain_each_other_are_not_added():
    rows = flows(source_id="usgs-myb-2022", flow="import", period="2022", weight_basis="goods", partner="WLD")
    same = rows[rows["valuation"] == rows["valuation"].iloc[0]]
    codes = same[same["product"].str.startswith("hts-")]
    assert len(share(codes, "period", value="net_weight_kg")) == len(codes)
    with pytest.raises(ValueError, match="headlines and codes of different nomenclatures"):
        share(same, "period", value="net_weight_kg")
    nested = codes.assign(product=["280530", "2805", *(f"x{n}" for n in range(len(codes) - 2))]).iloc[:2]
    with pytest.raises(ValueError, match="hold 2805, which contains 280530"):
        share(nested, "period", value="net_weight_kg")
    with pytest.raises(ValueError, match="twice"):
        share(pd.concat([codes, codes.iloc[:1]]), "period", value="net_weight_kg")


def test_a_group_is_not_added_to_its_members():
    rows = load("production", year=2024, area=["AUS", "CHN"])
    with pytest.raises(ValueError, match="hold EUU in 'area' beside its members"):
        share(pd.concat([rows, rows.iloc[:1].assign(area="EUU")]), "year")


def test_a_frame_that_cannot_say_its_table_is_asked_for_it():
    with pytest.raises(ValueError, match="say which with table="):
        share(pl.DataFrame({"area": ["AUS"], "grade": ["A"]}), "area")
    with pytest.raises(ValueError, match="are of no table"):
        share(pl.DataFrame({"weather": ["fine"]}), "weather")


FIGURES = st.lists(st.floats(1, 1e6), min_size=1, max_size=12)


@given(FIGURES)
@settings(max_examples=30, deadline=None)
def test_any_shares_add_up_and_are_ranked(figures):
    areas = load("areas", kind="country")["area"].tolist()[: len(figures)]
    frame = pd.DataFrame({"area": areas, "year": 2000, "stage": "mine", "quantity_t_reo": figures})
    found = share(frame, "year", table="production")
    assert found["share_percent"].sum() == pytest.approx(100, abs=0.01 * len(figures))
    by_rank = found.sort_values("rank")["quantity_t_reo"].tolist()
    assert by_rank == sorted(figures, reverse=True)


def test_wide():
    table = wide(load("production", area=["AUS", "CHN"], stage="mine"))
    assert list(table) == ["year", "AUS", "CHN"] and table["year"].is_monotonic_increasing
    assert table.set_index("year").loc[2024].to_dict() == {"AUS": 29_000, "CHN": 270_000}
    assert table.attrs["unit"] == "t REO" and "@techreport{usgs-mcs-2026" in cite(table)
    reserves = wide(load("reserves", area=["VNM", "WLD"]), "as_of_year", "area")
    assert reserves.set_index("area").loc["VNM", ["2023", "2024"]].tolist() == [22_000_000, 3_500_000]
    assert {"area": "WLD", "as_of_year": 2025, "qualifier": "greater_than"} in reserves.attrs["bounds"]
    assert isinstance(wide(load("production", engine="polars", area="AUS")), pl.DataFrame)


@pytest.mark.parametrize(
    ("rows", "options", "message"),
    [
        (lambda: load("prices"), {"columns": "material"}, "source_id is .*keep them apart by 'source_id'"),
        (lambda: load("us_salient_statistics", source_id="usgs-ds140-2020"), {"columns": "series"}, "unit is"),
        (lambda: load("production_reported", area="AUS"), {}, "source_id is"),
        (lambda: load("policy_actions"), {}, "hold no figures to spread"),
        (lambda: load("production", columns=["area", "quantity_t_reo"]), {}, "lack year, stage"),
    ],
)
def test_wide_never_merges(rows, options, message):
    with pytest.raises(ValueError, match=message):
        wide(rows(), **options)


def test_convert_by_cited_factors():
    neodymium = convert(100, "Nd", to="element")
    assert (float(neodymium), neodymium.oxide) == (pytest.approx(85.74), "Nd2O3")
    assert "@misc{periodictable," in cite(neodymium)
    for row in load("elements").dropna(subset="oxide").itertuples():
        there = convert(1.0, row.symbol, to="reo")
        assert float(convert(there.quantity, row.symbol, to="element")) == pytest.approx(1)
        assert there.factor == pytest.approx(1 / row.oxide_to_metal)
        assert float(convert(1.0, row.symbol, to="reo", origin="oxide")) == 1
    column = convert(pl.Series([10.0, None]), "Dy", to="oxide").quantity
    assert column.to_list() == [pytest.approx(10 / 0.8713), None]
    for element, to, message in [
        ("Fe", "element", "no rare earth"),
        ("REO", "element", "A mixture has no factor"),
        ("Pm", "reo", "no traded oxide"),
        ("Nd", "carbonate", "no form 'carbonate'"),
    ]:
        with pytest.raises(ValueError, match=message):
            convert(1, element, to=to)
    for wrong, kind in [("ten", "str"), ([1, 2], "list"), (load("reserves"), "DataFrame")]:
        with pytest.raises(TypeError, match=rf"a {kind} cannot be converted: expected a number, or one column of numbers"):
            convert(wrong, "Nd", to="element")


def test_import_dependence_on_a_partner():
    found = import_dependence("DEU", partner="CHN", product="850511", period="2024").set_index("measure").loc["value"]
    assert found["from_partner"] == 513_918_501
    rows = load("trade_flows", source_id=BACI, partner="DEU")
    assert found["total"] == rows["value"].sum() and found["note"].startswith("The product holds more than rare earths")
    printed = import_dependence("USA", partner="CHN", product="hts-2846100010", period="2022").set_index("measure")
    assert printed.loc["net_weight_kg", ["from_partner", "total"]].tolist() == [209_000, 831_000]
    assert "usgs-myb-2022" in cite(printed)


def test_net_import_reliance_is_printed_for_the_united_states():
    found = import_dependence("USA", period="2023").set_index("material")
    assert found.loc["compounds and metals", ["dependence_percent", "qualifier"]].tolist() == [90, "greater_than"]
    assert found.loc["mineral concentrates", "qualifier"] == "net_exporter"
    assert pd.isna(found.loc["mineral concentrates", "dependence_percent"])


@pytest.mark.parametrize(
    ("area", "options", "message"),
    [
        ("DEU", {}, "no consumption of DEU is in the tables"),
        ("USA", {"period": "1950"}, "years are 2014 to 2025"),
        ("USA", {"partner": "CHN"}, "give product='…' and period='…'"),
        ("USA", {"product": "850511"}, "not told by product; give partner='…' too"),
        ("USA", {"period": 2023}, "period is a text, such as '2023', not 2023"),
        (
            "USA",
            {"partner": "CHN", "product": "2846", "period": "2023"},
            "only the partner is given by usitc-dataweb-2026-07-imports",
        ),
        ("JPN", {"partner": "CHN", "product": "cn-28461000", "period": "2023"}, "given by none either"),
        (
            "JPN",
            {"partner": "PRC", "product": "850511", "period": "2023"},
            r"'PRC' is none of the codes that the table 'areas' lists$",
        ),
    ],
)
def test_import_dependence_says_what_is_missing(area, options, message):
    with pytest.raises(ValueError, match=message):
        import_dependence(area, **options)


def test_area_names_in_the_wording_of_the_source():
    found = area_names(load("reserves_reported", area=["MMR", "VNM", "WLD"], source_id="usgs-mcs-2025")).set_index("area")
    assert found.loc["MMR", ["area_name", "area_name_in_source"]].tolist() == ["Myanmar", "Burma"]
    assert found.loc["VNM", "area_name_in_source"] == "Vietnam"
    both = area_names(load("trade_flows", source_id=BACI, reporter="CHN", partner="DEU", engine="arrow")).to_pylist()
    assert (both[0]["reporter_name"], both[0]["partner_name"], both[0]["partner_name_in_source"]) == ("China", "Germany", None)
    with pytest.raises(ValueError, match="no column of areas"):
        area_names(load("elements"))
    with pytest.raises(ValueError, match=r"unknown areas \['ZZZ'\]"):
        area_names(load("areas", area="CHN").assign(area="ZZZ"))


def test_months_follow_where_a_source_gives_both_ends():
    found = months(flows(source_id="gacc-via-udn.com-cbf25f"))
    december = found[found["period"] == "2025-12"].iloc[0]
    assert (december["net_weight_kg"], december["derived_from"]) == (62_585_200 - 58_193_100, "2025 less 2025-01/2025-11")
    assert "gacc-via-udn.com-cbf25f" in cite(found)
    january = months(flows(source_id="gacc-via-news.metal.com-e20ea8", product="chn-28469019"))
    assert january.set_index("period").loc["2025-01", "net_weight_kg"] == 4_163_000 - 1_270_000


def test_months_are_never_made_of_two_sources():
    sources = ["gacc-via-kitco.com-90e358", "gacc-via-kitco.com-97a4be"]
    found = months(flows(source_id=sources))
    assert set(found["derived_from"].dropna()) == set()


def run(*rows):
    base = flows(source_id="gacc-via-udn.com-cbf25f").iloc[[0]]
    return pd.concat([base.assign(period=period, net_weight_kg=float(figure)) for period, figure in rows])


def test_months_of_fiscal_years_and_through_several_steps():
    found = months(run(("2024-04/2025-03", 120), ("2024-04/2025-01", 100), ("2025-02", 12)))
    assert dict(zip(found["period"], found["net_weight_kg"], strict=True)) == {"2025-02": 12, "2025-03": 8}
    found = months(run(("2024-01/2024-03", 30), ("2024-01/2024-04", 42), ("2024-01/2024-06", 60)))
    assert dict(zip(found["period"], found["net_weight_kg"], strict=True)) == {"2024-04": 12}


@given(st.lists(st.integers(0, 1000), min_size=12, max_size=12), st.sets(st.integers(2, 12), min_size=2))
@settings(max_examples=25, deadline=None)
def test_months_that_follow_are_the_true_ones(true, ends):
    printed = [("2024" if end == 12 else f"2024-01/2024-{end:02}", sum(true[:end])) for end in sorted(ends)]
    expected = {f"2024-{end:02}": true[end - 1] for end in ends if end - 1 in ends}
    if not expected:
        with pytest.raises(ValueError, match="no month follows"):
            months(run(*printed))
        return
    found = months(run(*printed))
    assert dict(zip(found["period"], found["net_weight_kg"], strict=True)) == expected


@pytest.mark.parametrize(
    ("rows", "options", "message"),
    [
        (
            lambda: flows(source_id=BACI, reporter="CHN"),
            {"value": "value"},
            r"no month follows from the periods of these rows \(2024\)",
        ),
        (lambda: run(("2024-01/2024-03", 30), ("2024-01/2024-04", 20)), {}, "is negative"),
        (lambda: flows(source_id=BACI, reporter="CHN"), {"value": "weight"}, "'weight' is no figure"),
        (lambda: flows(source_id=BACI, columns=["period", "net_weight_kg"]), {}, "lack reporter"),
        (lambda: load("reserves"), {}, "these are rows of 'reserves'; expected rows of 'trade_flows'"),
    ],
)
def test_months_refuse(rows, options, message):
    with pytest.raises(ValueError, match=message):
        months(rows(), **options)


def test_the_public_names_are_there():
    assert all(callable(getattr(rare_earths, name)) for name in rare_earths.__all__ if name != "__version__")
