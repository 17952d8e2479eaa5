"""The page of claims says of each claim what the table says."""

import re

import pytest

import rare_earths
from scripts.site.claims import VERDICTS, claims_page
from scripts.site.release import Release
from tests.conftest import built

pytestmark = pytest.mark.release


@pytest.fixture(scope="module")
def lines() -> list[str]:
    built("dist/datapackage.json")
    return claims_page(Release()).splitlines()


def test_every_claim_stands_there_with_its_verdict(lines):
    checks = rare_earths.load("claim_checks")
    shown = [re.search(r"\| \*\*(.+?)\*\*", line)[1].replace(" ", "_") for line in lines if "<br><small>" in line]
    assert sorted(shown) == sorted(checks["verdict"]) and len(shown) == 75
    counts = checks["verdict"].value_counts()
    for verdict in VERDICTS:
        assert any(
            line.startswith(f"| **{verdict.replace('_', ' ')}**") and line.endswith(f"| {counts[verdict]} |") for line in lines
        )
    assert set(checks["verdict"]) <= set(VERDICTS)


def test_vietnam_is_outdated_with_the_newest_figure_and_its_source(lines):
    (line,) = [line for line in lines if line.startswith("| Vietnam has reserves")]
    assert "**outdated**" in line and "3,500,000 t" in line and "Mineral Commodity Summaries 2026" in line
    assert "usgs-mcs-2024" in line
