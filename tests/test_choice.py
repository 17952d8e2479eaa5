"""The choice rule, by its clauses and on every chosen row."""

import csv
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rare_earths.choice import RULE, SERIES, ranked
from scripts import data
from scripts.derive import MODULES as DERIVED
from scripts.tables import DATA, csv_text, schema, tables

SOURCES = {
    "mcs-2024": {"series": "Mineral Commodity Summaries", "published_on": "2024"},
    "mcs-2026": {"series": "Mineral Commodity Summaries", "published_on": "2026-05-27"},
    "myb": {"series": "Minerals Yearbook", "published_on": "2026-05-27"},
    "ds140": {"series": "Data Series 140", "published_on": "2026-05-27"},
    "page": {"series": None, "published_on": "2026-11"},
    "undated": {"series": "Minerals Yearbook", "published_on": None},
}


def row(source, figure=1.0, grade="A"):
    return {"source_id": source, "q": figure, "grade": grade}


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (row("mcs-2024"), row("page", grade="C")),  # grades before dates
        (row("mcs-2024", grade="B"), row("page", grade="D")),
        (row("mcs-2026", grade="B"), row("mcs-2024", grade="A")),  # A and B are of one rank
        (row("mcs-2026"), row("mcs-2024")),
        (row("mcs-2024"), row("undated")),
        (row("myb"), row("mcs-2026")),
        (row("mcs-2026"), row("ds140")),
        (row("ds140"), row("ds140", grade="B")),
    ],
)
def test_clause(better, worse):
    for pair in ([better, worse], [worse, better]):
        assert ranked(pair, SOURCES, "q")[0] == better


ROWS = st.lists(
    st.builds(row, st.sampled_from(sorted(SOURCES)), st.none() | st.floats(0, 1e8), st.sampled_from("ABCD")), max_size=7
)


@given(ROWS, st.randoms())
def test_the_order_of_rows_does_not_matter(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    first, again = ranked(rows, SOURCES, "q"), ranked(shuffled, SOURCES, "q")
    key = lambda r: (r["source_id"], r["grade"])  # noqa: E731
    assert [key(r) for r in first] == [key(r) for r in again]
    assert all(r["q"] is not None for r in first)
    grades = [r["grade"] in "CD" for r in first]
    assert grades == sorted(grades)


def typed(table):
    with open(DATA / f"{table}.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    types = {field["name"]: field["type"] for field in schema(table)["fields"]}
    read = {"year": int, "integer": int, "number": float}
    return [{k: None if v == "" else read.get(types[k], str)(v) for k, v in r.items()} for r in rows]


def test_derived_tables_follow_from_the_committed_reported_ones():
    """Without raw files: what is in data/ derives to what is in data/."""
    committed = {table: typed(table) for table in tables() if table not in DERIVED}
    for table, module in DERIVED.items():
        made = csv_text(data.complete(table, module.rows(committed)), schema(table))
        assert made == (DATA / f"{table}.csv").read_text(encoding="utf-8"), table


@pytest.mark.parametrize(
    ("table", "reported", "figure"),
    [
        ("production", "production_reported", "quantity_t_reo"),
        ("reserves", "reserves_reported", "reserves_t_reo"),
    ],
)
def test_every_chosen_row_obeys_the_rule(table, reported, figure):
    """Written apart from the rule's own code: no candidate may beat the chosen one."""
    sources = {source["source_id"]: source for source in typed("sources")}
    key = schema(table)["primaryKey"]
    candidates: dict[tuple, list] = {}
    for r in typed(reported):
        if r[figure] is not None:
            candidates.setdefault(tuple(r[name] for name in key), []).append(r)

    def merit(r):
        source = sources[r["source_id"]]
        rank = SERIES.index(source["series"]) if source["series"] in SERIES else 3
        return (r["grade"] in "AB", source["published_on"] or "", -rank)

    for chosen in typed(table):
        rivals = candidates[tuple(chosen[name] for name in key)]
        assert chosen["rule"] == RULE
        assert chosen["candidates"] == len(rivals)
        assert chosen["lowest_t_reo"] == min(r[figure] for r in rivals)
        assert chosen["highest_t_reo"] == max(r[figure] for r in rivals)
        (own,) = [r for r in rivals if r["source_id"] == chosen["source_id"]]
        assert merit(own) == max(map(merit, rivals))
        assert ("grade A or B" in (chosen["note"] or "")) == (chosen["grade"] in "CD")


def test_world_totals_are_printed_not_summed():
    printed = {(r["source_id"], r["year"]): r["quantity_t_reo"] for r in typed("production_reported") if r["area"] == "WLD"}
    chosen = [r for r in typed("production") if r["area"] == "WLD"]
    assert len(chosen) >= 120
    assert all(printed[r["source_id"], r["year"]] == r["quantity_t_reo"] for r in chosen)
    years = sorted(r["year"] for r in chosen)
    assert all(b - a == 1 for a, b in itertools.pairwise(years)) and years[0] == 1900 and years[-1] == 2025
