"""What tables, fields and descriptions say, and how they show themselves."""

import json
from html.parser import HTMLParser

import pytest

import rare_earths
from rare_earths.listing import Listing, cell_text
from rare_earths.package import UnknownTable
from scripts.tables import schema, tables


class Cells(HTMLParser):
    """Collects the cells of a table; fails on tags that are not closed in order."""

    def __init__(self, text: str):
        super().__init__()
        self.open, self.cells = [], []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.open.append(tag)
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if {"td", "th"} & set(self.open):
            self.cells[-1] += data


def test_tables_say_rows_time_and_units():
    found = {row["table"]: row for row in rare_earths.tables()}
    assert list(found) == tables()
    assert (found["production"]["from"], found["production"]["to"], found["production"]["units"]) == ("1900", "2025", "t REO")
    assert (found["trade_flows"]["from"], found["trade_flows"]["to"]) == ("1993", "2026")
    assert found["trade_flows"]["units"] == "kg; t REO; pieces"
    assert found["areas"]["from"] is None
    frame = rare_earths.tables().frame
    assert frame["rows"].sum() == sum(row["rows"] for row in found.values())


def test_fields_are_those_of_the_schemas():
    everything = rare_earths.fields()
    assert len(everything) == sum(len(schema(table)["fields"]) for table in tables())
    found = {row["field"]: row for row in rare_earths.fields("reserves_reported")}
    assert found["reserves_t_reo"]["unit"] == "t REO" and not found["reserves_t_reo"]["required"]
    assert found["source_id"]["key"] == found["area"]["key"] == "primary"
    keys = {row["field"]: row["key"] for row in rare_earths.fields("production")}
    assert (keys["source_id"], keys["quantity_t_reo"]) == ("sources.source_id", None)
    with pytest.raises(UnknownTable):
        rare_earths.fields("weather")


@pytest.mark.parametrize("table", tables())
def test_describe(table):
    description = rare_earths.describe(table)
    rows = rare_earths.load(table, engine="arrow")
    assert description.rows == rows.num_rows and description.key == schema(table)["primaryKey"]
    assert [row["filled"] for row in description.fields] == [len(c) - c.null_count for c in rows.columns]
    text = str(description)
    assert description.title in text and f"{description.rows:,} rows" in text and repr(description) == text
    cells = Cells(description._repr_html_()).cells
    assert all(field["description"] in cells for field in schema(table)["fields"])
    assert json.loads(json.dumps(description.as_json()))["coverage"] == description.coverage


def test_coverage():
    covered = rare_earths.describe("reserves_reported").coverage
    frame = rare_earths.load("reserves_reported")
    assert covered == {"from": "2014", "to": "2025", "areas": frame["area"].nunique(), "sources": frame["source_id"].nunique()}
    assert rare_earths.describe("elements").coverage == {"sources": 2}


def test_a_listing_fits_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, str(rare_earths.tables()).splitlines())) <= 80
    assert str(Listing([])) == "(no rows)"
    listing = Listing([{"a": 1, "b": "x < y"}, {"a": None, "b": None}])
    assert Cells(listing._repr_html_()).cells == ["a", "b", "1", "x < y", "", ""]
    assert listing["a"].tolist()[0] == 1 and len(listing) == 2
    assert [cell_text(value) for value in (None, True, 1234, 0.5, 3e6, "NA")] == ["", "yes", "1,234", "0.5", "3,000,000", "NA"]


def test_an_explanation_in_a_notebook():
    explanation = rare_earths.explain("reserves", area="BRA", as_of_year=2025)
    html = explanation._repr_html_()
    cells = Cells(html).cells
    assert "11,000,000 t" in cells and "2026-05-27" in cells and "chosen" in cells
    assert 'href="https://doi.org/10.5066/P1WKQ63T"' in html
