"""What all tests in a browser share: a server of the built site, the browser, and how a page is visited."""

from tests.browser.test_pages import base, browser, visit  # noqa: F401
