"""The pages on trade: what they must show, and that every figure comes with its source."""

import csv
import re
from functools import cache

import pytest

from scripts.tables import ROOT
from tests.conftest import built
from tests.test_site import rows, site_page

pytestmark = pytest.mark.release

FLOWS = "tables/trade-flows-by-product/index.md"


def markdown(path):
    return built(f"docs/{path}").read_text(encoding="utf-8")


def section(text, heading):
    """Text below a heading, to the next one of the same rank or above."""
    rank = heading.index(" ")
    _, found, rest = text.partition(f"\n{heading}\n")
    assert found, heading
    return re.split(rf"\n#{{2,{rank}}} ", rest)[0]


@cache
def baci():
    return [row for row in rows("trade_flows") if row["basis"] == "reconciled"]


def shown_flows(text):
    """Lines of a Markdown table of flows, without its head."""
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.splitlines() if "|" in line][2:]


def test_every_year_of_magnets_shows_the_largest_flows_and_their_source():
    text, names = markdown(FLOWS), {row["area"]: row["name"] for row in rows("areas")}
    for year in range(2002, 2025):
        found = [row for row in baci() if row["period"] == str(year)]
        whole = {row["scope"] for row in found} == {"complete"}
        if whole:
            part = section(text, f"### 850511 in {year}")
        else:
            part = text.partition(f'??? note "850511 in {year}: main flows only"')[2].partition("???")[0]
        largest = sorted(found, key=lambda row: -float(row["value"]))[:10]
        table = shown_flows(part)[:10]
        assert [line[:2] for line in table] == [[names[row["reporter"]], names[row["partner"]]] for row in largest], year
        for line, row in zip(table, largest, strict=True):
            assert abs(float(line[2].replace(",", "")) - float(row["value"]) / 1e6) <= 0.05
        assert f"largest of {len(found):,} flows" in part
        assert all(f"(../../sources/{row['source_id']}/index.md)" in part for row in found) and "flows-850511.csv" in part


def test_complete_years_stand_open_and_first():
    text = markdown(FLOWS)
    assert "| China | Germany | 513.9 | 12,607 |" in section(text, "### 850511 in 2024")
    assert text.index("### 850511 in 2024") < text.index("### 850511 in 2022") < text.index("??? note")
    folded = re.findall(r'\?\?\? note "850511 in (\d+): main flows only"', text)
    assert folded == [str(year) for year in range(2023, 2001, -1) if year != 2022]


@pytest.mark.parametrize("heading", ["2846", "2805"])
@pytest.mark.parametrize("flow", ["export", "import"])
def test_flows_of_the_united_states_are_all_there(heading, flow):
    part = section(markdown(FLOWS), f"### {flow.title()}s of {heading}")
    wanted = {"reporter": "USA", "product": heading, "flow": flow, "freq": "A", "scope": "named_partners"}
    found = [row for row in rows("trade_flows") if wanted.items() <= row.items()]
    titles = re.findall(r'<td title="([\d,.]+) kg, ([\d,.]+) USD; ([^"]+)"><a href="../../sources/([^/]+)/">', part)
    shown = sorted((kg.replace(",", ""), usd.replace(",", ""), place, source) for kg, usd, place, source in titles)
    # Every flow stands twice: once by weight, once by value.
    assert shown == sorted([(row["net_weight_kg"], row["value"], row["locator"], row["source_id"]) for row in found] * 2)
    assert all(f"(../../sources/{row['source_id']}/index.md)" in part for row in found) and f"flows-usa-{heading}.csv" in part


def test_the_cargo_that_two_customs_weigh_differently():
    source = '<a href="../../sources/usitc-dataweb-2026-07-exports/">32,830</a>'
    assert f'<td title="32,829,761 kg, 321,642,347 USD; sheet=FAS Value; cell=AJ133">{source}</td>' in markdown(FLOWS)


def test_headlines_have_the_page_that_quotes_them():
    text = section(markdown(FLOWS), "## What the customs of China call rare earths")
    found = [
        row
        for row in rows("trade_flows")
        if row["product"].startswith("gacc-rare-earths-") and row["partner"] == "WLD" and row["freq"] == "A"
    ]
    assert len(found) >= 12
    for row in found:
        figure = f"{float(row['net_weight_kg']) / 1000:,.1f}".removesuffix(".0")
        about = "about " if row["quantity_qualifier"] == "rounded" else ""
        line = f"| {row['period']} | {row['flow']} | World | {about}{figure} | {row['grade']} | ["
        assert any(
            part.startswith(line) and f"(../../sources/{row['source_id']}/index.md)" in part for part in text.splitlines()
        ), line
    assert "| 2025 | export | World | 62,585.2 | C | [UDN" in text


def test_the_largest_mirror_gap_comes_first_with_both_sources():
    text = markdown("tables/mirror-gaps/index.md")
    part = section(text, "## United States to China, 2023")
    assert text.index("## United States to China, 2023") == text.index("\n## United States") + 1
    assert "**Exporter**: 32,830 t" in part and "[U.S. International Trade Commission" in part
    assert "(../../sources/usitc-dataweb-2026-07-exports/index.md)" in part
    assert "**Importer**: 66,251 t, booked under 25309020" in part
    assert "[General Administration of Customs of China, as quoted by Giti](../../sources/gacc-via-giti.sg-" in part
    assert "about half" in part
    ratios = [max(float(row["weight_ratio"]), 1 / float(row["weight_ratio"])) for row in rows("trade_mirror")]
    shown = [float(row[3]) for row in site_page("tables/mirror-gaps/").table("gaps")[1:]]
    assert [max(ratio, 1 / ratio) for ratio in shown] == sorted(ratios, reverse=True)


def test_traps_state_figures_that_the_tables_hold():
    text = markdown("tables/.parts/trade-traps.md").replace("\n  ", " ")
    weights = [float(row["net_weight_kg"] or 0) for row in baci() if row["reporter"] == "CHN" and row["period"] == "2024"]
    assert f"{sum(weights) / 1000:,.0f} t (" in text
    (line,) = [
        row
        for row in rows("trade_flows")
        if row["product"] == "gacc-rare-earth-permanent-magnets" and row["period"] == "2024" and row["partner"] == "WLD"
    ]
    assert f"85051110, is quoted with {float(line['net_weight_kg']) / 1000:,.0f} t (" in text
    for row in rows("sources"):
        assert (row["publisher"] in text) or row["redistributable"] == "true", row["source_id"]


def test_offered_rows_are_rows_of_the_table():
    table = {tuple(row.items()) for row in rows("trade_flows")}
    for name, least in [("flows-850511", 230), ("flows-usa-2846", 864), ("flows-usa-2805", 799), ("headlines-china", 20)]:
        with open(built(f"site/assets/charts/{name}.csv"), encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
        assert len(found) >= least and len({tuple(row.items()) for row in found}) == len(found), name
        assert {tuple(row.items()) for row in found} <= table, name


def test_no_text_says_that_trade_is_missing():
    written = [path for path in (ROOT / "docs").rglob("*.md") if "tables" not in path.relative_to(ROOT).parts]
    for path in [*written, ROOT / "README.md", ROOT / "mkdocs.yml"]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"[Tt]rade[^.]*(?:is|are) not in this version", text), path
        assert not re.search(r"rare-earth production and reserves\b", text, re.I), path
