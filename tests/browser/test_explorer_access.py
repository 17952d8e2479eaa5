"""What axe-core finds on the pages of the explorer and the SQL console, in both palettes: nothing serious."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from scripts.site.explorer import link
from tests.browser.test_pages import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.release]


def serious(page):
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        (fault["id"], fault["help"], [node["target"] for node in fault["nodes"]][:5])
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("options", [{}, {"viewport": PHONE}], ids=["desk", "phone"])
def test_explorer_has_no_serious_fault(visit, scheme, options):
    page = visit(link("trade_flows", reporter="USA", partner="CHN", product="850511"), color_scheme=scheme, **options)
    page.wait_for_selector("[data-part='drawing'] svg")
    sidebar = page.locator("[data-part='sidebar']")
    if not sidebar.evaluate("(details) => details.open"):
        sidebar.locator("> summary").click()
    for column in ("product", "value", "note"):
        page.locator(f"details[data-column='{column}'] > summary").click()
    assert serious(page) == []
    page.locator(".explorer-source").first.click()
    page.wait_for_selector(".explorer-panel[open] dl")
    assert serious(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_sql_console_has_no_serious_fault(visit, scheme):
    page = visit("sql/", color_scheme=scheme)
    page.locator("[data-part='examples'] button").first.click()
    page.wait_for_selector(".sql-table, [data-part='problem'] p", timeout=30_000)
    assert page.locator("[data-part='problem'] p").count() == 0
    page.locator(".sql-side summary").first.click()
    assert serious(page) == []
    page.locator("[data-part='query']").fill("SELECT")
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_selector("[data-part='problem'] p")
    assert serious(page) == []
