"""Every page is sane HTML: one language and title, unique ids, headings in order, names for pictures and tables."""

import itertools
import re
from collections import Counter

import pytest

from tests.test_site import SITE, html_files

pytestmark = pytest.mark.release


def bodies():
    """Path, whole text and article of every page; scripts are not looked into."""
    for path in html_files():
        text = re.sub(r"<script\b.*?</script>", "", path.read_text(encoding="utf-8"), flags=re.S)
        yield path.relative_to(SITE).as_posix(), text, text.partition("<article")[2].partition("</article>")[0]


@pytest.fixture(scope="module")
def read():
    return list(bodies())


def test_every_page_has_a_language_a_title_and_one_main_heading(read):
    assert len(read) > 1000
    wrong = []
    for name, text, article in read:
        if '<html lang="en"' not in text or not re.search(r"<title>[^<]+</title>", text):
            wrong.append(name)
        elif name != "404.html" and len(re.findall(r"<h1\b", article)) != 1:
            wrong.append(f"{name}: {len(re.findall('<h1', article))} main headings")
    assert wrong == []


def test_ids_are_unique(read):
    wrong = {}
    for name, text, _ in read:
        twice = [key for key, count in Counter(re.findall(r'\sid="([^"]+)"', text)).items() if count > 1]
        if twice:
            wrong[name] = twice
    assert wrong == {}


def test_headings_never_skip_a_level(read):
    wrong = []
    for name, _, article in read:
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", article)]
        wrong += [f"{name}: h{later} after h{level}" for level, later in itertools.pairwise(levels) if later > level + 1]
    assert wrong == []


def test_pictures_regions_and_links_have_names(read):
    wrong = []
    for name, text, article in read:
        wrong += [f"{name}: {tag}" for tag in re.findall(r"<img\b[^>]*>", text) if 'alt="' not in tag]
        wrong += [
            f"{name}: {tag}"
            for tag in re.findall(r'<[^>]+role="region"[^>]*>', text)
            if not re.search(r'aria-label="[^"]+"', tag)
        ]
        wrong += [f"{name}: {tag}" for tag in re.findall(r"<a\b[^>]*>\s*</a>", article) if "aria-label" not in tag]
    assert wrong == []


def test_every_table_has_headings(read):
    wrong = []
    for name, _, article in read:
        tables = re.findall(r"<table\b.*?</table>", article, re.S)
        wrong += [name for table in tables if "<th" not in table]
    assert wrong == []
