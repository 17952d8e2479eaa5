"""The difference between two versions: exactly what was edited, nothing else, and what it means for the version."""

import copy as copying
import json
import re
from collections import Counter
from importlib import resources
from pathlib import Path

import jsonschema
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rare_earths
from rare_earths.diffing import compare
from rare_earths.diffing.bump import level_of
from rare_earths.diffing.fields import Change
from rare_earths.diffing.removals import Removal, between, stated
from rare_earths.diffing.rows import compare_rows
from rare_earths.spelling import cell
from scripts.tables import ROOT
from tests.small_package import make

DOCUMENT = json.loads(resources.files("rare_earths").joinpath("diff.schema.json").read_text(encoding="utf-8"))
GOLDEN = Path(__file__).with_name("golden")
SCHEMA = {
    "fields": [
        {"name": "area", "type": "string", "constraints": {"required": True}},
        {"name": "year", "type": "year", "constraints": {"required": True, "minimum": 1900}},
        {"name": "tonnes", "type": "number", "unit": "t"},
        {"name": "count", "type": "integer"},
        {"name": "note", "type": "string"},
        {"name": "certain", "type": "boolean"},
    ],
    "primaryKey": ["area", "year"],
}


def checked(diff):
    """The document of a difference, which must follow the published schema."""
    document = json.loads(json.dumps(diff.as_json(), allow_nan=False))
    jsonschema.Draft202012Validator(DOCUMENT).validate(document)
    return document


def row(area, year, **values):
    return {"area": area, "year": year} | values


def test_the_published_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(DOCUMENT)


# Random edits, which must come back exactly.

texts = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=6)
VALUES = {
    "tonnes": st.none() | st.floats(allow_nan=False, allow_infinity=False),
    "count": st.none() | st.integers(-(2**53), 2**53),
    "note": st.none() | texts,
    "certain": st.none() | st.booleans(),
}
keys = st.tuples(st.one_of(texts, st.sampled_from(["NA", "007", "nan"])), st.integers(1900, 2100))


@st.composite
def edits(draw):
    """Rows of a table by key, and edits to it: rows out, rows in, cells, a field out, a field in, a property."""
    values = st.fixed_dictionaries(VALUES)
    old = draw(st.dictionaries(keys, values, max_size=8))
    removed = draw(st.lists(st.sampled_from(sorted(old)), unique=True)) if old else []
    added = {key: one for key, one in draw(st.dictionaries(keys, values, max_size=4)).items() if key not in old}
    kept = [key for key in old if key not in removed]
    gone = draw(st.sampled_from([None, *VALUES]))
    cells = {}
    for key in draw(st.lists(st.sampled_from(kept), unique=True)) if kept else []:
        for name in draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True)):
            value = draw(VALUES[name])
            if name != gone and cell(value) != cell(old[key][name]):
                cells[key, name] = value
    return old, removed, added, cells, gone, draw(st.booleans()), draw(st.sampled_from([None, "t REO"]))


@pytest.mark.parametrize("kinds", [("csv", "csv"), ("parquet", "csv")])
@given(edits())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_edits_come_back_exactly(tmp_path, kinds, found):
    old, removed, added, cells, gone, new_field, unit = found
    schema = copying.deepcopy(SCHEMA)
    now = {key: dict(values) for key, values in (old | added).items() if key not in removed}
    for (key, name), value in cells.items():
        now[key][name] = value
    if gone:
        schema["fields"] = [field for field in schema["fields"] if field["name"] != gone]
        for values in now.values():
            del values[gone]
    if new_field:
        schema["fields"].append({"name": "extra", "type": "integer"})
        for values in now.values():
            values["extra"] = 7
    if unit and gone != "tonnes":
        next(field for field in schema["fields"] if field["name"] == "tonnes")["unit"] = unit

    before = make(tmp_path / "old", "1.0.0", {"t": (SCHEMA, [row(*key, **one) for key, one in old.items()])}, kinds[0])
    after = make(tmp_path / "new", "2.0.0", {"t": (schema, [row(*key, **one) for key, one in now.items()])}, kinds[1])
    document = checked(compare(before, after, removals=[]))

    if not (removed or added or cells or gone or new_field or unit):
        assert document["tables_unchanged"] == ["t"] and document["bump"] is None
        return
    (table,) = document["tables_changed"]

    def key_of(one):
        return one["area"], int(one["year"])

    def spelt(key, values):
        return {name: None if value is None else cell(value) for name, value in row(*key, **values).items()}

    assert {key_of(one) for one in table["added"]} == set(added)
    assert {key_of(one["row"]) for one in table["removed"]} == set(removed)
    assert all(one == spelt(key_of(one), now[key_of(one)]) for one in table["added"])
    assert all(one["row"] == spelt(key_of(one["row"]), old[key_of(one["row"])]) for one in table["removed"])
    changed = {
        (key_of(one["key"]), name): (values["old"], values["new"])
        for one in table["changed"]
        for name, values in one["cells"].items()
    }
    assert changed == {(key, name): (cell(old[key][name]) or None, cell(value) or None) for (key, name), value in cells.items()}
    assert [field["name"] for field in table["schema"]["fields_removed"]] == ([gone] if gone else [])
    assert [field["name"] for field in table["schema"]["fields_added"]] == (["extra"] if new_field else [])
    renamed_unit = [{"field": "tonnes", "property": "unit", "old": "t", "new": "t REO"}]
    assert table["schema"]["changes"] == (renamed_unit if unit and gone != "tonnes" else [])
    major, minor = removed or gone or (unit and gone != "tonnes"), added or new_field
    assert document["bump"] == ("major" if major else "minor" if minor else "patch")


small_rows = st.lists(
    st.tuples(st.sampled_from(["a", "b", None]), st.sampled_from([0.0, -0.0, float("nan"), 1.5, None])), max_size=12
)


@given(small_rows, small_rows)
@settings(deadline=None)
def test_rows_without_a_key_are_compared_as_a_set_in_which_equal_ones_count(old, new):
    def table(rows):
        return pa.table({"x": pa.array([x for x, _ in rows], pa.string()), "y": pa.array([y for _, y in rows], pa.float64())})

    def counted(rows):
        return Counter((x, None if y is None else cell(y)) for x, y in rows)

    found = compare_rows(table(old), table(new), ())
    assert counted((r["x"], r["y"]) for r in found.added.to_pylist()) == counted(new) - counted(old)
    assert counted((r["x"], r["y"]) for r in found.removed.to_pylist()) == counted(old) - counted(new)
    assert found.changed.num_rows == 0


def test_differences_stand_in_the_order_of_the_tables():
    keys = [("A", 2001), ("B", 2000), ("B", 2001), ("C", 1999), ("C", 2000)]
    old, new = (pa.table({"x": [x for x, _ in keys], "y": [y for _, y in keys], "z": [z] * len(keys)}) for z in (1, 2))
    found = compare_rows(old, new, ("x", "y"))
    assert [(row["x"], row["y"]) for row in found.changed.to_pylist()] == keys
    found = compare_rows(old.slice(0, 0), new, ("x", "y"))
    assert found.added.equals(new) and compare_rows(new, old.slice(0, 0), ("x", "y")).removed.equals(new)


# What an edit means.


def test_a_changed_key_is_said_and_rows_are_compared_as_a_set(tmp_path):
    rows = [row("BRA", 2025, tonnes=21e6), row("VNM", 2025, tonnes=3.5e6)]
    schema = copying.deepcopy(SCHEMA) | {"primaryKey": ["area"]}
    old = make(tmp_path / "old", "1.0.0", {"t": (schema, rows)})
    new = make(tmp_path / "new", "2.0.0", {"t": (SCHEMA, [rows[1], row("BRA", 2025, tonnes=11e6)])})
    diff = compare(old, new, removals=[])
    (table,) = checked(diff)["tables_changed"]
    assert (table["compared_by"], table["key"], table["changed"]) == ("row", [], [])
    assert [one["row"]["tonnes"] for one in table["removed"]] == ["21000000"]
    assert [one["tonnes"] for one in table["added"]] == ["11000000"]
    assert diff.bump == "major" and "the primary key is not the same" in str(diff)
    assert diff.tables["t"].key == ()


def test_a_column_of_another_type_is_compared_as_it_is_spelt(tmp_path):
    schema = copying.deepcopy(SCHEMA)
    schema["fields"][3]["type"] = "string"
    old = make(tmp_path / "old", "1.0.0", {"t": (SCHEMA, [row("A", 2000, count=5), row("B", 2000, count=6)])})
    new = make(tmp_path / "new", "2.0.0", {"t": (schema, [row("A", 2000, count="5"), row("B", 2000, count="06")])})
    diff = compare(old, new)
    (table,) = checked(diff)["tables_changed"]
    assert table["changed"] == [{"key": {"area": "B", "year": "2000"}, "cells": {"count": {"old": "6", "new": "06"}}}]
    assert ("major", "t: count: type was 'integer', is 'string'") in diff.bump_reasons


def test_tables_come_and_go(tmp_path):
    rows = [row("A", 2000)]
    old = make(tmp_path / "old", "1.0.0", {"t": (SCHEMA, rows), "gone": (SCHEMA, rows)})
    new = make(tmp_path / "new", "2.0.0", {"t": (SCHEMA, rows), "fresh": (SCHEMA, rows)})
    diff = compare(old, new, removals=[])
    document = checked(diff)
    assert document["tables_added"] == [{"table": "fresh", "rows": 1}]
    assert document["tables_removed"] == [{"table": "gone", "rows": 1, "reason": None}]
    assert diff.bump == "major" and diff.unexplained == ["table gone was removed"]
    explained = compare(old, new, removals=[Removal("2.0.0", "gone", "Its source was withdrawn.")])
    assert explained.unexplained == [] and checked(explained)["tables_removed"][0]["reason"] == "Its source was withdrawn."
    assert compare(old, new, tables=["t"]).unchanged == ("t",) and not compare(old, new, tables=["t"])
    with pytest.raises(ValueError, match=r"tables is a list of names, such as \['t'\], not 't'"):
        compare(old, new, tables="t")
    with pytest.raises(LookupError, match="no table 'weather'"):
        compare(old, new, tables=["weather"])


@pytest.mark.parametrize(
    ("change", "level"),
    [
        (Change("x", "description", "a", "b"), "patch"),
        (Change(None, "title", "a", "b"), "patch"),
        (Change("x", "type", "integer", "number"), "major"),
        (Change("x", "unit", "kg", "t"), "major"),
        (Change("x", "constraints.required", True, False), "minor"),
        (Change("x", "constraints.required", None, True), "major"),
        (Change("x", "constraints.minimum", 0, -1), "minor"),
        (Change("x", "constraints.minimum", 0, 1), "major"),
        (Change("x", "constraints.maximum", 5, 6), "minor"),
        (Change("x", "constraints.enum", ["a"], ["b", "a"]), "minor"),
        (Change("x", "constraints.enum", ["a", "b"], ["a"]), "major"),
        (Change("x", "constraints.pattern", "a", "b"), "major"),
        (Change(None, "primaryKey", ["a"], ["a", "b"]), "major"),
        (Change(None, "fields", ["a", "b"], ["b", "a"]), "major"),
        (Change(None, "foreignKeys", [], [1]), "major"),
        (Change("x", "somethingNew", None, 1), "major"),
    ],
)
def test_what_a_changed_property_means_for_the_version(change, level):
    assert level_of(change) == level


def test_fields_in_another_order_are_a_change(tmp_path):
    schema = SCHEMA | {"fields": SCHEMA["fields"][:2] + SCHEMA["fields"][:1:-1]}
    diff = compare(make(tmp_path / "a", "1.0.0", {"t": (SCHEMA, [])}), make(tmp_path / "b", "2.0.0", {"t": (schema, [])}))
    (change,) = diff.tables["t"].schema.changes
    assert change.property == "fields" and change.new[2:] == ["certain", "note", "count", "tonnes"] and diff.bump == "major"


# Removed rows need a reason.


def test_a_removed_row_without_a_reason_is_named(tmp_path):
    rows = [row("A", 2000, note="x"), row("B", 2000, note="y"), row("C", 2001, note="z")]
    old = make(tmp_path / "old", "0.9.0", {"t": (SCHEMA, rows)})
    new = make(tmp_path / "new", "0.10.0", {"t": (SCHEMA, [])})
    removals = [
        Removal("0.10.0", "t", "Counted twice.", {"year": 2000, "area": ["A", "X"]}),
        Removal("0.9.0", "t", "Said of an earlier version.", {"area": "B"}),
        Removal("0.11.0", "t", "Said of a later version.", {"area": "B"}),
        Removal("0.10.0", "other", "Said of another table."),
    ]
    diff = compare(old, new, removals=removals)
    assert [one["reason"] for one in checked(diff)["tables_changed"][0]["removed"]] == ["Counted twice.", None, None]
    assert diff.unexplained == ["t: 2 removed without a reason, the first of them area=B, year=2000"]
    assert compare(old, new, removals=[*removals, Removal("0.10.0", "t", "Withdrawn.")]).unexplained == []
    with pytest.raises(ValueError, match="table t has no column country"):
        compare(old, new, removals=[Removal("0.10.0", "t", "?", {"country": "A"})])


def test_stated_reasons_are_read_strictly(tmp_path):
    path = tmp_path / "removals.toml"
    path.write_text('[[removal]]\nversion = "0.3.0"\ntable = "t"\nreason = "Withdrawn."\nrows = { area = ["A"] }\n')
    (removal,) = stated(path)
    assert removal == Removal("0.3.0", "t", "Withdrawn.", {"area": ["A"]})
    assert between([removal], "0.2.0", "0.3.0") == between([removal], "0.2.0", "1.0.0") == [removal]
    assert between([removal], "0.3.0", "1.0.0") == between([removal], "0.1.0", "0.2.0") == []
    for number, text in enumerate(['version = "1"\ntable = "t"', 'version = "1"\ntable = "t"\nreason = ""', "row = 1"]):
        path = tmp_path / f"{number}.toml"
        path.write_text(f"[[removal]]\n{text}\n")
        with pytest.raises(ValueError, match=r"state version, table and reason"):
            stated(path)


def test_every_stated_removal_names_a_table_and_a_version():
    for removal in stated():
        assert re.fullmatch(r"\d+\.\d+\.\d+", removal.version) and removal.table and removal.reason


# Wrong input.


def test_a_key_that_stands_twice_is_refused_with_its_place(tmp_path):
    rows = [row("A", 2000), row("A", 2000, note="x")]
    old = make(tmp_path / "old", "1.0.0", {"t": (SCHEMA, rows[:1])})
    new = make(tmp_path / "new", "2.0.0", {"t": (SCHEMA, rows)})
    with pytest.raises(ValueError, match=r"table t: the new table has the key area=A, year=2000 more than once \(row 2\)"):
        compare(old, new)


def test_the_files_are_compared_and_not_what_a_descriptor_says_of_them(tmp_path):
    old = make(tmp_path / "old", "1.0.0", {"t": (SCHEMA, [row("A", 2000, tonnes=1)])})
    new = make(tmp_path / "new", "2.0.0", {"t": (SCHEMA, [row("A", 2000, tonnes=1)])})
    new.path("t").write_text(old.path("t").read_text().replace("2000,1", "2000,2"))
    assert compare(old, new).tables["t"].rows_changed == 1


# Files, and what a person sees.


def golden_difference(tmp_path):
    rows = [row("BRA", 2025, tonnes=21e6), row("VNM", 2025, tonnes=22e6, note="as printed"), row("XXX", 2025, tonnes=1)]
    schema = copying.deepcopy(SCHEMA)
    schema["fields"][2]["unit"] = "t REO"
    schema["fields"].append({"name": "grade", "type": "string"})
    now = [row("BRA", 2025, tonnes=11e6, grade="A"), row("VNM", 2025, tonnes=3.5e6, grade="A"), row("IND", 2025, tonnes=6.9e6)]
    same = (SCHEMA, [row("A", 2000)])
    old = make(tmp_path / "old", "1.0.0", {"reserves": (SCHEMA, rows), "gone": same, "same": same})
    new = make(tmp_path / "new", "2.0.0", {"reserves": (schema, now), "fresh": same, "same": same})
    return compare(old, new, removals=[Removal("2.0.0", "gone", "Withdrawn by its publisher.")])


@pytest.mark.parametrize("name", ["diff.txt", "diff.html", "diff.json"])
def test_what_is_shown_and_written_is_as_agreed(tmp_path, name):
    diff = golden_difference(tmp_path)
    if name == "diff.json":
        diff.write(tmp_path / "out")
        found = (tmp_path / "out" / name).read_text(encoding="utf-8")
        checked(diff)
    else:
        found = (str(diff) if name == "diff.txt" else diff._repr_html_()) + "\n"
    assert found == (GOLDEN / name).read_text(encoding="utf-8")


def test_written_files_hold_every_row_and_replace_those_of_an_earlier_difference(tmp_path):
    diff = golden_difference(tmp_path)
    (tmp_path / "out" / "diff").mkdir(parents=True)
    (tmp_path / "out" / "diff" / "old-added.parquet").write_bytes(b"")
    (tmp_path / "out" / "other.txt").write_text("stays")
    written = [path.relative_to(tmp_path / "out").as_posix() for path in diff.write(tmp_path / "out", limit=0)]
    assert written == ["diff.json", *(f"diff/reserves-{what}.parquet" for what in ("added", "changed", "removed"))]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["diff", "diff.json", "other.txt"]
    removed = pyarrow.parquet.read_table(tmp_path / "out" / "diff" / "reserves-removed.parquet").to_pylist()
    assert [(one["area"], one["tonnes"], one["removal_reason"]) for one in removed] == [("XXX", 1.0, None)]
    changed = pyarrow.parquet.read_table(tmp_path / "out" / "diff" / "reserves-changed.parquet").to_pylist()
    assert changed[1] == {"area": "VNM", "year": 2025, "column": "tonnes", "old": "22000000", "new": "3500000"}
    (table,) = json.loads((tmp_path / "out" / "diff.json").read_text())["tables_changed"]
    assert table["added"] == table["removed"] == table["changed"] == [] and table["counts"]["cells"] == 3


def test_nothing_is_left_where_a_file_cannot_be_written(tmp_path, monkeypatch):
    diff = golden_difference(tmp_path)
    diff.write(tmp_path / "out")
    before = (tmp_path / "out" / "diff.json").read_bytes()

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pyarrow.parquet, "write_table", full)
    with pytest.raises(OSError, match="No space left"):
        diff.write(tmp_path / "out")
    assert (tmp_path / "out" / "diff.json").read_bytes() == before
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["diff", "diff.json"]


def test_folders_and_versions_and_packages_are_compared(copy):
    rows = copy.rows("reserves_reported")
    vietnam = next(one for one in rows if (one["source_id"], one["area"]) == ("usgs-mcs-2025", "VNM"))
    assert vietnam["reserves_t_reo"] == "3500000"
    vietnam["reserves_t_reo"] = "22000000"
    copy.write("reserves_reported", rows)
    diff = rare_earths.diff(copy.folder, rare_earths.__version__)
    assert list(diff.tables) == ["reserves_reported"] and diff.bump == "patch"
    assert diff.tables["reserves_reported"].changed.to_pylist() == [
        {"source_id": "usgs-mcs-2025", "area": "VNM", "column": "reserves_t_reo", "old": "22000000", "new": "3500000"}
    ]
    assert not rare_earths.diff(str(ROOT), rare_earths.__version__)
