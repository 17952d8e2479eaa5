"""The built site says what the schemas and the data say, and needs nothing from elsewhere."""

import csv
import hashlib
import json
import os
import re
import shutil
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from rare_earths.choice import __doc__ as CHOICE
from scripts.tables import ROOT, schema, tables
from tests.conftest import built

SITE = ROOT / "site"
VENDOR = ROOT / "docs" / "assets" / "vendor"
#: What a browser fetches by itself when it shows a page.
FETCHED = {"script": "src", "link": "href", "img": "src", "source": "src", "iframe": "src", "use": "href", "video": "src"}


class Page(HTMLParser):
    """What the tests ask of a page: ids, links, fetched files, tables by the class around them, live figures."""

    def __init__(self, path: Path):
        super().__init__()
        self.ids, self.links, self.fetched = set(), [], []
        self.tables, self.figures, self.text = [], [], ""
        self._open: list[dict] = []
        self._cell: list[str] | None = None
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids.add(found.get("id"))
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        if found.get(FETCHED.get(tag, "")) and not (tag == "link" and found.get("rel") in {"prev", "next", "canonical"}):
            self.fetched.append(found[FETCHED[tag]])
        if tag == "div":
            self._open.append(found)
        elif tag == "table":
            names = " ".join(entry.get("class") or "" for entry in self._open)
            self.tables.append((set(names.split()), []))
        elif tag == "tr" and self.tables:
            self.tables[-1][1].append([])
        elif tag in {"td", "th"} and self.tables:
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")
        elif tag == "span" and found.get("class") == "figure":
            self.figures.append([found, ""])
            self._open.append({"figure": True})

    def handle_endtag(self, tag):
        if tag == "div" and self._open:
            self._open.pop()
        elif tag in {"td", "th"} and self._cell is not None:
            self.tables[-1][1][-1].append("".join(self._cell).strip())
            self._cell = None
        elif tag == "span" and self._open and "figure" in self._open[-1]:
            self._open.pop()

    def handle_data(self, data):
        self.text += data
        if self._cell is not None:
            self._cell.append(data)
        if self._open and "figure" in self._open[-1]:
            self.figures[-1][1] += data

    def table(self, name: str) -> list[list[str]]:
        """Cells of the first table inside an element of this class."""
        return next(rows for classes, rows in self.tables if name in classes)


def site_page(path: str) -> Page:
    return Page(built(f"site/{path}index.html"))


@cache
def rows(table: str) -> list[dict[str, str]]:
    with open(ROOT / "data" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def html_files() -> list[Path]:
    built("site/index.html")
    return sorted(SITE.rglob("*.html"))


@cache
def parsed() -> dict[Path, Page]:
    """Every page of the site, read once for all tests that look at all of them."""
    return {path: Page(path) for path in html_files()}


@pytest.mark.release
@pytest.mark.parametrize("table", tables())
def test_dictionary_equals_the_schema(table):
    definition = schema(table)
    shown = {row[0].split("\n")[0]: row for row in site_page(f"tables/{table}/").table("dictionary")[1:]}
    assert list(shown) == [field["name"] for field in definition["fields"]]
    references = {name: key["reference"]["resource"] for key in definition.get("foreignKeys", []) for name in key["fields"]}
    for field in definition["fields"]:
        first, kind, unit, required, meaning = shown[field["name"]]
        constraints = field.get("constraints", {})
        assert (kind, unit) == (field["type"], field.get("unit", ""))
        assert required == ("required" if constraints.get("required") else "optional")
        assert ("primary key" in first) == (field["name"] in definition["primaryKey"])
        assert re.findall("refers to (.*)", first) == ([references[field["name"]]] if field["name"] in references else [])
        description, *limits = meaning.split("\n")
        # Markdown trims spaces at the ends of code.
        assert "".join(description.split()) == "".join(field["description"].replace("`", "").split())
        expected = {
            "enum": lambda value: f"one of {', '.join(value)}",
            "pattern": lambda value: f"pattern {value}",
            "minimum": lambda value: f"at least {value}",
            "maximum": lambda value: f"at most {value}",
            "unique": lambda value: "unique",
        }
        assert sorted(limits) == sorted(expected[name](value) for name, value in constraints.items() if name != "required")


@pytest.mark.release
@pytest.mark.parametrize("table", tables())
def test_first_rows_are_those_of_the_table(table):
    header, *shown = site_page(f"tables/{table}/").table("first-rows")
    found = rows(table)
    assert header == list(found[0])
    assert shown == [list(row.values()) for row in found[: len(shown)]] and len(shown) == min(8, len(found))


@pytest.mark.release
def test_every_internal_link_and_anchor_resolves():
    pages = {str(path): page for path, page in parsed().items()}
    files = {str(path) for path in SITE.rglob("*") if path.is_file()}
    broken, checked = [], 0
    for path, page in pages.items():
        for link in [*page.links, *page.fetched]:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            base = str(SITE) if parts.path.startswith("/") else os.path.dirname(path)
            target = os.path.normpath(f"{base}/{unquote(parts.path)}") if parts.path else path
            target = target if target in files else f"{target}/index.html"
            checked += 1
            if target not in files or (parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids):
                broken.append(f"{os.path.relpath(path, SITE)}: {link}")
    assert checked > 1000
    assert broken == []


@pytest.mark.release
def test_a_browser_fetches_nothing_from_another_host():
    foreign = [f"{path.name}: {url}" for path, page in parsed().items() for url in page.fetched if urlsplit(url).netloc]
    for path in SITE.rglob("*.css"):
        foreign += [
            f"{path.name}: {url}" for url in re.findall(r"(?:url\(|@import )[\"']?((?:https?:)?//[^\"')]+)", path.read_text())
        ]
    assert foreign == []


@pytest.mark.release
def test_live_figures_of_the_home_page_equal_the_data():
    columns = {"production": ("year", "quantity_t_reo"), "reserves_reported": ("as_of_year", "reserves_t_reo")}
    figures = site_page("").figures
    assert len(figures) == 8
    weighed = [(attributes, text) for attributes, text in figures if attributes["data-table"] == "trade_mirror"]
    assert {attributes["data-side"] for attributes, _ in weighed} == {"exporter", "importer"}
    for attributes, text in weighed:
        key = {name: attributes[f"data-{name}"] for name in ("exporter", "importer", "period")}
        (row,) = [row for row in rows("trade_mirror") if key.items() <= row.items()]
        assert text == f"{float(row[attributes['data-side'] + '_net_weight_kg']) / 1000:,.0f}"
    for attributes, text in figures:
        if attributes["data-table"] == "trade_mirror":
            continue
        year, figure = columns[attributes["data-table"]]
        key = {"area": attributes["data-area"], year: attributes["data-year"], "source_id": attributes["data-source"]}
        (row,) = [row for row in rows(attributes["data-table"]) if key.items() <= row.items()]
        assert text == f"{int(row[figure]):,}"
    newest = max(row["year"] for row in rows("production"))
    assert {a["data-year"] for a, _ in figures if a["data-table"] == "production"} == {newest}


@pytest.mark.release
@pytest.mark.parametrize(
    ("table", "year", "figure", "place"),
    [("reserves_reported", "as_of_year", "reserves_t_reo", 0), ("production_reported", "year", "quantity_t_reo", 1)],
)
def test_world_totals_are_sums_of_the_rows(table, year, figure, place):
    from scripts.site.credit import work

    groups: dict[tuple[str, str], dict[str, str]] = {}
    works = {row["source_id"]: work({name: text or None for name, text in row.items()}) for row in rows("sources")}
    for row in rows(table):
        groups.setdefault((row[year], works[row["source_id"]]), {})[row["area"]] = row[figure]
    expected = {}
    for key, areas in groups.items():
        total = areas.pop("WLD", "")
        listed = [float(text) for text in areas.values() if text]
        if total and sum(value > 0 for value in listed) >= 8:
            counted = f"{len(listed)} of {len(areas)}"
            expected[key] = (counted, sum(listed), float(total), sum(listed) - float(total))
    shown = [found for classes, found in site_page("tables/world-totals/").tables if "rows" in classes][place]
    number = lambda text: float(text.replace(",", "").replace("−", "-").removeprefix(">"))  # noqa: E731
    assert {(r[0], r[6]): (r[5], number(r[1]), number(r[2]), number(r[4])) for r in shown[1:]} == expected


@pytest.mark.release
@pytest.mark.parametrize("table", tables())
def test_a_table_page_names_every_source_and_folds_long_lists(table):
    page = site_page(f"tables/{table}/")
    listed = [found for classes, found in page.tables if "sources" in classes]
    named = {row[1] for found in listed for row in found[1:]}
    columns = [name for name in rows(table)[0] if name == "source_id" or name.endswith("_source_id")]
    assert named == ({row[name] for row in rows(table) for name in columns if row[name]} if table != "sources" else set())
    assert all(len(found) <= 13 for found in listed[:1])
    assert built(f"site/tables/{table}/index.html").stat().st_size < 250_000


@pytest.mark.release
def test_downloads_are_the_release_unchanged():
    sums = built("site/downloads/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    offered = {path.relative_to(SITE / "downloads").as_posix() for path in (SITE / "downloads").rglob("*") if path.is_file()}
    assert {line.split("  ")[1] for line in sums} == offered - {"SHA256SUMS", "index.html"}
    for line in sums:
        digest, name = line.split("  ")
        content = (SITE / "downloads" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
        assert content == (ROOT / "dist" / name).read_bytes()
    for table in tables():
        text = site_page(f"tables/{table}/").text
        for name in (f"data/{table}.csv", f"parquet/{table}.parquet", f"schemas/{table}.json"):
            assert hashlib.sha256((ROOT / "dist" / name).read_bytes()).hexdigest() in text


@pytest.mark.release
def test_generated_pages_are_fresh_and_say_so():
    from scripts.pages import pages
    from scripts.site.release import Release

    built("docs/tables/index.md")
    built("dist/datapackage.json")
    for path, text in pages(Release()).items():
        head = text.partition("---\n<!--")[2] if text.startswith("---\n") else text.removeprefix("<!--")
        assert head.startswith(" Generated by `python -m scripts.pages`"), path
        assert (ROOT / "docs" / path).read_text(encoding="utf-8") == text, path


@pytest.mark.release
def test_the_rule_on_the_site_is_that_of_the_code():
    _, _, rule = CHOICE.partition("``best-grade-newest-1``:")
    squeeze = lambda text: re.sub(r"[\s`]+|\b\d\.\s", "", text)  # noqa: E731
    assert squeeze(rule) in squeeze(site_page("methods/choice/").text)


def test_without_a_release_the_pages_say_what_to_run(tmp_path):
    from scripts.site.release import Release

    with pytest.raises(FileNotFoundError, match=r"python -m scripts\.release"):
        Release(tmp_path)


def test_navigation_names_every_table():
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    sections = {title: entries for section in yaml.safe_load(text)["nav"] for title, entries in section.items()}
    named = {path for entry in sections["Tables"] for path in entry.values()}
    assert named == {f"tables/{table}.md" for table in tables()} | {"tables/index.md"}


def test_vendored_files_are_those_of_the_manifest():
    libraries = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))["libraries"]
    for library in libraries:
        content = (VENDOR / library["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == library["sha256"], library["file"]
        if not library["file"].endswith(".wasm"):
            assert f"v{library['version']}" in content[:200].decode(), library["file"]
    licences = {entry["licence_file"] for library in libraries for entry in [library, *library["bundles"]]}
    files = {library["file"] for library in libraries}
    assert {path.name for path in VENDOR.iterdir()} == files | licences | {"manifest.json"}


def test_every_coloured_area_has_a_colour(package):
    from scripts.site.chart_production import coloured, mine_production
    from scripts.site.chart_trade import exports, pieces
    from scripts.site.release import Release

    built("dist/datapackage.json")
    css = (ROOT / "docs" / "assets" / "stylesheets" / "site.css").read_text(encoding="utf-8")
    release = Release()
    for area in {*coloured(mine_production(release)), *(piece["area"] for piece in pieces(exports(release)))}:
        assert f"--chart-{area}:" in css and f".swatch-{area} " in css, area


@pytest.mark.parametrize("name", ["quick-start.md", "cite.md", "methods/trade.md"])
def test_python_examples_run(name, tmp_path, monkeypatch):
    shutil.copy(ROOT / "data" / "areas.csv", tmp_path)
    monkeypatch.chdir(tmp_path)
    examples = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs" / name).read_text(encoding="utf-8"), re.S | re.M)
    assert examples
    scope: dict[str, object] = {}
    for example in examples:
        exec(example, scope)
