"""The pages of claims say of each claim what the table says."""

import re

import pytest

import rare_earths
from scripts.site.claims import VERDICTS, claims_pages
from scripts.site.release import Release
from tests.conftest import built

pytestmark = pytest.mark.release
ALL = "tables/claims-tested.md"


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    built("dist/datapackage.json")
    return claims_pages(Release())


def test_every_claim_stands_on_the_page_of_its_group_with_its_verdict(pages):
    claims = rare_earths.load("claims").merge(rare_earths.load("claim_checks"), on="claim_id")
    assert set(pages) == {ALL} | {f"tables/claims-on-{topic}.md" for topic in claims["topic"]}
    for topic, group in claims.groupby("topic"):
        lines = [line for line in pages[f"tables/claims-on-{topic}.md"].splitlines() if "<br><small>" in line]
        shown = [re.search(r"\| \*\*(.+?)\*\*", line)[1].replace(" ", "_") for line in lines]
        assert shown == sorted(group["verdict"], key=list(VERDICTS).index)


def test_the_overview_counts_them(pages):
    checks, lines = rare_earths.load("claim_checks"), pages[ALL].splitlines()
    assert set(checks["verdict"]) <= set(VERDICTS) and len(checks) == 75
    for verdict, count in checks["verdict"].value_counts().items():
        (line,) = [line for line in lines if line.startswith(f"| **{verdict.replace('_', ' ')}**")]
        assert line.endswith(f"| {count} |")
    numbers = [int(n) for line in lines if line.startswith("| [") for n in re.findall(r"\| (\d+) ", line)]
    assert sum(numbers) == 75


def test_vietnam_is_outdated_with_the_newest_figure_and_its_source(pages):
    (line,) = [line for line in pages["tables/claims-on-reserves.md"].splitlines() if line.startswith("| Vietnam has reserves")]
    assert "**outdated**" in line and "3,500,000 t" in line and "Mineral Commodity Summaries 2026" in line
    assert "usgs-mcs-2024" in line


def test_a_reader_gets_months_by_name_and_sources_to_follow(pages):
    (line,) = [line for line in pages["tables/claims-on-trade.md"].splitlines() if line.startswith("| China exported 14,177.6")]
    assert "January to March 2025" in line
    assert not re.search(r"\d-\d\d/\d|-\d+(\.\d+)?\s%", "".join(text for path, text in pages.items() if path != ALL))
    assert "[usgs-mcs-2024](../sources/usgs-mcs-2024/index.md)" in pages["tables/claims-on-reserves.md"]
