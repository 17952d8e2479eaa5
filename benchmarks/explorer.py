"""The explorer in a real browser: time to the first chart, and time to filter.

Run ``python -m benchmarks.explorer`` after ``make site``. Every time is measured inside the page.
"""

import functools
import http.server
import shutil
import statistics
import threading

from scripts.tables import ROOT

SITE = ROOT / "site"
LOADS = 9
EXPLORER = "explorer/?table=trade_flows"
#: A page whose chart has its few figures in the page itself.
OTHER = "charts/concentration/"
#: Tells when the first drawing is on the screen, in milliseconds since its navigation began: after the frame that paints it.
WATCH = """new MutationObserver((_, watcher) => {
  if (!document.querySelector(".chart-frame svg")) return;
  watcher.disconnect();
  requestAnimationFrame(() => setTimeout(() => (window.firstChart = performance.now())));
}).observe(document, { childList: true, subtree: true })"""
#: Median and greatest time of filters on rows of trade flows repeated up to 50,000; nothing is kept between two.
FILTER = """async () => {
  const base = new URL("../assets/javascripts/explorer/", document.baseURI).href;
  const { Table, values } = await import(base + "table.js");
  const { bytes, json } = await import(base + "files.js");
  const found = await values(await bytes("parquet/trade_flows.parquet"));
  for (const [name, column] of found) found.set(name, Array.from({ length: 50000 }, (_, row) => column[row % column.length]));
  const schema = await json("schemas/trade_flows.json");
  const filters = {
    "a value": [new Map([["reporter", ["USA"]]]), ""],
    "three columns": [new Map([["reporter", ["USA"]], ["partner", ["CHN"]], ["flow", ["import"]]]), ""],
    "two ranges": [new Map([["value", ["1000000.."]], ["period", ["2015..2020"]]]), ""],
    "text of 40,000 spellings": [new Map([["locator", ["*record=12*"]]]), ""],
    "a word in all columns": [new Map(), "magnet"],
  };
  const times = {};
  for (const [name, [terms, search]] of Object.entries(filters)) {
    times[name] = [];
    for (let turn = 0; turn < 9; turn += 1) {
      const table = new Table(schema, found);
      for (const column of table.columns) column.type === "number" ? column.numbers : column.dictionary;
      const start = performance.now();
      const rows = table.filter(terms, search);
      times[name].push(performance.now() - start);
      if (!(rows.length > 0 && rows.length < 50000)) throw new Error(`${name}: ${rows.length} rows`);
    }
  }
  return times;
}"""
#: Time from a change of the filter to the next picture on the screen, rows, counts and chart redrawn.
CHANGE = """async () => {
  const times = [];
  const box = document.querySelector('[data-column="flow"] input[type="checkbox"]');
  for (let turn = 0; turn < 9; turn += 1) {
    const start = performance.now();
    box.click();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    times.push(performance.now() - start);
  }
  return times;
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server that says nothing."""

    def log_message(self, *_):
        pass


def main() -> None:
    """Print the times."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None or not (SITE / "explorer" / "index.html").is_file():
        print("  skipped: needs a Chromium and the site of `make release`")
        return
    from playwright.sync_api import sync_playwright

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])

        def first_chart(path: str):
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            page.add_init_script(WATCH)
            page.goto(base + path)
            page.wait_for_function("window.firstChart")
            return page

        def timed(path: str) -> float:
            page = first_chart(path)
            found = page.evaluate("window.firstChart")
            page.context.close()
            return found

        pairs = [(timed(EXPLORER), timed(OTHER)) for _ in range(LOADS)]
        first, other = (statistics.median(times) for times in zip(*pairs, strict=True))
        print(
            f"  first chart of trade_flows: median {first:.0f} ms of {LOADS} fresh loads, slowest {max(pairs)[0]:.0f} ms; "
            f"the small chart page {OTHER} {other:.0f} ms, ratio {first / other:.2f}"
        )
        page = first_chart(EXPLORER)
        page.wait_for_selector(".explorer[aria-busy='false'][data-rows]")
        for name, times in page.evaluate(FILTER).items():
            print(f"  filter 50,000 rows by {name}: median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms")
        page.locator("details[data-column='flow'] > summary").click()
        page.wait_for_selector("details[data-column='flow'] input[type='checkbox']")
        times = page.evaluate(CHANGE)
        print(
            f"  pressing a filter of trade_flows until the page shows it: median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms"
        )
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
