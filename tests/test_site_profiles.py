"""Pages of areas, products and sources: every one is there, and says what the tables say."""

import re
from functools import cache

import pytest

import rare_earths
from scripts.tables import tables
from tests.conftest import built
from tests.test_site import SITE, rows, site_page

pytestmark = pytest.mark.release


@cache
def html(path: str) -> str:
    return built(f"site/{path}index.html").read_text(encoding="utf-8")


def cells(html: str, label: str) -> list[list[str]]:
    """Cells of the table in the region with this label, tags taken away."""
    part = html.partition(f'aria-label="{label}"')[2].partition("</table>")[0]
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in part.split("<tr>")[1:]]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in found]


def pages(kind: str) -> set[str]:
    built("site/index.html")
    return {path.parent.name for path in (SITE / kind).glob("*/index.html")}


def test_every_product_and_source_has_a_page_and_stands_in_its_list():
    assert pages("products") == {row["product"] for row in rows("products")}
    assert pages("sources") == {row["source_id"] for row in rows("sources")}
    for kind, label in (("products", "Products"), ("sources", "Sources"), ("areas", "Countries and areas")):
        linked = set(re.findall(rf'<th scope="row"><a href="../{kind}/([^/"]+)/">', html(f"{kind}/")))
        assert linked == pages(kind), label


def test_every_area_with_data_has_a_page():
    columns = {"production": ["area"], "reserves": ["area"], "trade_flows": ["reporter", "partner"], "quotas": ["area"]}
    columns |= {
        "policy_actions": ["jurisdiction"],
        "claims": ["subject_area", "partner"],
        "trade_mirror": ["exporter", "importer"],
    }
    said = {row[name] for table, names in columns.items() for row in rows(table) for name in names} - {""}
    assert len(said) > 200
    assert said <= pages("areas") <= {row["area"] for row in rows("areas")}


def test_vietnam_has_its_reserves_by_edition_with_source_and_place():
    found = {row[0]: row for row in cells(html("areas/VNM/"), "Reserves of Vietnam by edition")[1:]}
    assert found["2025"][1] == "3,500,000" and found["2025"][5] == "usgs-mcs-2025"
    assert found["2024"][1] == "22,000,000" and found["2024"][2] == "22000000"
    assert "row Vietnam" in found["2025"][6] and found["2025"][4] == "A"
    assert '<a class="src" href="../../sources/usgs-mcs-2025/">' in html("areas/VNM/")


@pytest.mark.parametrize("area", ["CHN", "USA", "AUS", "THA"])
def test_production_of_an_area_is_that_of_the_table(area):
    name = next(row["name"] for row in rows("areas") if row["area"] == area)
    part = html(f"areas/{area}/")
    shown = [
        row
        for chunk in part.split(f'aria-label="Mine production of {name} by year"')[1:]
        for row in cells(f'aria-label="x"{chunk}', "x")[1:]
    ]
    expected = [row for row in rows("production") if row["area"] == area and row["stage"] == "mine"]
    assert [(row[0], row[1].replace(",", ""), row[4]) for row in shown] == [
        (row["year"], row["quantity_t_reo"], row["source_id"])
        for row in sorted(expected, key=lambda row: row["year"], reverse=True)
    ]


def test_imports_of_magnets_add_up_one_source_a_year():
    shown = cells(html("areas/USA/"), "Imports of magnets of United States, USD")
    flows = [
        row
        for row in rows("trade_flows")
        if row["product"] == "850511" and row["partner"] == "USA" and row["basis"] == "reconciled"
    ]
    assert shown[0][:3] == ["Year", "All partners", "China"] and shown[0][-1] == "Source"
    for row in shown[1:]:
        year = [flow for flow in flows if flow["period"] == row[0].removesuffix(" *")]
        assert len({flow["source_id"] for flow in year}) == 1 and row[-1] == year[0]["source_id"]
        assert float(row[1].replace(",", "")) == pytest.approx(sum(float(flow["value"]) for flow in year) / 1e6, abs=0.051)
        china = next(float(flow["value"]) for flow in year if flow["reporter"] == "CHN")
        assert float(row[2].replace(",", "")) == pytest.approx(china / 1e6, abs=0.051)
        assert row[0].endswith("*") == (year[0]["scope"] == "main_partners")


def test_a_source_page_counts_every_row_that_rests_on_it(package):
    for key in ("usgs-mcs-2025", "gta-99495", "cepii-baci-hs17-v202601-y2024", "periodictable"):
        part = html(f"sources/{key}/")
        for table in tables():
            found = rows(table)
            for column in [name for name in found[0] if name == "source_id" or name.endswith("_source_id")]:
                count = sum(row[column] == key for row in found) if table != "sources" else 0
                words = (
                    f'{count:,} {"row" if count == 1 else "rows"} of <a href="../../tables/{table}/"><code>{table}</code></a>'
                )
                as_named = "" if column == "source_id" else f" as <code>{column}</code>"
                named = "name" if count > 1 else "names"
                assert (f"{words} {named} it{as_named}" in part) == (count > 0), (key, table, column)


@pytest.mark.parametrize("key", ["usgs-mcs-2025", "cepii-baci-hs17-v202601-y2024", "visual-capitalist-30-years"])
def test_bibtex_of_a_source_is_what_cite_prints(key, package):
    import html as entities

    from scripts.site.release import Release

    release = Release()
    frame = release.load("sources")
    expected = rare_earths.cite(frame[frame["source_id"] == key], package=release.package)
    shown = html(f"sources/{key}/").partition("<pre><code>")[2].partition("</code></pre>")[0]
    assert entities.unescape(shown).strip() == expected.strip()
    assert f"<td>{entities.escape(next(row['attribution'] for row in rows('sources') if row['source_id'] == key))}" in html(
        f"sources/{key}/"
    )


def test_a_product_that_is_not_only_rare_earths_warns_and_knows_its_family():
    part = html("products/850511/")
    assert "Not only rare earths" in part and "58,152 t" in part
    assert 'part of <a href="../../products/8505/">' in part and 'holds <a href="../../products/cn-85051110/">' in part
    assert "Not only rare earths" not in html("products/gacc-rare-earth-permanent-magnets/")


def test_a_cell_of_a_product_never_adds_two_sources():
    from scripts.site.product_flows import by_product, by_reporter
    from scripts.site.release import Release

    built("dist/datapackage.json")
    flows = by_product(Release())
    for product in ("850511", "2846", "hts-2846100010"):
        frame = flows[product]
        for table in by_reporter(frame):
            for row in table["rows"]:
                for reporter, cell in zip(table["reporters"], row["cells"], strict=True):
                    if cell is None:
                        continue
                    same = frame[(frame["freq"] == "A") & (frame["period"] == row["year"]) & (frame["reporter"] == reporter)]
                    same = same[(same["flow"] == table["flow"]) & (same["valuation"] == table["valuation"])]
                    partners = same[same["partner"] != "WLD"].groupby("source_id")[table["measure"]].sum()
                    world = same.loc[same["partner"] == "WLD", table["measure"]]
                    assert cell[0] in [*partners, *world], (product, row["year"], reporter)


def test_search_holds_profiles_by_name_but_not_their_tables():
    import json

    documents = json.loads(built("site/search/search_index.json").read_text(encoding="utf-8"))["docs"]
    by_kind = {
        kind: [d for d in documents if d["location"].startswith(f"{kind}/")] for kind in ("areas", "products", "sources")
    }
    assert any(d["title"] == "Vietnam" for d in by_kind["areas"])
    assert all("rows of" not in d["text"] for d in by_kind["sources"])
    assert sum(len(d["text"]) for found in by_kind.values() for d in found) < 500_000
    assert site_page("areas/VNM/").text.count("Vietnam") > 1
