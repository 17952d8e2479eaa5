"""axe-core finds no serious fault on any kind of page, in light and in dark."""

import pytest

from tests.browser.screenshots import KINDS

pytestmark = [pytest.mark.browser, pytest.mark.release]
GRAVE = {"serious", "critical"}
#: Kinds of pages that are made of the same pieces as another kind, and those that have a test of their own.
LIKE_OTHERS = set(
    [
        "explorer",
        "sql",
        "sources",
        "products",
        "area-large",
        "downloads",
        "quick-start",
        "cite",
        "chart-trade",
        "chart-united-states",
        "chart-concentration",
        "flows-by-product",
        "world-totals",
        "revisions",
        "tables",
        "claims",
        "changelog",
        "method",
    ]
)
OPTIONS = {"resultTypes": ["violations"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(visit, base, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    page = visit("", color_scheme=scheme, reduced_motion="reduce")
    found = {}
    for kind, path in ((kind, KINDS[kind]) for kind in sorted(KINDS.keys() - LIKE_OTHERS)):
        page.goto(f"{base}/{path}")
        if path.startswith("charts/"):
            page.wait_for_selector(".chart svg")
        for violation in axe.run(page, options=OPTIONS).response["violations"]:
            if violation["impact"] in GRAVE:
                nodes = [f"{node['target']}: {node['html'][:160]}" for node in violation["nodes"][:4]]
                found.setdefault(violation["id"], []).append((kind, len(violation["nodes"]), nodes))
    assert found == {}
