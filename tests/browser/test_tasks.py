"""Three tasks of a newcomer, each by clicking from the first page, within three clicks."""

import csv
import re

import bibtexparser
import pytest

from tests.browser.test_pages import PHONE, rows

pytestmark = [pytest.mark.browser, pytest.mark.release]
CLICKS = 3


class Newcomer:
    """Somebody who only clicks what is to be seen, and counts."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def click(self, role, name, within="article"):
        self.clicks += 1
        self.page.locator(within).get_by_role(role, name=name, exact=True).first.click()


@pytest.fixture(params=[None, PHONE], ids=["desk", "phone"])
def newcomer(visit, request):
    found = Newcomer(visit("", **({"viewport": request.param} if request.param else {})))
    yield found
    assert 0 < found.clicks <= CLICKS


def test_find_the_reserves_of_vietnam_with_their_history_and_source(newcomer):
    page = newcomer.page
    newcomer.click("link", "Reserves of Vietnam")
    history = page.get_by_role("region", name="Reserves of Vietnam by edition")
    shown = {
        row.locator("th").text_content(): row.locator("td").first.text_content() for row in history.locator("tbody tr").all()
    }
    assert shown["2025"] == "3,500,000" and shown["2024"] == "22,000,000"
    newcomer.click("link", "usgs-mcs-2025", within="[aria-label='Reserves of Vietnam by edition']")
    page.wait_for_url("**/sources/usgs-mcs-2025/")
    assert page.get_by_role("heading", level=1).text_content().startswith("Mineral Commodity Summaries 2025: Rare earths")
    assert page.get_by_role("link", name="https://pubs.usgs.gov/periodicals/mcs2025/mcs2025-rare-earths.pdf").is_visible()


def test_download_us_imports_of_magnets_from_china_by_year(newcomer):
    page = newcomer.page
    newcomer.click("link", "US imports of magnets from China by year")
    page.wait_for_url("**/areas/USA/#imports-of-magnets")
    with page.expect_download() as waiting:
        newcomer.click("button", "Download: Imports of magnets of United States, USD (CSV)")
    assert waiting.value.suggested_filename == "imports-of-magnets-of-united-states-usd.csv"
    with open(waiting.value.path(), encoding="utf-8", newline="") as file:
        found = {re.sub(r"\D", "", row["Year"]): row["China"] for row in csv.DictReader(file)}
    expected = {
        row["period"]: row["value"]
        for row in rows("trade_flows")
        if row["product"] == "850511" and row["reporter"] == "CHN" and row["partner"] == "USA" and row["basis"] == "reconciled"
    }
    assert found == expected and len(found) > 20


def test_cite_what_was_downloaded(newcomer):
    page = newcomer.page
    newcomer.click("link", "US imports of magnets from China by year")
    # The button that copies stands in the block of code.
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    newcomer.click("link", "Cite these figures")
    newcomer.clicks += 1
    page.locator("#cite-these-figures ~ .highlight button[data-md-type=copy]").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    entries = {entry.key for entry in bibtexparser.parse_string(copied).entries}
    used = {
        row["source_id"]
        for row in rows("trade_flows")
        if row["product"] == "850511" and row["reporter"] == "CHN" and row["partner"] == "USA" and row["basis"] == "reconciled"
    }
    assert used <= entries and any(entry.startswith("rare-earths-") for entry in entries)
