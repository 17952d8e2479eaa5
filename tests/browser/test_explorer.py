"""The explorer as a person uses it; every expectation is worked out from the package by pandas and the library."""

import gzip
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from click.testing import CliRunner

import rare_earths
from rare_earths.cli import main as command
from rare_earths.spelling import cell
from scripts.site.explorer import Between, link
from scripts.tables import ROOT, csv_text, schema, tables
from tests.browser.test_pages import PHONE, SITE

pytestmark = [pytest.mark.browser, pytest.mark.release]

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
LIMIT = 250_000


def load(table, /, **filters):
    return rare_earths.load(table, **filters)


def flows(**filters):
    return load("trade_flows", **filters)


def between(column, low, high):
    return (column >= low) & (column <= high)


def settled(page):
    """The view is drawn; its problems are returned."""
    page.wait_for_selector(".explorer[aria-busy='false'][data-rows]")
    return page.locator("[data-part='problems'] p").all_text_contents()


def rows(page):
    return int(page.locator(".explorer").get_attribute("data-rows"))


@pytest.fixture
def explore(visit):
    def open_view(table, options=CLIPBOARD, /, **filters):
        page = visit(link(table, **filters), **options)
        assert settled(page) == []
        return page

    return open_view


VIEWS = [
    ("trade_flows", {"reporter": "USA", "partner": ["CHN", "JPN"], "flow": "import"}, None),
    ("trade_flows", {"value": Between(1_000_000, None), "freq": "A"}, lambda f: f[(f.value >= 1e6) & (f.freq == "A")]),
    (
        "trade_flows",
        {"period": Between("2019", "2020-06")},
        lambda f: f[(f.period.str[:4] >= "2019") & (f.period.str[-7:].map(lambda end: end <= "2020-06"))],
    ),
    (
        "production",
        {"area": ["CHN", "USA"], "year": Between(2010, 2015)},
        lambda f: f[f.area.isin(["CHN", "USA"]) & between(f.year, 2010, 2015)],
    ),
    (
        "policy_actions",
        {"elements": "Dy"},
        lambda f: f[f.elements.str.split("; ").map(lambda found: "Dy" in found, na_action="ignore").fillna(False).astype(bool)],
    ),
    (
        "policy_actions",
        {"announced_on": Between("2025-04", "2025-10")},
        lambda f: f[between(f.announced_on.str[:7], "2025-04", "2025-10") & (f.announced_on.str.len() >= 7)],
    ),
    ("reserves_reported", {"as_of_year": None}, lambda f: f[f.as_of_year.isna()]),
    ("revisions", {"table": "reserves_reported"}, None),
    ("policy_types", {"mast_term": None}, lambda f: f[f.mast_term.isna()]),
]


@pytest.mark.parametrize(("table", "filters", "expected"), VIEWS, ids=[f"{table}-{'-'.join(f)}" for table, f, _ in VIEWS])
def test_filtered_rows_are_those_of_pandas(explore, table, filters, expected):
    page = explore(table, **filters)
    frame = load(table, **filters) if expected is None else expected(load(table))
    assert 0 < len(frame) < len(load(table))
    assert rows(page) == len(frame)
    assert page.locator("[data-part='count']").text_content() == f"{len(frame):,} of {len(load(table)):,} rows"


def test_search_and_text_filters_look_into_the_text(visit):
    frame = load("policy_actions")
    page = visit("explorer/?table=policy_actions&title=*Magnet*")
    assert settled(page) == []
    assert rows(page) == frame.title.str.contains("magnet", case=False).sum() > 0
    page.locator("[data-part='search']").fill("vacuum")
    texts = frame.select_dtypes("string")
    hit = texts.apply(lambda column: column.str.contains("vacuum", case=False).fillna(False)).any(axis=1)
    expected = (hit & frame.title.str.contains("magnet", case=False)).sum()
    page.wait_for_function(
        "expected => document.querySelector('.explorer').dataset.rows === String(expected)", arg=int(expected)
    )


def test_a_filter_is_made_by_hand_kept_in_the_address_and_undone_by_back(explore):
    page = explore("trade_flows")
    whole = rows(page)
    page.locator("details[data-column='partner'] > summary").click()
    control = page.locator("details[data-column='partner']")
    control.get_by_placeholder("Find a value").fill("viet")
    assert control.locator("li").count() == 1
    assert control.locator(".explorer-count").text_content() == f"{len(flows(partner='VNM')):,}"
    control.get_by_label("Viet").check()
    page.locator("details[data-column='value'] > summary").click()
    page.get_by_label("value from").fill("100000")
    expected = (flows(partner="VNM").value >= 100_000).sum()
    page.wait_for_function(
        "expected => document.querySelector('.explorer').dataset.rows === String(expected)", arg=int(expected)
    )
    assert dict(parse_qsl(urlsplit(page.url).query)) == {"table": "trade_flows", "partner": "VNM", "value": "100000.."}
    assert page.locator("[data-part='chips'] li").count() == 3
    page.reload()
    assert settled(page) == [] and rows(page) == expected
    page.go_back()
    page.wait_for_function("n => document.querySelector('.explorer').dataset.rows === String(n)", arg=len(flows(partner="VNM")))
    page.go_back()
    page.wait_for_function("n => document.querySelector('.explorer').dataset.rows === String(n)", arg=whole)


def test_the_whole_view_is_in_its_address(explore, visit):
    page = explore("prices", price=Between(10, None))
    page.locator("th button[data-sort='price']").click()
    page.locator("th button[data-sort='price']").click()
    page.get_by_label("Colour", exact=True).select_option("price_basis")
    page.get_by_label("log scale").uncheck()
    page.locator("[data-page='Next page']").click()
    page.locator(".explorer-menu > summary").click()
    page.locator("[data-part='columns']").get_by_label("note").check()
    page.get_by_role("button", name="Copy link").click()
    page.wait_for_function("document.querySelector('[data-part=said]').textContent.includes('copied')")
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == page.url

    def picture(page):
        settled(page)
        page.wait_for_selector("[data-part='drawing'] svg")
        return page.locator(".explorer-table").inner_text(), page.locator(
            "[data-part='drawing'] svg g[aria-description='rows']"
        ).inner_html()

    again = visit(address.split("/", 3)[3])
    assert settled(again) == []
    assert picture(again) == picture(page)
    prices = [float(text.replace(",", "")) for text in again.locator("td:nth-child(4)").all_text_contents()]
    assert prices == sorted(prices, reverse=True) and len(prices) == 50
    assert prices[0] <= load("prices").price.nlargest(51).iloc[-1]


def test_what_is_asked_for_stands_first(explore):
    def shown():
        return [button.get_attribute("data-sort") for button in page.locator(".explorer-table thead button").all()]

    page = explore("trade_flows")
    assert shown()[:7] == ["reporter", "product", "flow", "period", "partner", "value", "currency"]
    assert shown()[-1] == "source_id"
    page = explore("trade_flows", {"viewport": PHONE}, reporter="USA", partner="CHN", product="8505", flow="import")
    assert shown()[:3] == ["period", "value", "currency"] and shown()[-5:-1] == ["reporter", "product", "flow", "partner"]
    right = page.locator("th", has=page.locator("button[data-sort='value']")).bounding_box()
    assert right["x"] + right["width"] <= PHONE["width"]


def test_bounds_are_shown_and_taken_with_thousands_set_apart(explore):
    page = explore("reserves")
    page.locator("details[data-column='reserves_t_reo'] > summary").click()
    bound = page.get_by_label("reserves_t_reo from")
    smallest = load("reserves").reserves_t_reo.min()
    assert bound.get_attribute("placeholder") == f"{smallest:,.0f}"
    bound.fill("1,000,000")
    expected = int((load("reserves").reserves_t_reo >= 1_000_000).sum())
    page.wait_for_function("n => document.querySelector('.explorer').dataset.rows === String(n)", arg=expected)
    assert dict(parse_qsl(urlsplit(page.url).query))["reserves_t_reo"] == "1000000.."


@pytest.mark.parametrize(
    ("table", "filters"),
    [
        ("trade_flows", {"reporter": "USA", "partner": "CHN"}),
        ("reserves", {"area": "VNM"}),
        ("policy_actions", {"jurisdiction": "CHN"}),
        ("elements", {}),
        ("sources", {"licence": "US-Government-Work"}),
    ],
)
def test_download_has_the_bytes_that_the_command_prints(explore, table, filters):
    page = explore(table, **filters)
    page.locator("th button[data-sort]").last.click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download CSV").click()
    asked = [f"{name}={value}" for name, value in filters.items()]
    printed = CliRunner().invoke(command, ["load", table, *asked]).stdout
    assert waiting.value.path().read_bytes() == printed.encode()
    assert waiting.value.suggested_filename.endswith(f"{table}-selection.csv" if filters else f"{table}.csv")


def test_download_of_a_range_has_the_canonical_spelling(explore):
    page = explore("trade_flows", value=Between(None, 5000), currency="USD")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download CSV").click()
    frame = flows(currency="USD")
    chosen = frame[frame.value <= 5000].astype(object)
    expected = csv_text(chosen.where(chosen.notna(), None).to_dict("records"), schema("trade_flows"))
    assert waiting.value.path().read_text(encoding="utf-8") == expected


@pytest.mark.parametrize(
    ("table", "filters"),
    [
        ("reserves", {"area": "VNM"}),
        ("revisions", {"area": "BRA"}),
        ("trade_flows", {"reporter": "CHN", "freq": "A"}),
        ("claim_checks", {"verdict": "supported"}),
    ],
)
def test_bibtex_is_what_cite_prints(explore, table, filters):
    page = explore(table, **filters)
    page.get_by_role("button", name="Copy BibTeX", exact=True).click()
    page.wait_for_function("document.querySelector('[data-part=said]').textContent.includes('copied')")
    package = rare_earths.package.Package(ROOT / "dist")
    expected = rare_earths.cite(rare_earths.load(table, package=package, **filters), package=package)
    assert page.evaluate("navigator.clipboard.readText()") == expected


def test_where_copying_is_forbidden_the_text_is_shown(explore):
    page = explore("reserves", area="VNM")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')); }")
    page.get_by_role("button", name="Copy link").click()
    assert page.get_by_label("Link of this view").input_value() == page.url
    page.get_by_role("button", name="Close").click()
    assert page.locator(".explorer-dialog").count() == 0


def test_one_click_opens_source_locator_and_grade(explore):
    page = explore("reserves", area="VNM", as_of_year=2025)
    row = load("reserves", area="VNM", as_of_year=2025).iloc[0]
    source = load("sources", source_id=row.source_id).iloc[0]
    assert row.reserves_t_reo == 3_500_000
    page.get_by_role("button", name="Source of Vietnam").click()
    page.wait_for_selector(".explorer-panel[open] dl")
    panel = page.locator(".explorer-panel")
    text = panel.inner_text()
    for expected in (
        source.title,
        source.publisher,
        source.licence,
        source.url,
        source.attribution,
        row.source_id,
        "3,500,000 t REO",
    ):
        assert expected in text, expected
    for pair in row.locator.split("; "):
        name, value = pair.split("=", 1)
        assert value in panel.locator(f".explorer-locator dt:text-is('{name}') + dd").all_text_contents()
    assert re.search(rf"Grade\s+{row.grade} the original document", text)
    page_of_source = panel.get_by_role("link", name=row.source_id).get_attribute("href")
    assert page_of_source == f"../sources/{row.source_id}/"
    if (SITE / "sources").is_dir():
        assert (SITE / "explorer" / page_of_source / "index.html").is_file()
    panel.get_by_role("button", name="Copy BibTeX of this row").click()
    page.wait_for_function("document.querySelector('[data-part=said]').textContent.includes('copied')")
    assert f"{{{row.source_id}," in page.evaluate("navigator.clipboard.readText()")
    assert parse_qsl(urlsplit(page.url).query)[-1] == (".row", "VNM|2025")
    page.keyboard.press("Escape")
    page.wait_for_selector(".explorer-panel", state="hidden")
    page.wait_for_function("!location.search.includes('.row')")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Source of Vietnam")


def test_every_table_opens_with_its_rows_and_a_chart(explore):
    page = explore("production")
    for table in tables():
        page.locator("select[data-part='table']").select_option(table)
        page.wait_for_selector(f".explorer[data-table='{table}'][aria-busy='false']")
        assert page.locator("[data-part='problems'] p").count() == 0, table
        assert rows(page) == len(load(table)), table
        page.wait_for_selector(f"[data-part='drawing'][data-table='{table}'] svg g[aria-description] > *")
        assert page.locator(".explorer-table tbody tr").count() == min(50, len(load(table)))
        assert page.locator(".explorer-table tbody tr").first.locator("td").count() >= 4, table
    page.go_back()
    page.wait_for_selector(f".explorer[data-table='{tables()[-2]}']")


def test_the_chart_of_a_long_table_is_seen_before_the_rest_of_it_is_read(explore):
    page = explore("production")
    page.evaluate("""() => {
      const drawing = document.querySelector("[data-part='drawing']");
      new MutationObserver((_, watcher) => {
        if (drawing.dataset.table !== "trade_flows") return;
        watcher.disconnect();
        requestAnimationFrame(() => setTimeout(() => (window.rowsThen = document.querySelector(".explorer").dataset.table)));
      }).observe(drawing, { attributes: true });
    }""")
    page.locator("select[data-part='table']").select_option("trade_flows")
    page.wait_for_function("window.rowsThen")
    assert page.evaluate("window.rowsThen") == "production"


def test_the_chart_draws_each_row_and_warns_of_sums_that_overlap(explore):
    page = explore("reserves_reported", area=["CHN", "BRA"])
    frame = load("reserves_reported", area=["CHN", "BRA"])
    drawn = frame.reserves_t_reo.notna() & frame.as_of_year.notna()
    dots = "[data-part='drawing'] svg g[aria-description='rows'] circle"
    page.wait_for_selector(dots)
    assert page.locator(dots).count() == drawn.sum() > 10
    page.get_by_label("Marks", exact=True).select_option("sum")
    page.wait_for_selector("[data-part='drawing'] .explorer-note:has-text('more than once')")
    notes = page.locator("[data-part='drawing'] .explorer-note").all_text_contents()
    assert any("source_id" in note for note in notes)
    assert any(re.match(rf"{(~drawn).sum()} rows? without a figure", note) for note in notes)
    bars = page.locator("[data-part='drawing'] svg g[aria-description='bars'] rect")
    assert bars.count() == len(frame[drawn].groupby(["area", "as_of_year"]))


def test_too_many_rows_are_counted_and_the_page_says_so(explore):
    page = explore("trade_flows", basis="reconciled")
    page.wait_for_selector("[data-part='drawing'] svg g[aria-description='bars'] rect")
    assert "counted" in page.locator(".explorer-note").first.text_content()
    page.get_by_label("Measure", exact=True).select_option("value")
    page.get_by_label("Marks", exact=True).select_option("sum")
    page.wait_for_function(
        "document.querySelector('[data-part=drawing] svg')?.getAttribute('aria-label').includes('sum of value, USD')"
    )


def test_what_an_address_names_and_the_table_lacks_is_told(visit):
    page = visit("explorer/?table=reserves&area=VNM&nonsense=1&as_of_year=soon&.sort=nothing&.row=VNM|1800")
    problems = settled(page)
    assert [next(word for word in ("“nonsense”", "“soon”", "“nothing”", "“VNM|1800”") if word in text) for text in problems]
    assert len(problems) == 4 and rows(page) == len(load("reserves", area="VNM"))


def test_scripts_of_the_page_stay_small(explore):
    page = explore("trade_flows")
    asked = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.on("worker", lambda worker: asked.append(worker.url))
    page.reload()
    page.wait_for_selector("[data-part='drawing'] svg")
    page.locator(".explorer-source").first.click()
    page.wait_for_selector(".explorer-panel[open] dl")
    scripts = {urlsplit(url).path.lstrip("/") for url in asked if urlsplit(url).path.endswith((".js", ".mjs"))}
    assert {"assets/vendor/hyparquet.min.js", "assets/vendor/plot-marks.min.js"} < scripts
    sizes = {path: len(gzip.compress((SITE / path).read_bytes())) for path in scripts}
    assert sum(sizes.values()) <= LIMIT, sizes


def test_the_chart_library_is_not_loaded_without_a_chart(visit):
    page = visit("explorer/?table=reserves&.chart=off")
    settled(page)
    assert not page.evaluate("performance.getEntriesByType('resource').some((entry) => entry.name.includes('d3.min'))")
    assert not page.locator("[data-part='chart']").evaluate("(details) => details.open")
    page.locator("[data-part='chart'] > summary").click()
    page.wait_for_selector("[data-part='drawing'] svg")


def test_without_scripts_the_tables_are_offered_as_files(visit):
    page = visit("explorer/", java_script_enabled=False)
    for table in tables():
        assert page.locator(f".explorer a[href$='data/{table}.csv']").is_visible()
        assert page.locator(f".explorer a[href$='parquet/{table}.parquet']").is_visible()


def test_it_is_used_by_keyboard_alone(explore):
    page = explore("reserves_reported")
    page.locator("[data-part='search']").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('[data-column=area]') !== null"):
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("vietnam")
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.type !== 'checkbox'"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expected = len(load("reserves_reported", area="VNM"))
    page.wait_for_function("n => document.querySelector('.explorer').dataset.rows === String(n)", arg=expected)
    assert page.evaluate("document.activeElement.type") == "checkbox"
    sort = page.locator("th button[data-sort='as_of_year']")
    sort.focus()
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort='ascending']").inner_text().startswith("as_of_year")
    assert page.evaluate("document.activeElement.dataset.sort") == "as_of_year"
    page.locator(".explorer-source").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".explorer-panel[open] dl")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    page.wait_for_selector(".explorer-panel", state="hidden")
    assert page.evaluate("document.activeElement.classList.contains('explorer-source')")
    live = page.locator("[role='status'][aria-live='polite']", has=page.locator("[data-part='count']"))
    assert live.text_content() == f"{expected} of {len(load('reserves_reported'))} rows"


def test_it_fits_a_phone(explore):
    page = explore("trade_flows", {"viewport": PHONE}, reporter="USA", partner="CHN")
    page.wait_for_selector("[data-part='drawing'] svg")
    page.locator("[data-part='sidebar'] > summary").click()
    for column in ("product", "value", "note"):
        page.locator(f"details[data-column='{column}'] > summary").click()
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
    assert 300 < page.locator("[data-part='drawing'] svg").first.bounding_box()["width"] <= 390
    page.locator(".explorer-source").first.click()
    page.wait_for_selector(".explorer-panel[open] dl")
    assert page.locator(".explorer-panel").bounding_box()["width"] <= 390
    assert not page.evaluate(wide)


def test_on_paper_the_rows_stand_without_what_can_be_pressed(explore):
    page = explore("reserves", area="VNM")
    page.emulate_media(media="print")
    for hidden in (".explorer-sidebar", ".explorer-bar", ".explorer-actions", ".explorer-source"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator(".explorer-table td").first.is_visible()
    assert page.locator("[data-part='chips']").is_visible()
    assert page.locator("[data-part='address']").inner_text() == page.url


def test_numbers_and_texts_are_spelt_as_the_library_spells_them(visit):
    page = visit("explorer/")
    values = [
        0.0,
        -0.0,
        1.0,
        1e15,
        1e16,
        1e22,
        123456789012345680.0,
        0.1,
        1 / 3,
        -2.5,
        1e-4,
        1.5e-5,
        1e-7,
        9.99e-10,
        5e-324,
        None,
        True,
        False,
        'a "b", c',
        "x;y",
        "NA",
        "",
    ]
    spelt = page.evaluate(
        """async (values) => {
      const { cell } = await import(new URL("../assets/javascripts/explorer/spelling.js", document.baseURI).href);
      return values.map(cell);
    }""",
        values,
    )
    assert spelt == [cell(value) for value in values]


def test_addresses_written_by_pages_are_read_as_meant(visit):
    filters = {
        "table": "reserves_reported",
        "area": ["CHN", "BRA"],
        "year": Between(2010, None),
        "note": None,
        "title": "*odd*",
        "doi": "=x",
        "licence": "a&b c/d",
    }
    read = visit("explorer/").evaluate(
        """async (query) => {
      const base = new URL("../assets/javascripts/explorer/", document.baseURI).href;
      const [{ read, write }, { parse }] = [await import(base + "address.js"), await import(base + "filter.js")];
      const state = read(query);
      const again = read(write(state));
      const parsed = ([name, terms]) => {
        const { values, needles, from, to } = parse(terms, name === "year" ? "number" : "text");
        return [name, [[...values], needles, from, to]];
      };
      return [state.table, Object.fromEntries([...state.filters].map(parsed)), JSON.stringify([...again.filters]) === JSON.stringify([...state.filters])];
    }""",
        link("revisions", **filters).removeprefix("explorer/"),
    )
    assert read == [
        "revisions",
        {
            "table": [["reserves_reported"], [], None, None],
            "area": [["CHN", "BRA"], [], None, None],
            "year": [[], [], "2010", None],
            "note": [[""], [], None, None],
            "title": [["*odd*"], [], None, None],
            "doi": [["=x"], [], None, None],
            "licence": [["a&b c/d"], [], None, None],
        },
        True,
    ]


def test_every_table_page_leads_to_its_view():
    for table in tables():
        text = (SITE / "tables" / table / "index.html").read_text(encoding="utf-8")
        assert f'href="../../{link(table)}"' in text, table


def test_suited_charts_name_columns_that_exist(visit):
    suited = visit("explorer/").evaluate(
        """async () => (await import(new URL("../assets/javascripts/explorer/chart-plan.js", document.baseURI).href)).SUITED"""
    )
    assert set(suited) == set(tables())
    for table, chart in suited.items():
        names = {field["name"] for field in schema(table)["fields"]}
        for plan in (chart, chart.get("many", {})):
            assert {plan[part] for part in ("x", "y", "colour") if part in plan} <= names, table
