"""The pages on trade: what they must show, and that every figure comes with its source."""

from scripts import site_trade


def test_flows_by_product_and_year():
    page = site_trade.flows_page()
    assert "### 850511 in 2024" in page and "| China | export | Germany | 513.9 | FOB | 12,607 |" in page
    assert "| 2025 | export | " in page and "| 62,585.2 |" in page
    assert "cepii.fr" in page and "dataweb.usitc.gov" in page


def test_the_largest_mirror_gap_comes_first_with_both_sources():
    page = site_trade.mirror_page()
    first = page.index("## United States to China, 2023")
    assert first == page.index("## ", page.index("| period |"))
    section = page[first : page.index("## ", first + 3)]
    assert "2846, 32,830 t; [U.S. International Trade Commission]" in section
    assert "chn-25309020, 66,251 t; [General Administration of Customs of China" in section
    assert "about half" in section


def test_tables_are_tables():
    for page in (site_trade.flows_page(), site_trade.mirror_page()):
        for block in page.split("\n\n"):
            rows = [line for line in block.splitlines() if line.startswith("|")]
            assert len({line.count("|") for line in rows}) <= 1
