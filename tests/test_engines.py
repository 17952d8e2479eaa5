"""Every table in every engine: the same rows, types and filters; and what the engines say when they cannot."""

import subprocess
import sys

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rare_earths
from rare_earths.arrow import arrow_schema
from rare_earths.engines import ENGINES, LAZY_ENGINES
from rare_earths.loading import read
from rare_earths.package import Package
from scripts.tables import schema, tables
from tests.conftest import built

FRAMES = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "arrow": pa.Table, "duckdb": duckdb.DuckDBPyRelation}
LAZY = {"arrow": pyarrow.dataset.Dataset, "polars": pl.LazyFrame, "duckdb": duckdb.DuckDBPyRelation}
POLARS = {"string": pl.String, "integer": pl.Int64, "year": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean}
DUCKDB = {"string": "VARCHAR", "integer": "BIGINT", "year": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


def rows(frame) -> list[dict]:
    """Rows of a frame of any engine as Python has them."""
    if isinstance(frame, pyarrow.dataset.Dataset):
        return frame.to_table().to_pylist()
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, pd.DataFrame):
        objects = frame.astype(object)
        return objects.where(objects.notna(), None).to_dict("records")
    return pa.table(frame).to_pylist()


@pytest.mark.parametrize("engine", ENGINES)
def test_every_table_holds_the_same_rows(package, engine):
    for table in tables():
        frame = rare_earths.load(table, engine=engine)
        assert isinstance(frame, FRAMES[engine])
        assert rows(frame) == read(package, table).to_pylist(), table


def test_types_come_from_the_schema_in_every_engine():
    for table in tables():
        kinds = [field["type"] for field in schema(table)["fields"]]
        assert rare_earths.load(table, engine="polars").dtypes == [POLARS[kind] for kind in kinds]
        assert [str(kind) for kind in rare_earths.load(table, engine="duckdb").types] == [DUCKDB[kind] for kind in kinds]
        found = rare_earths.load(table, engine="arrow").schema
        assert found.equals(arrow_schema(schema(table)))
        for field, said in zip(found, schema(table)["fields"], strict=True):
            assert field.metadata[b"description"].decode() == said["description"]
            assert field.metadata.get(b"unit", b"").decode() == said.get("unit", "")


def test_units_and_descriptions_travel_with_pandas():
    frame = rare_earths.load("production", columns=["area", "quantity_t_reo"])
    assert frame.attrs["units"] == {"quantity_t_reo": "t REO"}
    assert frame.attrs["descriptions"]["quantity_t_reo"] == "The chosen quantity."
    assert (frame.attrs["table"], frame.attrs["version"]) == ("production", rare_earths.__version__)
    assert frame[frame["quantity_t_reo"] > 1000].attrs["units"] == frame.attrs["units"]


@pytest.mark.parametrize("engine", ENGINES)
def test_traps(engine):
    found = {row["area"]: row for row in rows(rare_earths.load("areas", engine=engine, area=["AFG", "NAM", "WLD"]))}
    assert (found["NAM"]["iso_alpha2"], found["AFG"]["m49"], found["WLD"]["iso_alpha2"]) == ("NA", "004", None)
    (vietnam,) = rows(rare_earths.load("reserves_reported", engine=engine, source_id="usgs-mcs-2025", area="VNM"))
    assert vietnam["reserves_t_reo"] == 3_500_000
    candidates = [row["batches_sum_t"] for row in rows(rare_earths.load("quotas_yearly", engine=engine))]
    assert None in candidates
    years = {row["valid_from"] for row in rows(rare_earths.load("products", engine=engine))}
    assert years == {None, 2023} and all(type(year) is int for year in years - {None})


@pytest.mark.parametrize("engine", LAZY_ENGINES)
@pytest.mark.parametrize("place", [None, "dist/parquet"])
def test_scan(engine, place):
    source = Package(built(place)) if place else None
    for table in ("areas", "production", "trade_flows"):
        frame = rare_earths.scan(table, engine=engine, package=source)
        assert isinstance(frame, LAZY[engine])
        assert rows(frame) == rare_earths.load(table, engine="arrow").to_pylist()


def test_scan_is_lazy_and_pushes_down():
    package = Package(built("dist/parquet"))
    plan = rare_earths.scan("trade_flows", engine="polars", package=package).filter(pl.col("reporter") == "CHN").select("value")
    assert "PROJECT 2/" in plan.explain() and 'SELECTION: col("reporter") == "CHN"' in plan.explain()
    relation = rare_earths.scan("trade_flows", engine="duckdb", package=package).filter("reporter = 'CHN'").select("value")
    assert "PARQUET" in relation.explain().upper() and "FILTERS" in relation.explain().upper()


VALUES = {
    "area": st.sampled_from(["AUS", "CHN", "VNM", "ABW"]),
    "year": st.integers(1990, 2026),
    "candidates": st.integers(0, 9),
    "quantity_t_reo": st.sampled_from([29000.0, 270000.0, 0.0]),
    "status": st.sampled_from(["reported", "estimated", None]),
}
FILTERS = st.fixed_dictionaries({}, optional={name: value | st.lists(value, max_size=3) for name, value in VALUES.items()})


@given(FILTERS)
@settings(max_examples=40, deadline=None)
def test_filters_give_exactly_the_rows_that_match(filters):
    wanted = {name: value if isinstance(value, list) else [value] for name, value in filters.items()}
    whole = rare_earths.load("production", engine="arrow").to_pylist()
    expected = [row for row in whole if all(row[name] in values for name, values in wanted.items())]
    assert rare_earths.load("production", engine="arrow", **filters).to_pylist() == expected


def test_filters_take_ranges_series_and_missing():
    assert set(rare_earths.load("production", area="CHN", year=range(2020, 2023))["year"]) == {2020, 2021, 2022}
    years = pd.Series([2020, 2021], dtype="Int64")
    assert set(rare_earths.load("production", area="CHN", year=years)["year"]) == {2020, 2021}
    assert (
        rare_earths.load("areas", iso_alpha2=None)["area"].tolist()
        == rare_earths.load("areas", iso_alpha2=[None])["area"].tolist()
    )
    assert rare_earths.load("reserves_reported", as_of_year=pd.NA)["as_of_year"].isna().all()
    assert set(rare_earths.load("production", area="CHN", year=pd.Series([2020, pd.NA], dtype="Int64"))["year"]) == {2020}
    assert len(rare_earths.load("production", area=[])) == 0


@pytest.mark.parametrize(
    ("table", "filters", "message"),
    [
        ("trade_flows", {"product": 850511}, r"column 'product': 850511 is of type int; expected text.*'850511'"),
        ("production", {"year": "2024"}, "column 'year': '2024' is of type str; expected a year as a whole number"),
        ("production", {"year": True}, "True is of type bool"),
        ("production", {"area": "Vietnam"}, "'Vietnam' is no code of this column"),
        ("production", {"stage": "mining"}, "'mining' stands in no row; expected one of 'mine', 'refined'"),
        ("products", {"is_rare_earth_only": "true"}, "expected True or False"),
        ("areas", {"note": ""}, "an empty text stands in no row; None asks for rows without a value"),
        ("areas", {"m49": 4}, "4 is of type int; expected text.*such as '076'"),
        ("production", {"area": "Vietnam"}, r"such as 'CHN'; the table 'areas' lists them"),
        ("production", {"area": "XXX"}, "column 'area': 'XXX' is none of the codes that the table 'areas' lists$"),
        ("production", {"area": ["CHN", "XXX"]}, "'XXX' is none of the codes that the table 'areas' lists"),
        ("trade_flows", {"product": "8505.11"}, r"the table 'products' lists \(did you mean '850511'\?\)"),
        (
            "policy_actions",
            {"policy_type": "export_licensing", "source_id": "nobody"},
            "'nobody' is none of the codes that the table 'sources' lists",
        ),
    ],
)
def test_filters_that_can_match_nothing_are_refused(table, filters, message):
    with pytest.raises(ValueError, match=message):
        rare_earths.load(table, **filters)


def test_columns_are_a_list():
    assert rare_earths.load("areas", columns=["m49", "area"]).columns.tolist() == ["m49", "area"]
    assert rare_earths.load("areas", columns=(name for name in ("m49", "area"))).columns.tolist() == ["m49", "area"]
    with pytest.raises(ValueError, match=r"such as \['area'\]"):
        rare_earths.load("areas", columns="area")
    with pytest.raises(ValueError, match=r"a list of names.*not 5"):
        rare_earths.load("areas", columns=5)
    with pytest.raises(ValueError, match="columns names 'area' twice"):
        rare_earths.load("areas", columns=["area", "m49", "area"])


def test_a_code_that_cannot_be_looked_up_is_not_refused(copy):
    (copy.folder / "data" / "areas.csv").unlink()
    assert rare_earths.load("reserves", area="XXX", package=Package(copy.folder)).empty


def test_a_code_that_is_defined_but_in_no_row_is_no_mistake():
    assert rare_earths.load("reserves", area="ABW").empty
    assert len(rare_earths.load("production", area=["ABW", "CHN"], year=2024, stage="mine")) == 1


def test_engines_are_named_where_they_are_unknown():
    with pytest.raises(ValueError, match="no engine 'spark' here; expected one of 'pandas', 'polars', 'arrow', 'duckdb'"):
        rare_earths.load("areas", engine="spark")
    with pytest.raises(ValueError, match="no engine 'pandas' here; expected one of 'arrow', 'polars', 'duckdb'"):
        rare_earths.scan("areas", engine="pandas")


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("way", ["load", "scan"])
def test_a_missing_library_names_the_extra(engine, way, monkeypatch):
    monkeypatch.setitem(sys.modules, engine, None)
    with pytest.raises(ImportError, match=rf"pip install 'rare-earths\[{engine}\]'"):
        getattr(rare_earths, way)("areas", engine=engine)


def test_a_version_that_disagrees_with_the_package_is_refused(package):
    assert len(rare_earths.load("elements", version=rare_earths.__version__)) == 17
    with pytest.raises(ValueError, match="give one of them"):
        rare_earths.load("elements", version="0.0.1", package=package)


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import rare_earths", "pandas pyarrow polars duckdb numpy click"),
        ("import rare_earths; rare_earths.load('areas', engine='arrow')", "pandas polars duckdb"),
        ("import rare_earths; rare_earths.load('areas', engine='polars')", "pandas duckdb"),
        ("import rare_earths; rare_earths.load('areas', engine='duckdb')", "pandas polars"),
        ("import rare_earths; rare_earths.load('areas')", "polars duckdb"),
        ("import rare_earths; rare_earths.tables(), rare_earths.describe('areas'), rare_earths.cite('elements')", "pandas"),
    ],
)
def test_only_the_engine_asked_for_is_imported(code, absent):
    check = f"{code}\nimport sys\nprint([name for name in {absent.split()!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True).stdout.strip() == "[]"
