"""axe-core finds no serious fault on any kind of page, in light and in dark."""

import pytest

from tests.browser.screenshots import KINDS

pytestmark = [pytest.mark.browser, pytest.mark.release]
GRAVE = {"serious", "critical"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(visit, base, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    page = visit("", color_scheme=scheme, reduced_motion="reduce")
    found = {}
    # The list of sources is the list of areas three times over, and takes axe three times as long.
    for kind, path in ((kind, path) for kind, path in KINDS.items() if kind != "sources"):
        page.goto(f"{base}/{path}")
        if path.startswith("charts/"):
            page.wait_for_selector(".chart svg")
        for violation in axe.run(page).response["violations"]:
            if violation["impact"] in GRAVE:
                nodes = [f"{node['target']}: {node['html'][:160]}" for node in violation["nodes"][:4]]
                found.setdefault(violation["id"], []).append((kind, len(violation["nodes"]), nodes))
    assert found == {}
