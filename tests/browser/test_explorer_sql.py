"""The SQL console as a person uses it: its examples answer as DuckDB answers over the Parquet files."""

import csv
import io
import re
from urllib.parse import urlencode

import duckdb
import pytest

from rare_earths.spelling import cell
from scripts.tables import ROOT, tables
from tests.browser.test_explorer import CLIPBOARD
from tests.browser.test_pages import PHONE
from tests.conftest import built

pytestmark = [pytest.mark.browser, pytest.mark.release]

EXAMPLES = re.findall(
    r"^### (.*?)\n\n```sql\n(.*?)\n```", (ROOT / "docs" / "sql" / "index.md").read_text(encoding="utf-8"), re.S | re.M
)
#: Never ends by itself.
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"


@pytest.fixture(scope="module")
def duck():
    built("dist/datapackage.json")
    connection = duckdb.connect()
    for table in tables():
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{ROOT}/dist/parquet/{table}.parquet')")
    return connection


@pytest.fixture
def console(visit):
    if not list((ROOT / "site" / "downloads").glob("*.sqlite")):
        pytest.skip("needs the SQLite file of the release: run `make release` first")

    def open_console(query=None, **options):
        page = visit("sql/" + (f"?{urlencode({'sql': query})}" if query else ""), **CLIPBOARD | options)
        page.wait_for_selector("[data-part='examples'] button")
        return page

    return open_console


def run(page, sql):
    page.locator("[data-part='query']").fill(sql)
    page.get_by_role("button", name="Run", exact=True).click()
    finished(page)


def finished(page):
    page.wait_for_selector(".sql[aria-busy='true'], .sql[data-rows], [data-part='problem'] p")
    page.wait_for_selector(".sql[aria-busy='false']", timeout=30_000)


def downloaded(page):
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download CSV").click()
    return list(csv.reader(io.StringIO(waiting.value.path().read_text(encoding="utf-8"), newline="")))


def same(one, other):
    """Equal texts, or numbers that differ by no more than the order of a sum."""
    try:
        return one == other or float(one) == pytest.approx(float(other), rel=1e-12)
    except ValueError:
        return False


def test_there_are_examples_enough():
    assert len(EXAMPLES) >= 6
    assert all(question.endswith("?") for question, _ in EXAMPLES)


def test_examples_answer_as_duckdb_does(console, duck):
    page = console()
    for question, sql in EXAMPLES:
        page.get_by_role("button", name=question, exact=True).click()
        finished(page)
        assert page.locator("[data-part='problem'] p").count() == 0, question
        assert page.locator("[data-part='query']").input_value() == sql
        answer = duck.execute(sql)
        names = [column[0] for column in answer.description]
        expected = [[cell(value) for value in row] for row in answer.fetchall()]
        head, *found = downloaded(page)
        assert head == names and len(found) == len(expected) > 0, question
        assert all(same(a, b) for one, other in zip(found, expected, strict=True) for a, b in zip(one, other, strict=True)), (
            question
        )
        assert page.locator(".sql-table tbody tr").count() == len(expected)
    vietnam = duck.execute(EXAMPLES[0][1]).df()
    assert vietnam.reserves_t_reo.iloc[-1] == 3_500_000


def test_nothing_is_loaded_before_it_is_asked_for(console):
    page = console()
    loaded = "performance.getEntriesByType('resource').some((entry) => /sqlite|wasm|sql\\.min/.test(entry.name))"
    assert not page.evaluate(loaded)
    page.get_by_role("button", name="Load the database").click()
    page.wait_for_function(
        "document.querySelector('[data-part=status]').textContent === 'The database is ready.'", timeout=30_000
    )
    assert page.evaluate(loaded)


def test_the_columns_are_described(console):
    page = console()
    page.get_by_role("button", name="Load the database").click()
    page.wait_for_selector(".sql-side details", timeout=30_000)
    names = page.locator(".sql-side summary .explorer-name").all_text_contents()
    assert set(tables()) <= set(names)
    side, main = (page.locator(selector).bounding_box() for selector in (".sql-side", ".sql .explorer-main"))
    assert side["x"] + side["width"] <= main["x"] and main["width"] > 700
    reserves = page.locator(".sql-side details", has=page.locator("summary").get_by_text("reserves", exact=True))
    reserves.locator("summary").click()
    assert "t REO" in reserves.inner_text() and "a key of areas" in reserves.inner_text()
    page.locator("[data-part='query']").fill("SELECT  FROM reserves")
    page.locator("[data-part='query']").evaluate("(area) => area.setSelectionRange(7, 7)")
    reserves.get_by_role("button", name="reserves_t_reo", exact=True).click()
    assert page.locator("[data-part='query']").input_value() == "SELECT reserves_t_reo FROM reserves"


def test_long_results_are_cut_on_the_page_and_whole_in_the_file(console, duck):
    page = console()
    run(
        page,
        "SELECT source_id, locator FROM production_reported UNION ALL SELECT source_id, locator FROM us_salient_statistics",
    )
    assert page.locator(".sql-table tbody tr").count() == 1000
    assert "first 1,000 rows" in page.locator("[data-part='more']").text_content()
    total = duck.execute(
        "SELECT (SELECT COUNT(*) FROM production_reported) + (SELECT COUNT(*) FROM us_salient_statistics)"
    ).fetchone()[0]
    assert len(downloaded(page)) == total + 1


def test_an_error_is_shown_and_the_next_query_runs(console):
    page = console()
    run(page, "SELECT reserve FROM reserves")
    assert "no such column: reserve" in page.locator("[data-part='problem']").text_content()
    assert page.locator(".sql-table").count() == 0
    run(page, "SELECT COUNT(*) AS n FROM elements")
    assert page.locator("[data-part='problem'] p").count() == 0
    assert page.locator(".sql-table td").all_text_contents() == ["17"]
    run(page, "SELECT * FROM elements WHERE symbol = 'Xx'")
    assert page.locator("[data-part='status']").text_content().startswith("0 rows in")


def test_an_endless_query_is_cancelled(console):
    page = console()
    run(page, "SELECT 1 AS one")
    page.locator("[data-part='query']").fill(ENDLESS)
    page.locator("[data-part='query']").press("Control+Enter")
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_function("document.querySelector('[data-part=status]').textContent === 'The query was cancelled.'")
    run(page, "SELECT COUNT(*) AS n FROM elements")
    assert page.locator(".sql-table td").all_text_contents() == ["17"]


def test_a_link_holds_the_query(console):
    sql = "SELECT name, '50 % & more; + #1' AS odd FROM areas WHERE area = 'VNM'"
    page = console()
    run(page, sql)
    page.get_by_role("button", name="Copy link").click()
    page.wait_for_function("document.querySelector('[data-part=said]').textContent.includes('copied')")
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == page.url
    page.goto("about:blank")
    page.goto(address)
    assert page.locator("[data-part='query']").input_value() == sql
    page.get_by_role("button", name="Run", exact=True).click()
    finished(page)
    assert page.locator(".sql-table td").all_text_contents() == ["Vietnam", "50 % & more; + #1"]


def test_a_phone_and_no_scripts(console, visit):
    page = console("SELECT * FROM trade_flows LIMIT 5", viewport=PHONE)
    page.get_by_role("button", name="Run", exact=True).click()
    finished(page)
    assert page.locator(".sql-table tbody tr").count() == 5
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    plain = visit("sql/", java_script_enabled=False)
    assert plain.locator(".sql-examples code").count() >= len(EXAMPLES)
    assert plain.locator(".sql-examples pre").first.is_visible()
    assert not plain.locator("[data-part='app']").is_visible()
