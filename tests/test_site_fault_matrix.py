"""The page of the fault matrix shows what is recorded, for the eye and in words."""

import json

from scripts.site.fault_matrix import cell, fault_matrix_page, grids, read, sums
from scripts.site.release import Release
from scripts.tables import ROOT, tables


def told(missed=(), columns=2):
    return {"columns": columns, "missed": list(missed)}


def test_fields_tell_engines_apart():
    assert cell({"duckdb": told(), "spark": told()}) == {
        "text": "2",
        "state": "both",
        "words": "in 2 columns, found by DuckDB and Spark",
    }
    assert cell({"duckdb": told(columns=0)})["state"] == "one"
    assert cell({"duckdb": told(columns=0)})["text"] == "✓"
    assert cell({"duckdb": told(), "spark": told(["area"])}) == {
        "text": "✗",
        "state": "missed",
        "words": "in 2 columns, found by DuckDB, missed by Spark",
    }
    assert cell({"not_applicable": "no such rule"})["words"] == "not applicable: no such rule"


def test_the_page_shows_the_record():
    page = fault_matrix_page(Release(ROOT))
    record = read("fault-matrix.json")
    assert page.startswith("---\nhide:\n  - toc\n---\n<!-- Generated")
    assert "Nothing was missed" in page
    assert f"{sums(record)['duckdb']:,} faults on DuckDB" in page
    for grid in grids(record):
        assert f"## {grid['title']}" in page
        for row in grid["rows"]:
            assert list(row["cells"]) == tables()
            assert row["fault"] in page
    assert page.count('<th scope="row"') == sum(fault["group"] != "own" for fault in record["faults"])


def test_engines_say_when_they_were_run():
    for facts in read("fault-matrix.json")["engines"].values():
        assert set(facts) >= {"version", "last_run"}
    assert json.dumps(read("rule-mutation.json")["groups"])
