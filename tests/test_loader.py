"""The library as a user calls it: from the checkout, and from every format that a release has."""

import json

import pandas as pd
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rare_earths
from rare_earths.arrow import arrow_schema, read_csv
from rare_earths.package import Package, UnknownTable
from scripts.release.packages import write_parquet
from scripts.tables import ROOT, csv_text, schema, tables


def test_tables():
    listing = rare_earths.tables()
    assert set(listing["table"]) == set(tables())
    for row in listing:
        assert row["rows"] == len(rare_earths.load(row["table"])) > 0


@pytest.mark.parametrize("table", tables())
def test_types_come_from_the_schema(table):
    frame = rare_earths.load(table)
    expected = {"string": "str", "integer": "Int64", "year": "Int64", "number": "float64", "boolean": "boolean"}
    fields = schema(table)["fields"]
    assert list(frame.columns) == [field["name"] for field in fields]
    assert [str(kind) for kind in frame.dtypes] == [expected[field["type"]] for field in fields]
    assert list(frame.index) == list(range(len(frame)))
    assert frame.attrs["units"] == {field["name"]: field["unit"] for field in fields if "unit" in field}


@pytest.mark.parametrize("table", tables())
def test_parquet_holds_what_csv_holds(table, tmp_path):
    write_parquet(table, tmp_path / f"{table}.parquet")
    from_parquet = pyarrow.parquet.read_table(tmp_path / f"{table}.parquet")
    from_csv = read_csv(ROOT / "data" / f"{table}.csv", arrow_schema(schema(table)))
    assert from_parquet.equals(from_csv)
    assert from_parquet.schema.field(0).metadata[b"description"]


def test_na_and_leading_zeros_survive(tmp_path):
    frame = rare_earths.load("areas").set_index("area")
    assert frame.loc["NAM", "iso_alpha2"] == "NA"
    assert frame.loc["BRA", "m49"] == "076"
    write_parquet("areas", tmp_path / "areas.parquet")
    again = pd.read_parquet(tmp_path / "areas.parquet").set_index("area")
    assert (again.loc["NAM", "iso_alpha2"], again.loc["BRA", "m49"]) == ("NA", "076")
    printed = rare_earths.load("reserves_reported", source_id="usgs-mcs-2026-v1.0", area="IND")["reserves_as_printed"]
    assert printed.item() == "NA"


def test_filters_and_columns():
    frame = rare_earths.load("production", area=["AUS", "CHN"], year=2024, columns=["area", "quantity_t_reo"])
    assert frame.to_dict("list") == {"area": ["AUS", "CHN"], "quantity_t_reo": [29_000, 270_000]}
    assert len(rare_earths.load("revisions", table="reserves_reported")) == 27


def test_errors_say_what_there_is():
    with pytest.raises(UnknownTable, match="no table 'weather'; the package has areas, "):
        rare_earths.load("weather")
    with pytest.raises(KeyError, match="has no column 'country'; it has area, year"):
        rare_earths.load("production", country="CHN")
    with pytest.raises(UnknownTable, match=r"no table 'Reserve' \(did you mean 'reserves'\?\); the package has"):
        rare_earths.load("Reserve")
    with pytest.raises(KeyError) as wrong:
        rare_earths.load("reserves", year=2024)
    assert str(wrong.value).startswith("table 'reserves' has no column 'year' (did you mean 'as_of_year'?); it has area, ")
    with pytest.raises(TypeError, match=r"package is 'here'; expected a Package: rare_earths.package.Package"):
        rare_earths.load("reserves", package="here")
    with pytest.raises(FileNotFoundError, match=r"datapackage\.json"):
        Package(ROOT / "tests")


def test_importing_is_light():
    import subprocess
    import sys

    code = "import rare_earths, sys; print([m for m in ('pandas', 'pyarrow', 'ibis', 'frictionless') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    code = "import rare_earths, sys; rare_earths.load('reserves'); print([m for m in ('ibis', 'duckdb', 'pandera') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
ROW = st.fixed_dictionaries(
    {
        "code": st.one_of(st.sampled_from(["NA", "007", "NaN", "null", "true", '"', "a,b", "N/A", "-"]), TEXT),
        "text": st.none() | TEXT,
        "count": st.none() | st.integers(-(2**53), 2**53),
        "figure": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "flag": st.none() | st.booleans(),
    }
)
DEFINITION = {
    "name": "example",
    "fields": [
        {"name": "code", "type": "string"},
        {"name": "text", "type": "string"},
        {"name": "count", "type": "integer"},
        {"name": "figure", "type": "number"},
        {"name": "flag", "type": "boolean"},
    ],
    "primaryKey": ["code"],
}


@settings(deadline=None)
@given(st.lists(ROW, max_size=8, unique_by=lambda row: row["code"]))
def test_canonical_csv_round_trip(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("csv") / "example.csv"
    path.write_text(csv_text(rows, DEFINITION), encoding="utf-8", newline="")
    again = read_csv(path, arrow_schema(DEFINITION)).to_pylist()
    assert again == sorted(rows, key=lambda row: row["code"])


def test_explain_brazil():
    explanation = rare_earths.explain("reserves", area="BRA")
    rows = explanation.reported.set_index("source_id")
    v10, v13 = rows.loc["usgs-mcs-2026-v1.0"], rows.loc["usgs-mcs-2026-v1.3"]
    assert (v10["reserves_t_reo"], v10["published_on"], bool(v10["chosen"])) == (21_000_000, "2026-02-06", False)
    assert (v13["reserves_t_reo"], v13["published_on"], bool(v13["chosen"])) == (11_000_000, "2026-05-27", True)
    text = str(explanation)
    assert "21,000,000 t" in text and "11,000,000 t" in text and "2026-05-27" in text and explanation.rule in text
    assert list(explanation.chosen["as_of_year"]) == list(rare_earths.load("reserves", area="BRA")["as_of_year"])


def test_explain_shows_what_is_no_figure():
    text = str(rare_earths.explain("reserves", area="MMR"))
    assert "printed 'NA'" in text and "no figure" in text
    assert rare_earths.explain("reserves", area="MMR").chosen.empty
    text = str(rare_earths.explain("production", area="CAN", year=2023))
    assert "printed an empty cell" in text and "printed '—'" in text


def test_explain_says_where_to_look_it_up():
    for table, key in [("production", {"area": "AUS", "year": 2024}), ("reserves", {"area": "VNM"})]:
        explanation = rare_earths.explain(table, **key)
        for row in explanation.records:
            address = row["url"] or row["doi"] or row["read_at"]
            assert address and address in str(explanation) and row["locator"] in str(explanation)
        published = [(row.get("year") or row.get("as_of_year"), row["published_on"] or "") for row in explanation.records]
        assert published == sorted(published)
        assert json.loads(json.dumps(explanation.as_json()))["reported"] == explanation.records


def test_explain_every_chosen_row():
    """Each row of the tables of chosen figures is marked once among its reported ones."""
    for table in ("production", "reserves", "quotas_yearly"):
        chosen = rare_earths.load(table)
        key = [name for name in ("area", "year", "as_of_year", "stage", "quota_type") if name in chosen]
        for area in sorted(set(chosen["area"])):
            marked = rare_earths.explain(table, area=area).chosen
            expected = chosen[chosen["area"] == area]
            places = lambda frame: sorted(frame[[*key, "source_id"]].astype(str).itertuples(index=False, name=None))  # noqa: B023, E731
            assert places(marked) == places(expected), (table, area)


def test_explain_quotas_shows_batches_that_are_no_year():
    explanation = rare_earths.explain("quotas_yearly", area="CHN", year=2014, quota_type="export")
    figures = {(row["batch"], row["rare_earth_class"]): (row["quantity_t"], row["chosen"]) for row in explanation.records}
    assert figures["year", "total"] == (30_611, True)
    assert figures["1", "total"] == (15_110, False) and explanation.rule == "whole-year-1"


def test_explain_the_sides_of_a_mirror():
    explanation = rare_earths.explain("trade_mirror", period="2023", exporter="USA")
    sides = {row["side"]: row for row in explanation.records if row["chosen"]}
    assert sides["exporter"]["net_weight_kg"] == 32_829_761 and sides["importer"]["product"] == "chn-25309020"
    assert sides["importer"]["mirror_net_weight_kg"] == 66_251_181
    text = str(explanation)
    assert "66,251,181 kg" in text and "99.83 %" in text and "giti.sg" in text
    mirror = rare_earths.load("trade_mirror")
    everything = rare_earths.explain("trade_mirror", exporter="USA")
    assert sum(row["chosen"] for row in everything.records) == 2 * len(mirror)


def test_explain_refuses():
    with pytest.raises(ValueError, match="explain one of production, reserves, quotas_yearly, trade_mirror"):
        rare_earths.explain("areas", area="BRA")
    with pytest.raises(KeyError, match=r"^nothing was reported for area=ABW, as_of_year=2024; see load"):
        rare_earths.explain("reserves", area="ABW", as_of_year=2024)
    with pytest.raises(ValueError, match="'Brazil' is no code of this column"):
        rare_earths.explain("reserves", area="Brazil")
    with pytest.raises(KeyError, match="no quota is known"):
        rare_earths.explain("quotas_yearly", area="USA")
    with pytest.raises(KeyError, match="known from two sides"):
        rare_earths.explain("trade_mirror", exporter="VNM")


def test_version_is_that_of_the_descriptor():
    assert rare_earths.__version__ == json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))["version"]
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = rare_earths.nothing
    assert set(rare_earths.__all__) == set(dir(rare_earths))
