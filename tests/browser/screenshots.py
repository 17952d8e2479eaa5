"""Pictures of every kind of page, wide and phone, light and dark, to be looked at by a person.

Run ``python -m tests.browser.screenshots FOLDER [KIND ...]`` after ``make site``. Pictures are never committed.
"""

import functools
import http.server
import shutil
import sys
import threading
from pathlib import Path

from tests.browser.test_pages import ARGUMENTS, SITE, Quiet

#: One page for each kind, by a short name.
KINDS = {
    "home": "",
    "get-data": "get-data/",
    "explorer": "explorer/?table=reserves_reported&area=VNM",
    "sql": "sql/",
    "quick-start": "quick-start/",
    "cite": "cite/",
    "downloads": "downloads/",
    "areas": "areas/",
    "area-large": "areas/CHN/",
    "area-small": "areas/VNM/",
    "products": "products/",
    "product": "products/850511/",
    "sources": "sources/",
    "source": "sources/usgs-mcs-2025/",
    "chart-flows": "charts/flows/",
    "chart-reserves": "charts/reserves/",
    "chart-production": "charts/production/",
    "chart-trade": "charts/trade/",
    "chart-quotas": "charts/quotas/",
    "chart-prices": "charts/prices/",
    "chart-concentration": "charts/concentration/",
    "chart-united-states": "charts/united-states/",
    "mirror-gaps": "tables/mirror-gaps/",
    "flows-by-product": "tables/trade-flows-by-product/",
    "world-totals": "tables/world-totals/",
    "revisions": "tables/largest-revisions/",
    "timeline": "policy/timeline/",
    "claims": "tables/claims-tested/",
    "claims-group": "tables/claims-on-trade/",
    "tables": "tables/",
    "table": "tables/reserves/",
    "method": "methods/choice/",
    "conversion": "methods/conversion/",
    "reference": "reference/python/",
    "changelog": "changelog/",
}
VIEWS = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
#: A page is pictured down to here, in pixels: what comes below is more of the same.
TALLEST = {"wide": 1800, "phone": 2200}


def main(folder: Path, kinds: list[str]) -> None:
    """Write the pictures of these kinds of pages, all by default."""
    from playwright.sync_api import sync_playwright

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for view, viewport in VIEWS.items():
            for scheme in ("light", "dark"):
                page = browser.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce").new_page()
                for kind in kinds or KINDS:
                    page.goto(f"http://127.0.0.1:{server.server_port}/{KINDS[kind]}", wait_until="networkidle")
                    height = page.evaluate("document.documentElement.scrollHeight")
                    clip = {"x": 0, "y": 0, "width": viewport["width"], "height": min(height, TALLEST[view])}
                    page.screenshot(path=folder / f"{kind}-{view}-{scheme}.png", full_page=True, clip=clip)
                page.context.close()
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
