"""Text is large enough to be read on a phone, and controls are large enough for a thumb."""

import pytest

from tests.browser.screenshots import KINDS
from tests.browser.test_pages import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.release]
#: Kinds of pages that are mostly text and tables.
LOOKED_AT = [
    "home",
    "get-data",
    "quick-start",
    "cite",
    "downloads",
    "areas",
    "area-large",
    "products",
    "product",
    "source",
    "tables",
    "table",
    "versions",
    "changelog",
]
SMALL = """() => [...document.querySelectorAll("article *")]
  .filter((element) => element.offsetParent && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((element) => parseFloat(getComputedStyle(element).fontSize) < 11.95)
  .map((element) => `${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 30)}`)"""
FLAT = """() => [...document.querySelectorAll("article :is(button, input, summary, select, .md-button)")]
  .filter((element) => element.offsetParent && element.getBoundingClientRect().height < 24)
  .map((element) => `${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 30)}`)"""


@pytest.mark.parametrize("kind", LOOKED_AT)
def test_nothing_is_too_small(visit, kind):
    page = visit(KINDS[kind], viewport=PHONE)
    for fold in page.locator("article details").all():
        fold.evaluate("(element) => { element.open = true; }")
    assert page.evaluate(SMALL) == []
    assert page.evaluate(FLAT) == []
