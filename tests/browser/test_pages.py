"""A person's view of the site, in a real browser: charts, palettes, a phone, no JavaScript, no other host."""

import csv
import functools
import http.server
import io
import itertools
import re
import shutil
import threading

import pytest

from scripts.tables import ROOT
from tests.conftest import built

pytestmark = [pytest.mark.browser, pytest.mark.release]

SITE = ROOT / "site"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
#: Contrast of two computed colours by WCAG 2.1; a transparent background takes that of the nearest element above.
CONTRAST = """(element) => {
  const channels = (text) => text.match(/[\\d.]+/g).map(Number);
  let below = element;
  while (below && (channels(getComputedStyle(below).backgroundColor)[3] ?? 1) === 0) below = below.parentElement;
  const back = channels(getComputedStyle(below ?? document.body).backgroundColor).slice(0, 3);
  const [r, g, b, a = 1] = channels(getComputedStyle(element).color);
  const front = [r, g, b].map((value, place) => a * value + (1 - a) * back[place]);
  const light = (rgb) => rgb.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, place) => sum + v * [0.2126, 0.7152, 0.0722][place], 0);
  const [high, low] = [light(front), light(back)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}"""
BOXES = "(found) => found.map((one) => one.getBoundingClientRect().toJSON())"
CHART_PAGES = [
    *(f"charts/{name}/" for name in ("flows", "reserves", "production", "trade", "quotas", "prices", "concentration")),
    "charts/united-states/",
    "policy/timeline/",
    "tables/mirror-gaps/",
]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def base():
    built("site/index.html")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("needs a Chromium: neither chromium nor google-chrome is on the path")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def visit(base, browser):
    """Open pages; afterwards nothing was asked of another host and the console is clean."""
    contexts, foreign, errors = [], [], []

    def open_page(path, **options):
        context = browser.new_context(**{"viewport": DESK, "color_scheme": "light"} | options)
        contexts.append(context)
        context.on("request", lambda request: request.url.startswith((base, "data:", "blob:")) or foreign.append(request.url))
        context.on("console", lambda message: message.type == "error" and errors.append(message.text))
        context.on("weberror", lambda error: errors.append(str(error.error)))
        page = context.new_page()
        assert page.goto(f"{base}/{path}").ok
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert foreign == []
    assert errors == []


@functools.cache
def rows(table):
    with open(ROOT / "data" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def marks(page, chart, description, shape):
    """Number of shapes in the marks of a chart with this description."""
    group = f"#chart-{chart} svg g[aria-description='{description}']"
    page.wait_for_selector(f"#chart-{chart} svg")
    return page.locator(f"{group} {shape}").count()


def stated_reserves():
    """Figure, printed text and best grade by area and vintage, worked out from the tables alone."""
    sources = {row["source_id"]: row for row in rows("sources")}
    found = {}
    for row in sorted(rows("reserves_reported"), key=lambda row: row["grade"], reverse=True):
        source = sources[row["source_id"]]
        if source["series"] == "Mineral Commodity Summaries":
            version = source["edition_version"] if re.match(r"v\d", source["edition_version"]) else ""
            found[row["area"], f"{source['edition']} {version}".strip()] = row
    return found


def mined():
    return [row for row in rows("production") if row["stage"] == "mine"]


def sold():
    """Exports of magnets by year and exporter, worked out from the rows of the tables alone."""
    sums: dict[tuple[str, str], float] = {}
    scopes = {}
    for row in rows("trade_flows"):
        if row["product"] == "850511" and row["basis"] == "reconciled" and row["freq"] == "A":
            key = row["period"], row["reporter"]
            sums[key] = sums.get(key, 0) + float(row["value"])
            scopes[row["period"]] = row["scope"]
    return sums, scopes


def exports():
    """The same as a chart offers them."""
    sums, scopes = sold()
    return [{"year": y, "area": a, "value_usd": f"{v:.0f}", "scope": scopes[y], "grade": "B"} for (y, a), v in sums.items()]


def quoted():
    """What pages quote as China's yearly exports and imports of rare earths."""
    return [
        row | {"year": row["period"], "quantity_t": f"{float(row['net_weight_kg']) / 1000:.10g}"}
        for row in rows("trade_flows")
        if row["product"] in {"gacc-rare-earths-export", "gacc-rare-earths-import"}
        and row["partner"] == "WLD"
        and row["freq"] == "A"
    ]


def test_reserves_chart_draws_every_figure(visit):
    page = visit("charts/reserves/")
    stated = stated_reserves()
    tall = {area for (area, _), row in stated.items() if float(row["reserves_t_reo"] or 0) >= 1e6} - {"XOT"}
    drawn = [row for (area, _), row in stated.items() if area in tall]
    assert marks(page, "reserves-by-edition", "figures", "circle") == sum(bool(row["reserves_t_reo"]) for row in drawn)
    assert marks(page, "reserves-by-edition", "not available", "path") == sum(not row["reserves_t_reo"] for row in drawn)
    hollow = page.locator("#chart-reserves-by-edition circle[fill='var(--md-default-bg-color)']").count()
    assert hollow == sum(row["grade"] in "CD" and bool(row["reserves_t_reo"]) for row in drawn)
    assert page.locator("#chart-reserves-by-edition svg").count() == len(tall)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_reserves_chart_labels_the_great_changes(visit, viewport):
    page = visit("charts/reserves/", viewport=viewport)
    for name, expected in [("Vietnam", ["22", "3.5"]), ("Brazil", ["21", "11"]), ("China", ["55", "44"]), ("World", [">75"])]:
        labels = f"svg[aria-label='Reserves of {name} by edition'] g[aria-description='labels'] text"
        page.wait_for_selector(labels)
        assert set(expected) <= set(page.locator(labels).all_text_contents()), name


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_labels_of_the_reserves_chart_stand_apart(visit, viewport):
    page = visit("charts/reserves/", viewport=viewport)
    page.wait_for_selector("#chart-reserves-by-edition svg")
    for drawing in page.locator("#chart-reserves-by-edition svg").all():
        labels = drawing.locator("g[aria-description='labels'] text").evaluate_all(BOXES)
        for one, other in itertools.combinations(labels, 2):
            assert one["right"] <= other["left"] or other["right"] <= one["left"] or abs(one["top"] - other["top"]) > 12, (
                one,
                other,
            )


@pytest.mark.parametrize("path", CHART_PAGES)
def test_text_of_charts_is_large_enough(visit, path):
    page = visit(path, viewport=PHONE)
    page.wait_for_selector(".chart-frame svg text")
    sizes = page.locator(".chart-frame svg text").evaluate_all(
        "(found) => found.map((text) => getComputedStyle(text).fontSize)"
    )
    assert min(float(size.removesuffix("px")) for size in sizes) >= 12


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_tooltip_can_be_read(visit, scheme):
    page = visit("charts/quotas/", color_scheme=scheme)
    page.wait_for_selector("#chart-quotas-of-china svg")
    box = page.locator("#chart-quotas-of-china .chart-frame > svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.5)
    tip = page.locator("#chart-quotas-of-china g[aria-label='tip'] path").first
    back = tip.evaluate("(path) => getComputedStyle(path).fill")
    assert back == page.evaluate("getComputedStyle(document.body).backgroundColor")


@pytest.mark.parametrize("name", ["reserves", "quotas", "prices", "production", "trade"])
def test_a_tooltip_stays_on_the_screen_of_a_phone(visit, name):
    page = visit(f"charts/{name}/", viewport=PHONE)
    page.wait_for_selector(".chart-frame svg")
    for drawing in page.locator(".chart-frame > svg, .chart-panels svg").all()[:2]:
        drawing.evaluate("(svg) => svg.scrollIntoView({ block: 'center' })")
        box = drawing.bounding_box()
        for part in (0.3, 0.5, 0.7, 0.95):
            page.mouse.move(box["x"] + box["width"] * part, box["y"] + box["height"] * 0.5)
            for tip in drawing.locator("g[aria-label='tip'] path").evaluate_all(BOXES):
                assert tip["left"] >= 0 and tip["right"] <= PHONE["width"], (part, tip)


def test_a_logarithmic_axis_names_each_power_once(visit):
    page = visit("charts/united-states/")
    page.get_by_label("logarithmic scale").check()
    labels = page.locator("#chart-us-quantities-since-1900 g[aria-label='y-axis tick label'] text").all_text_contents()
    assert len(labels) > 5 and len(set(labels)) == len(labels) and "0" not in labels


@pytest.mark.parametrize("path", ["tables/mirror-gaps/", "tables/largest-revisions/", "tables/world-totals/"])
def test_tables_of_figures_are_seen_whole_on_a_desk_and_their_figures_on_a_phone(visit, path):
    fits = "(region) => region.scrollWidth <= region.clientWidth"
    assert all(region.evaluate(fits) for region in visit(path).locator("article > .rows").all())
    for region in visit(path, viewport=PHONE).locator("article > .rows").all():
        edge = region.evaluate("(region) => region.getBoundingClientRect().right")
        fourth = region.locator("thead th").nth(3).bounding_box()
        assert fourth["x"] + fourth["width"] <= edge + 1


def test_a_heading_leaves_no_empty_line_on_a_phone(visit):
    page = visit("tables/trade-flows-by-product/", viewport=PHONE)
    assert page.locator(".headerlink:visible").count() == 0


def test_production_chart_draws_every_country_quota_and_total(visit):
    page = visit("charts/production/")
    recent = [row for row in mined() if int(row["year"]) >= 1998]
    sums: dict[str, float] = {}
    for row in recent:
        if row["area"] not in {"WLD", "XOT", "CIS"}:
            sums[row["area"]] = sums.get(row["area"], 0) + float(row["quantity_t_reo"])
    coloured = sorted(sums, key=sums.get)[-6:]
    pieces = {
        (row["year"], row["area"] if row["area"] in coloured else "others")
        for row in recent
        if row["area"] != "WLD" and float(row["quantity_t_reo"]) > 0
    }
    quotas = sum(row["measurement"] == "production_quota" for row in recent)
    assert quotas >= 7
    assert marks(page, "production-by-country", "columns", "rect") == len(pieces)
    assert marks(page, "production-by-country", "quotas", "rect") == quotas
    assert marks(page, "production-by-country", "world totals", "line") == sum(row["area"] == "WLD" for row in recent)
    page.get_by_label("without China").check()
    assert marks(page, "production-by-country", "quotas", "rect") == 0
    assert marks(page, "production-by-country", "columns", "rect") == sum(area != "CHN" for _, area in pieces)


def test_long_run_chart_draws_every_figure_and_no_bridge(visit):
    page = visit("charts/production/")
    for area in ("WLD", "USA"):
        years = sorted(int(row["year"]) for row in mined() if row["area"] == area)
        assert marks(page, "production-since-1900", f"figures of {area}", "circle") == len(years)
        path = page.locator(f"#chart-production-since-1900 g[aria-description='line of {area}'] path").get_attribute("d")
        assert path.count("M") == 1 + sum(later - earlier > 1 for earlier, later in itertools.pairwise(years))


def test_exports_chart_draws_every_part_and_tells_main_flows_from_complete_years(visit):
    page = visit("charts/trade/")
    sums, scopes = sold()
    newest = {area: value for (year, area), value in sums.items() if year == "2024"}
    coloured = sorted(newest, key=newest.get)[-6:]
    parts = {(year, area if area in coloured else "others") for year, area in sums}
    whole = {year for year, scope in scopes.items() if scope == "complete"}
    assert whole == {"2022", "2024"}
    assert marks(page, "exports-850511", "complete years", "rect") == sum(year in whole for year, _ in parts)
    assert marks(page, "exports-850511", "main flows", "rect") == sum(year not in whole for year, _ in parts)
    opacity = "#chart-exports-850511 svg g[aria-description='{}']"
    assert page.locator(opacity.format("main flows")).get_attribute("fill-opacity") == "0.5"
    assert page.locator(opacity.format("complete years")).get_attribute("fill-opacity") in {None, "1"}
    # The height of China's part of 2024 is that of its sum: the scale is read off the axis by the whole column.
    heights = page.locator("#chart-exports-850511 g[aria-description='complete years'] rect").evaluate_all(
        "(all) => all.map((rect) => Number(rect.getAttribute('height')))"
    )
    share = max(heights[7:]) / sum(heights[7:])
    assert share == pytest.approx(newest["CHN"] / sum(newest.values()), abs=0.01)


def test_headlines_chart_draws_every_quoted_figure_hollow_and_joins_none(visit):
    page = visit("charts/trade/")
    assert {row["grade"] for row in quoted()} <= {"C", "D"}
    for flow in ("export", "import"):
        found = [row["quantity_qualifier"] for row in quoted() if row["flow"] == flow]
        assert marks(page, "headlines-by-year", f"{flow}s", "path, circle") >= 1
        for text, rounded in ((f"{flow}s", False), (f"rounded {flow}s", True)):
            group = f"#chart-headlines-by-year svg g[aria-description='{text}']"
            drawn = page.locator(f"{group} path").count() + page.locator(f"{group} circle").count()
            assert drawn == sum((qualifier == "rounded") == rounded for qualifier in found), text
            if drawn:
                assert page.locator(group).get_attribute("fill") == "var(--md-default-bg-color)"
    assert page.locator("#chart-headlines-by-year svg g[aria-label='line']").count() == 0
    labels = page.locator("#chart-headlines-by-year g[aria-description='labels'] text").all_text_contents()
    assert {"62.6", "176", "133"} <= set(labels) and len(labels) == len(quoted())


def test_concentration_chart_draws_every_index_and_no_bridge(visit):
    page = visit("charts/concentration/")
    for topic in ("mine_production", "reserves", "export_value"):
        found = [row for row in rows("concentration") if row["topic"] == topic]
        assert marks(page, "concentration", f"figures of {topic}", "circle") == len(found)
        hollow = page.locator(
            f"#chart-concentration g[aria-description='figures of {topic}'] circle[fill='var(--md-default-bg-color)']"
        )
        assert hollow.count() == sum(row["scope"] == "main_partners" or row["lowest_grade"] in "CD" for row in found)
    years = sorted(int(row["year"]) for row in rows("concentration") if row["topic"] == "mine_production")
    runs = 1 + sum(later - earlier > 1 for earlier, later in itertools.pairwise(years))
    assert runs > 1
    assert page.locator("#chart-concentration g[aria-description='line of mine_production'] path").count() == runs
    assert page.locator("#chart-concentration g[aria-description='line of reserves']").count() == 0


@pytest.mark.parametrize(
    ("path", "chart", "expected"),
    [
        ("charts/production/", "production-by-country", lambda: [r for r in mined() if int(r["year"]) >= 1998]),
        ("charts/production/", "production-since-1900", lambda: [r for r in mined() if r["area"] in {"WLD", "USA"}]),
        ("charts/reserves/", "reserves-by-edition", lambda: list(stated_reserves().values())),
        ("charts/trade/", "exports-850511", exports),
        ("charts/trade/", "headlines-by-year", quoted),
        ("charts/concentration/", "concentration", lambda: rows("concentration")),
    ],
)
def test_download_of_a_chart_equals_the_data(visit, path, chart, expected):
    page = visit(path)
    with page.expect_download() as waiting:
        page.locator(f"#chart-{chart} figcaption a[download]").click()
    with open(waiting.value.path(), encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    same = [
        name
        for name in found[0]
        if name in expected()[0] and name not in {"source_id", "locator", "note", "reserves_as_printed"}
    ]
    assert {"area", "flow", "topic"} & set(same) and {"grade", "lowest_grade"} & set(same) and len(same) >= 5
    key = lambda row: tuple(row[name] for name in same)  # noqa: E731
    assert sorted(map(key, found)) == sorted(map(key, expected()))


def test_a_pointer_brings_up_the_figures_of_a_year(visit):
    page = visit("charts/production/")
    page.wait_for_selector("#chart-production-by-country svg")
    box = page.locator("#chart-production-by-country svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] * 0.6)
    tip = page.locator("#chart-production-by-country g[aria-label='tip']").text_content()
    assert "China" in tip and "quota" in tip and "world as printed" in tip


def test_a_pointer_brings_up_who_quotes_a_headline_and_what_a_year_holds(visit):
    page = visit("charts/trade/")
    for chart, expected in (("exports-850511", ["every flow", "China 3,110"]), ("headlines-by-year", ["quoted by", "grade"])):
        page.wait_for_selector(f"#chart-{chart} svg")
        drawing = page.locator(f"#chart-{chart} .chart-frame > svg")
        drawing.scroll_into_view_if_needed()
        box = drawing.bounding_box()
        page.mouse.move(box["x"] + box["width"] * 0.94, box["y"] + box["height"] * 0.6)
        tip = page.locator(f"#chart-{chart} g[aria-label='tip']").text_content()
        assert all(text in tip for text in expected), tip


@pytest.mark.parametrize("path", ["charts/trade/", "charts/concentration/"])
def test_trade_charts_fit_a_phone(visit, path):
    page = visit(path, viewport=PHONE)
    page.wait_for_selector(".chart-frame > svg")
    for drawing in page.locator(".chart-frame > svg").all():
        assert 300 < drawing.bounding_box()["width"] < 390


def test_numbers_of_wide_tables_stand_right_aligned(visit):
    page = visit("tables/trade-flows-by-product/")
    assert page.locator(".pivot td").first.evaluate("(cell) => getComputedStyle(cell).textAlign") == "right"


def test_charts_can_be_reached_by_keyboard_and_are_named(visit):
    page = visit("charts/production/")
    frames = page.locator(".chart-frame")
    assert frames.count() == 2
    for frame in frames.all():
        frame.focus()
        assert frame.evaluate("(element) => element === document.activeElement")
        assert frame.get_attribute("aria-label").startswith("Chart: ")


def test_palette_follows_the_system_and_the_switch(visit):
    assert visit("", color_scheme="dark").locator("body").get_attribute("data-md-color-scheme") == "slate"
    page = visit("charts/reserves/")
    body = page.locator("body")
    assert body.get_attribute("data-md-color-scheme") == "default"
    circles = marks(page, "reserves-by-edition", "figures", "circle")
    for _ in range(3):
        if body.get_attribute("data-md-color-scheme") == "slate":
            break
        page.locator("label[for^='__palette']:visible").click()
    assert body.get_attribute("data-md-color-scheme") == "slate"
    assert marks(page, "reserves-by-edition", "figures", "circle") == circles


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["charts/reserves/", "charts/trade/", "charts/concentration/"])
def test_text_of_charts_and_pages_can_be_read(visit, scheme, path):
    page = visit(path, color_scheme=scheme)
    page.wait_for_selector(".chart svg")
    for summary in page.locator("details summary").all():
        summary.click()
    for selector in ("article p", ".chart-frame svg", "figcaption", ".chart-legend", ".pivot td"):
        assert page.locator(selector).first.evaluate(CONTRAST) >= 4.5, selector


def test_no_page_is_wider_than_a_phone(visit):
    page = visit("", viewport=PHONE)
    home = page.url
    pages = sorted(SITE.rglob("index.html"), key=lambda path: (-path.stat().st_size, path))
    profiles = {kind: [path for path in pages if path.parents[1].name == kind] for kind in ("areas", "products", "sources")}
    # Profiles of a kind are alike: the largest ones are the widest.
    left_out = {path for found in profiles.values() for path in found[2:]}
    paths = [path.parent.relative_to(SITE).as_posix() for path in pages if path not in left_out]
    assert len(paths) > 60 and all(len(found) > 90 for found in profiles.values())
    wide = []
    for path in paths:
        page.goto(f"{home}{path}/")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    assert wide == []


def test_charts_fit_again_after_the_window_changes(visit):
    page = visit("charts/production/")
    page.wait_for_selector("#chart-production-by-country svg")
    page.set_viewport_size(PHONE)
    page.wait_for_function(
        "[...document.querySelectorAll('.chart-frame > svg')].every((svg) => svg.getBoundingClientRect().width <= 390)"
    )
    before = page.locator("#chart-production-by-country .chart-frame > svg").get_attribute("width")
    assert 300 < float(before) < 390


def test_without_javascript_the_pages_are_useful(visit, base):
    page = visit("charts/reserves/", java_script_enabled=False)
    assert page.locator("noscript .chart-fallback").is_visible()
    table = page.locator("#reserves-by-edition-table")
    assert table.is_visible()
    cells = table.locator("tr", has_text="Brazil").locator("td").all_text_contents()
    assert cells[:2] == ["11", "21"]
    assert page.locator("li", has_text="Vietnam").first.text_content() == "Vietnam: 22 (2020), 3.5 (2025)."
    page.goto(f"{base}/charts/production/")
    page.locator("details:has(#production-by-country-table) summary").click()
    assert page.locator("#production-by-country-table").is_visible()
    page.goto(f"{base}/charts/trade/")
    for name in ("exports-850511", "headlines-by-year"):
        page.locator(f"details:has(#{name}-table) summary").click()
        assert page.locator(f"#{name}-table").is_visible()
    page.goto(f"{base}/")
    assert page.locator(".figures .figure").first.is_visible()
    page.get_by_role("link", name="Quick start").first.click()
    assert page.url == f"{base}/quick-start/"


def test_search_finds_a_column(visit):
    page = visit("")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").type("quantity_t_reo")
    page.wait_for_selector(".md-search-result__item")
    assert "Production" in page.locator(".md-search-result__list").inner_text()


def test_a_table_page_offers_its_csv(visit):
    page = visit("tables/reserves/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download as CSV").click()
    text = waiting.value.path().read_text(encoding="utf-8")
    assert list(csv.DictReader(io.StringIO(text))) == rows("reserves")
