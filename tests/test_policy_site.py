"""Pages on policy, claims, quotas and prices: figures as the tables have them."""

import rare_earths
from scripts import site_policy


def test_the_timeline_has_every_action():
    text = site_policy.timeline_page()
    rows = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith(("| announced", "| ---"))]
    assert len(rows) == len(rare_earths.load("policy_actions"))
    (row,) = [line for line in rows if "0.1% rule" in line]
    assert "suspended from 2025-11-07 until 2026-11-10" in row and "2025-12-01" in row


def test_the_claims_show_verdict_figure_and_reason():
    (row,) = [line for line in site_policy.claims_page().splitlines() if line.startswith("| Vietnam has reserves")]
    assert "**outdated**" in row and "3,500,000 t" in row and "usgs-mcs-2024 22,000,000 t" in row


def test_quotas_stand_beside_production():
    text = site_policy.quotas_page()
    (row,) = [line for line in text.splitlines() if line.startswith("| 2024 | a quota |")]
    assert row.endswith("| 270,000 | 270,000 | 0 |")
    assert "| 2013 |" in text and "| 30,999 |  | -2 |" in text


def test_prices_keep_ranges():
    text = site_policy.prices_page()
    assert "| 890–1,000 |" in text and text.count("\n## ") == len(rare_earths.load("materials"))


def test_tables_have_equal_rows():
    for page in (site_policy.timeline_page, site_policy.claims_page, site_policy.quotas_page, site_policy.prices_page):
        block: set[int] = set()
        for line in page().splitlines():
            block = block | {line.count("|")} if line.startswith("|") else set()
            assert len(block) < 2, line
