"""Claims put to the test: verdicts with the figures behind them, and that a wrong rule shows."""

import pytest

import rare_earths
from scripts.derive import claim_checks, claims_by_vintage, claims_on_trade, verdicts


def check(claim_id: str) -> dict:
    (row,) = rare_earths.load("claim_checks", claim_id=claim_id).to_dict("records")
    return row


def find(**key) -> str:
    """Key of the one claim with these facts."""
    (row,) = rare_earths.load("claims", **key).to_dict("records")
    return row["claim_id"]


VERDICTS = [
    # area, indicator, value -> verdict, newest figure, deviation, vintage in which it was true, was it true when stated
    ("VNM", "reserves", 22e6, "outdated", 3.5e6, 528.6, "usgs-mcs-2024", False),
    ("CHN", "share_of_world_reserves", 40, "outdated", 58.6667, -31.8, "usgs-mcs-2024", False),
    ("CHN", "reserves", 44e6, "supported", 44e6, 0, None, True),
    ("BRA", "reserves", 21e6, "outdated", 11e6, 90.9, "usgs-mcs-2026-v1.0", True),
    ("RUS", "reserves", 10e6, "outdated", 3.8e6, 163.2, "usgs-mcs-2024", False),
    ("USA", "reserves", 1.8e6, "outdated", 1.9e6, -5.3, "usgs-mcs-2024", False),
    ("WLD", "mine_production", 390e3, "outdated", 380e3, 2.6, "usgs-mcs-2025", True),
    ("CHN", "mine_production", 270e3, "supported", 270e3, 0, None, True),
    ("USA", "mine_production", 43e3, "contradicted", 45.5e3, -5.5, None, False),
    ("USA", "contract_value", 120e6, "supported", 120e6, 0, None, None),
    ("USA", "contract_value_revised", 258e6, "supported", 258e6, 0, None, None),
]


@pytest.mark.parametrize(("area", "indicator", "value", "verdict", "figure", "deviation", "true_in", "then"), VERDICTS)
def test_verdicts_and_the_figures_behind_them(area, indicator, value, verdict, figure, deviation, true_in, then):
    row = check(find(subject_area=area, indicator=indicator, value=value))
    assert (row["verdict"], row["official_value"], row["deviation_percent"]) == (verdict, figure, deviation)
    assert (row["true_in_source_id"] if isinstance(row["true_in_source_id"], str) else None) == true_in
    assert (row["supported_when_stated"] if then is not None else None) == then


def test_chinas_share_of_reserves_by_edition():
    text = check(find(subject_area="CHN", indicator="share_of_world_reserves"))["explanation"]
    assert "usgs-mcs-2026-v1.3 less than 58.7 %" in text and "usgs-mcs-2025 less than 48.9 %" in text
    assert "usgs-mcs-2024 40.0 %" in text


def test_chinas_share_of_production_is_that_of_an_older_vintage():
    for claim in rare_earths.load("claims", indicator="share_of_world_production").itertuples():
        row = check(claim.claim_id)
        assert (row["verdict"], row["official_value"], row["true_in_source_id"]) == ("outdated", 71.0526, "usgs-mcs-2025")


def test_mountain_pass_is_the_figure_of_another_year():
    row = check(find(subject_area="USA", indicator="mine_production"))
    assert row["explanation"].endswith("The figure is that of 2023 in usgs-mcs-2024.")
    assert "usgs-mcs-2025 45,000 t" in row["explanation"]


def test_what_was_only_reported_bears_nothing_out():
    row = check(find(indicator="export_halt"))
    assert row["verdict"] == "no_official_figure" and "IND-2025-IREL-JAPAN" in row["explanation"]
    assert check(find(indicator="public_investment"))["verdict"] == "no_official_figure"


def test_every_claim_has_a_verdict_with_its_rows():
    claims, checks = rare_earths.load("claims"), rare_earths.load("claim_checks")
    assert len(claims) == len(checks) == 75 and set(claims["claim_id"]) == set(checks["claim_id"])
    assert checks["explanation"].notna().all() and checks["rule"].notna().all()
    named = checks["rows_used"].dropna().str.split(" | ", regex=False).explode()
    for text in named:
        table, _, key = text.partition(": ")
        filters = dict(part.split("=", 1) for part in key.split(", "))
        if "year" in filters:
            filters["year"] = int(filters["year"])
        assert len(rare_earths.load(table, **filters)) >= 1, text


@pytest.mark.parametrize(
    ("comparator", "value", "figure", "expected"),
    [
        ("exactly", 100, 100.4, True),
        ("exactly", 100, 101, False),
        ("about", 100, 97.5, True),
        ("about", 100, 96, False),
        ("nearly", 70, 69.2, True),
        ("nearly", 70, 71.1, False),
        ("over", 90, 91, True),
        ("over", 90, 90, False),
        ("under", 90, 89, True),
        ("exactly", -30.9, -30.9, True),
        ("exactly", -30.9, 30.9, False),
    ],
)
def test_when_a_claim_and_a_figure_agree(comparator, value, figure, expected):
    assert verdicts.agrees({"value": value, "comparator": comparator}, figure) is expected


def tables_with(**more) -> dict:
    from rare_earths.package import bundled

    names = (
        "sources",
        "claims",
        "reserves_reported",
        "production_reported",
        "policy_actions",
        "policy_amounts",
        "policy_citations",
    )
    return {name: bundled().read(name).to_pylist() for name in names} | more


def test_a_wrong_rule_shows(monkeypatch):
    tables = tables_with()
    expected = {row["claim_id"]: row["verdict"] for row in claim_checks.rows(tables)}
    monkeypatch.setattr(claims_by_vintage, "_newest_first", lambda rows, sources: rows)
    changed = {row["claim_id"]: row["verdict"] for row in claim_checks.rows(tables)}
    assert changed[find(subject_area="VNM", indicator="reserves")] != expected[find(subject_area="VNM", indicator="reserves")]


def flow(period: str, tonnes: float, source="gacc-via-somebody", product="gacc-rare-earths-export") -> dict:
    facts = {"reporter": "CHN", "partner": "WLD", "flow": "export", "value": None, "currency": None}
    return facts | {"period": period, "net_weight_kg": tonnes * 1000, "source_id": source, "product": product}


def checked(flows: list[dict], **key) -> dict:
    tables = tables_with(trade_flows=flows)
    wanted = find(**key)
    return next(row for row in claim_checks.rows(tables) if row["claim_id"] == wanted)


FIRST_QUARTER = {"indicator": "export_quantity", "period": "2025-01/2025-03"}


def test_a_quarter_is_the_sum_of_its_months():
    months = [flow("2025-01", 5294), flow("2025-02", 3217), flow("2025-03", 5666.3)]
    row = checked(months, **FIRST_QUARTER)
    assert (row["verdict"], row["official_value"], row["deviation_percent"]) == ("supported", 14_177.3, 0.0)
    assert checked(months[:2], **FIRST_QUARTER)["verdict"] == "no_official_figure"
    assert checked([*months[:2], flow("2025-03", 6000)], **FIRST_QUARTER)["verdict"] == "contradicted"


def test_sources_that_disagree_and_the_digests_themselves_prove_nothing():
    assert (
        checked([flow("2025-01/2025-03", 14_177), flow("2025-01/2025-03", 13_000, "other")], **FIRST_QUARTER)["verdict"]
        == "no_official_figure"
    )
    assert (
        checked([flow("2025-01/2025-03", 14_177.6, "gacc-via-reportify.ai-704836")], **FIRST_QUARTER)["verdict"]
        == "no_official_figure"
    )


def test_a_change_without_a_measure_depends_on_it():
    halves = [flow("2025-01/2025-06", 32_569.2), flow("2024-01/2024-06", 29_095.2)]
    row = checked(halves, indicator="export_quantity_yoy", value=-11.2)
    assert (row["verdict"], row["official_value"]) == ("depends_on_definition", 11.9401)


def test_a_product_that_no_table_has_is_not_replaced_by_another():
    assert set(claims_on_trade.PRODUCTS["rare earth concentrates"]) == {"import"}
    row = checked([flow("2025-01/2025-09", 48_355.7)], indicator="export_quantity", value=48_000)
    assert row["verdict"] == "no_official_figure"


@pytest.mark.raw
def test_every_claim_of_the_evidence_is_there(raw):
    values = sorted(
        row["value"]
        for _, row in raw.transcription("seed_claims.csv")
        if row["unit"] in {"t", "percent", "USD", "CNY", "ratio"}
    )
    claims = rare_earths.load("claims")
    assert len(claims) == 75
    assert sorted(claims["value"].dropna()) == sorted(float(value) for value in values)
