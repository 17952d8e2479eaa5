"""Lists of areas, products and sources: sorting, filtering, and tables that can be downloaded."""

import csv

import pytest

from tests.browser.test_pages import PHONE, rows

pytestmark = [pytest.mark.browser, pytest.mark.release]


def first_column(page):
    return page.locator("table.sortable tbody tr:not([hidden]) th").all_text_contents()


def test_a_list_is_filtered_by_words(visit):
    page = visit("sources/")
    assert page.locator(".list-filter output").text_content() == f"{len(rows('sources'))} of {len(rows('sources'))}"
    page.get_by_label("Find a source, publisher or table").fill("geological 2025")
    shown = first_column(page)
    assert shown and len(shown) < 30
    assert page.locator(".list-filter output").text_content().startswith(f"{len(shown)} of ")
    assert any(title.startswith("Mineral Commodity Summaries 2025") for title in shown)


def test_a_list_is_sorted_both_ways_and_says_so(visit):
    page = visit("areas/")
    name = page.get_by_role("columnheader", name="Area")
    name.get_by_role("button").click()
    assert name.get_attribute("aria-sort") == "ascending" and first_column(page)[0] == "Afghanistan"
    heading = page.get_by_role("columnheader", name="Mine production")
    # Of figures the largest come first.
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "descending" and name.get_attribute("aria-sort") is None
    newest = {row["area"]: float(row["quantity_t_reo"]) for row in sorted(rows("production"), key=lambda row: row["year"])}
    codes = page.locator("table.sortable tbody tr td:nth-child(2)").all_text_contents()
    assert codes[:4] == sorted(newest, key=newest.get, reverse=True)[:4]
    # An area without a figure comes last in either order.
    assert codes[-1] not in newest
    heading.get_by_role("button").press("Enter")
    assert heading.get_attribute("aria-sort") == "ascending"
    assert page.locator("table.sortable tbody tr:last-child td:nth-child(2)").text_content() not in newest


def test_the_list_of_areas_begins_with_those_who_mine(visit):
    shown = first_column(visit("areas/", java_script_enabled=False))
    assert shown[:3] == ["World", "China", "United States"]
    assert shown.index("Canada") < shown.index("Afghanistan") < shown.index("Albania")


@pytest.mark.parametrize("path", ["areas/", "products/", "sources/", "areas/VNM/", "tables/"])
def test_no_column_is_cut_on_a_wide_screen(visit, path):
    page = visit(path, viewport={"width": 1280, "height": 900})
    assert page.locator(".rows").first.evaluate("(region) => region.scrollWidth - region.clientWidth") <= 1


@pytest.mark.parametrize(("path", "table"), [("areas/", ".listed"), ("areas/VNM/", ".bars"), ("products/850511/", ".pivot")])
def test_the_name_of_a_row_stays_when_its_columns_are_scrolled(visit, path, table):
    page = visit(path, viewport=PHONE)
    region = page.locator(table).first
    region.evaluate("(found) => { found.scrollLeft = found.scrollWidth; }")
    left = region.evaluate("(found) => found.getBoundingClientRect().left")
    assert abs(region.locator("tbody th").first.evaluate("(cell) => cell.getBoundingClientRect().left") - left) <= 2
    assert region.evaluate("(found) => found.scrollLeft") > 50


def test_a_folded_table_is_downloaded_whole(visit):
    page = visit("areas/CHN/")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download: Mine production of China (CSV)").click()
    with open(waiting.value.path(), encoding="utf-8", newline="") as file:
        found = [
            (row["Year"], row["Mine production, t REO"], row["Source"], row["Where in it"]) for row in csv.DictReader(file)
        ]
    mined = [row for row in rows("production") if row["area"] == "CHN" and row["stage"] == "mine"]
    assert sorted(found) == sorted((row["year"], row["quantity_t_reo"], row["source_id"], row["locator"]) for row in mined)


def test_lists_and_profiles_need_no_script(visit, base):
    page = visit("areas/", java_script_enabled=False)
    page.get_by_role("link", name="Vietnam", exact=True).click()
    assert page.url == f"{base}/areas/VNM/"
    assert page.get_by_role("region", name="Reserves of Vietnam by edition").is_visible()
    page.get_by_role("link", name="usgs-mcs-2025").first.click()
    assert page.locator("pre code").text_content().count("@") >= 2
