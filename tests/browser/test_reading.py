"""What every page owes a reader: tips that can be read, a way on from a dead link, a search that finds what is meant."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.release]


@pytest.mark.parametrize(
    ("path", "frame"),
    [
        ("explorer/?table=production", "[data-part='drawing']"),
        ("charts/production/", "#chart-production-by-country .chart-frame"),
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_tip_lies_on_the_colour_of_the_page(visit, path, frame, scheme):
    page = visit(path, color_scheme=scheme)
    drawing = page.locator(f"{frame} svg").first
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] * 0.6)
    tip = page.locator(f"{frame} g[fill='var(--plot-background)'] path").first
    tip.wait_for()
    assert tip.evaluate("(path) => getComputedStyle(path).fill === getComputedStyle(document.body).backgroundColor")


def test_a_dead_link_leads_on(visit, base):
    page = visit("404.html")
    assert page.title() == "Page not found - Rare Earths"
    links = [link.get_attribute("href") for link in page.locator(".md-content a").all()]
    assert len(links) >= 5
    for link in links:
        assert page.request.get(f"{base}{link}").ok, link


def test_the_search_finds_actions_and_not_the_names_of_filters(visit):
    page = visit("")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").type("dysprosium")
    page.wait_for_selector(".md-search-result__item")
    text = page.locator(".md-search-result__list").inner_text()
    assert "What has dysprosium oxide cost?" in text
    assert "Jurisdiction" not in text
