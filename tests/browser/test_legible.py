"""Text is large enough to be read on a phone, and controls are large enough for a thumb."""

import pytest

from tests.browser.screenshots import KINDS
from tests.browser.test_pages import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.release]
SMALL = """() => [...document.querySelectorAll("article *")]
  .filter((element) => element.offsetParent && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((element) => parseFloat(getComputedStyle(element).fontSize) < 11.95)
  .map((element) => `${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 30)}`)"""
#: The label of a box is pressed with it.
FLAT = """() => [...document.querySelectorAll("article :is(button, input, summary, select, .md-button)")]
  .filter((element) => element.offsetParent && (element.labels?.[0] ?? element).getBoundingClientRect().height < 24)
  .map((element) => `${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 30)}`)"""


def test_nothing_is_too_small(visit, base):
    page = visit("", viewport=PHONE)
    found = {}
    for kind, path in KINDS.items():
        page.goto(f"{base}/{path}")
        if kind == "explorer":
            page.wait_for_selector("[data-part='drawing'] svg")
        page.evaluate("document.querySelectorAll('article details').forEach((fold) => (fold.open = true))")
        if small := page.evaluate(SMALL) + page.evaluate(FLAT):
            found[kind] = small[:5]
    assert found == {}
