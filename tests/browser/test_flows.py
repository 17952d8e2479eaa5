"""The picture of flows and the chart of mirror gaps, in a real browser."""

import csv

import pytest

from tests.browser.test_pages import PHONE, marks, rows

pytestmark = [pytest.mark.browser, pytest.mark.release]
TABLE = "#flows-of-a-product-table tbody tr"


def magnets(year):
    wanted = {"product": "850511", "basis": "reconciled", "freq": "A", "period": year}
    return [row for row in rows("trade_flows") if wanted.items() <= row.items()]


def shown(page):
    """Rows of the table below the picture: from, to, million USD, number of flows and source."""
    return [[cell.text_content() for cell in row.locator("th, td").all()] for row in page.locator(TABLE).all()]


def counted(found):
    return sum(int(row[3].replace(",", "")) for row in found)


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desk", "phone"])
def test_the_picture_draws_every_flow_of_the_year(visit, viewport):
    page = visit("charts/flows/", **({"viewport": viewport} if viewport else {}))
    page.wait_for_selector("#chart-flows-of-a-product svg")
    found = shown(page)
    assert page.locator(".flow-band").count() == len(found) > 50
    flows = magnets("2024")
    assert counted(found) == len(flows)
    total = sum(float(row["value"]) for row in flows)
    assert f"2024: {total / 1e6:,.0f} million USD, every flow." == page.locator(".flow-said").text_content()
    germany = next(float(row["value"]) for row in flows if row["reporter"] == "CHN" and row["partner"] == "DEU")
    assert ["China", "Germany", f"{germany / 1e6:,.0f}", "1"] in [row[:4] for row in found]


def test_a_choice_is_drawn_and_stands_in_the_address(visit):
    page = visit("charts/flows/")
    page.wait_for_selector("#chart-flows-of-a-product svg")
    page.locator("select[name=picture]").select_option("2846-import")
    page.locator("select[name=year]").select_option("2020")
    wanted = {"product": "2846", "reporter": "USA", "flow": "import", "freq": "A", "period": "2020", "scope": "named_partners"}
    flows = [row for row in rows("trade_flows") if wanted.items() <= row.items() and row["value"]]
    assert page.url.endswith("?picture=2846-import&year=2020")
    assert counted(shown(page)) == len([row for row in flows if float(row["value"]) > 0])
    assert {row[1] for row in shown(page)} == {"United States"}
    again = visit("charts/flows/?picture=2846-import&year=2020")
    again.wait_for_selector("#chart-flows-of-a-product svg")
    assert again.locator("select[name=year]").input_value() == "2020" and shown(again) == shown(page)


def test_years_can_be_stepped_through_by_keyboard(visit):
    page = visit("charts/flows/")
    page.wait_for_selector("#chart-flows-of-a-product svg")
    page.get_by_role("button", name="Earlier").focus()
    page.keyboard.press("Enter")
    assert (
        "2023" in page.locator(".flow-said").text_content() and "main flows only" in page.locator(".flow-said").text_content()
    )
    page.locator("select[name=year]").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("select[name=year]").input_value() == "2022"


def test_a_pointer_on_a_band_tells_its_figure(visit):
    page = visit("charts/flows/")
    page.wait_for_selector("#chart-flows-of-a-product svg")
    page.locator(".flow-band").first.dispatch_event("pointerenter")
    assert "% of the picture" in page.locator(".flow-said").text_content()


def test_the_download_is_what_every_picture_draws(visit):
    page = visit("charts/flows/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the data of this chart").click()
    with open(waiting.value.path(), encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    for year in ("2002", "2016", "2022", "2024"):
        drawn = [row for row in found if row["picture"] == "850511" and row["year"] == year]
        assert sum(float(row["value_usd"]) for row in drawn) == pytest.approx(sum(float(row["value"]) for row in magnets(year)))
        assert {row["source_id"] for row in drawn} == {row["source_id"] for row in magnets(year)}
        assert len({row["exporter"] for row in drawn}) <= 9 and len({row["importer"] for row in drawn}) <= 11


def test_mirror_gaps_are_drawn_with_both_weights(visit):
    page = visit("tables/mirror-gaps/")
    both = [row for row in rows("trade_mirror") if row["weight_ratio"]]
    assert marks(page, "mirror-gaps", "weights", "circle") == 2 * len(both)
    hollow = page.locator("#chart-mirror-gaps g[aria-description='weights'] circle[fill='var(--md-default-bg-color)']").count()
    assert hollow == sum(row[f"{side}_grade"] in "CD" for row in both for side in ("exporter", "importer"))
    labels = page.locator("#chart-mirror-gaps g[aria-description='ratios'] text").all_text_contents()
    assert sorted(labels) == sorted(f"×{float(row['weight_ratio']):g}" for row in both)
