"""Whatever holds the rows, the same rules say the same of them, on every engine."""

import json
from functools import partial

import ibis
import jsonschema
import pandas
import pandera.errors
import pyarrow as pa
import pyarrow.parquet
import pytest
from click.testing import CliRunner

import rare_earths.validate as validation
from rare_earths import load
from rare_earths.arrow import arrow_schema, read_csv
from rare_earths.cli import main
from rare_earths.package import Package, UnknownTable
from rare_earths.validate import validate
from rare_earths.validate.compile import rules_of, schema_rules
from rare_earths.validate.inputs import PackageTables
from rare_earths.validate.reading import Reader
from rare_earths.validate.run import engine_named
from rare_earths.validate.schema import pandera_schema
from scripts.describe import resource
from scripts.release.packages import write_parquet
from scripts.tables import DATA, ROOT, schema

TABLE = "reserves_reported"
#: What is wrong with the rows of `broken`: rule, column, row, value.
WRONG = [
    ("enum", "grade", 2, "E"),
    ("foreign-key", "area", 3, "QQQ"),
    ("minimum", "reserves_t_reo", 1, "-5"),
    ("figure-as-printed", "reserves_t_reo", 1, "-5"),
]


def rows() -> pa.Table:
    return read_csv(DATA / f"{TABLE}.csv", arrow_schema(schema(TABLE)))


def broken() -> pa.Table:
    records = rows().to_pylist()
    records[0]["reserves_t_reo"] = -5.0
    records[1]["grade"] = "E"
    records[2]["area"] = "QQQ"
    return pa.Table.from_pylist(records, arrow_schema(schema(TABLE)))


def csv_file(table: pa.Table, folder):
    path = folder / "mine.csv"
    frame = table.to_pandas()
    frame.to_csv(path, index=False, lineterminator="\n", float_format="%.0f")
    return path


def parquet_file(table: pa.Table, folder):
    pyarrow.parquet.write_table(table, folder / "mine.parquet")
    return folder / "mine.parquet"


def parquet_files(table: pa.Table, folder):
    (folder / "parts").mkdir()
    pyarrow.parquet.write_table(table[:2], folder / "parts" / "a.parquet")
    pyarrow.parquet.write_table(table[2:], folder / "parts" / "b.parquet")
    return folder / "parts"


def spark_frame(table: pa.Table, folder):
    from rare_earths.validate.spark import session

    return session().read.parquet(str(parquet_file(table, folder)))


def polars_frame(table: pa.Table, folder):
    return pytest.importorskip("polars").from_arrow(table)


FORMS = {
    "csv": csv_file,
    "parquet": parquet_file,
    "folder": parquet_files,
    "arrow": lambda table, folder: table,
}
#: Forms that become an Arrow table, or a list of files, before an engine sees them.
SAME = {
    "glob": lambda table, folder: str(parquet_files(table, folder) / "*.parquet"),
    "pandas": lambda table, folder: table.to_pandas(),
    "stream": lambda table, folder: table.to_reader(),
    "polars": polars_frame,
}
check = partial(validate, table=TABLE)


def places(report):
    return sorted((p.rule, p.column, p.line, p.value) for p in report.errors)


@pytest.mark.parametrize("form", SAME)
def test_any_form_of_a_table(form, tmp_path):
    assert places(check(SAME[form](broken(), tmp_path))) == sorted(WRONG)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_is_found_on_every_engine(form, engine, tmp_path):
    first = 1 if form == "csv" else 0
    report = check(FORMS[form](broken(), tmp_path), engine=engine)
    assert places(report) == sorted((rule, column, line + first, value) for rule, column, line, value in WRONG)
    keys = {p.line - first: p.key for p in report.errors}
    assert keys[3] == {"source_id": rows()["source_id"][2].as_py(), "area": "QQQ"}


def test_a_spark_frame(engine, tmp_path):
    if engine == "duckdb":
        with pytest.raises(ValueError, match="engine='spark'"):
            check(type("DataFrame", (), {"__module__": "pyspark.sql.classic.dataframe"})())
        return
    assert places(check(spark_frame(broken(), tmp_path), engine=engine)) == sorted(WRONG)


def test_sound_rows_have_no_errors(engine, tmp_path):
    report = check(parquet_file(rows(), tmp_path), engine=engine)
    assert report.valid and report.checked == {TABLE: 125}
    assert report.notes == [f"keys of areas, sources are those of rare-earths {Package(ROOT).version}, which is installed"]


def test_rules_that_look_elsewhere_are_skipped_by_name(engine):
    report = validate(load("reserves"), table="reserves", engine=engine)
    assert report.valid
    assert report.skipped == ["reserves: chosen-is-reported, as it looks into reserves_reported, which is not at hand"]
    (skipped,) = [result for result in report.results if result.skipped]
    assert (skipped.rule, skipped.failures) == ("chosen-is-reported", 0)


def test_all_failures_are_counted_and_the_first_are_shown(engine, tmp_path):
    table = rows()
    spoilt = table.set_column(table.schema.get_field_index("grade"), "grade", pa.array(["E"] * table.num_rows))
    report = check(parquet_file(spoilt, tmp_path), engine=engine, examples=3)
    (result,) = [result for result in report.results if result.rule == "enum" and result.column == "grade"]
    assert result.failures == table.num_rows and [p.line for p in result.examples] == [1, 2, 3]
    assert report.counts() == {"enum": table.num_rows, "world-total": 1} and report.total("error") == table.num_rows
    assert check(parquet_file(spoilt, tmp_path), engine=engine, examples=0).problems == []


@pytest.mark.parametrize("value", [float("inf"), float("nan"), -1e308])
def test_numbers_that_are_none(value, engine, tmp_path):
    records = rows().to_pylist()
    records[0]["reserves_t_reo"] = value
    table = pa.Table.from_pylist(records, arrow_schema(schema(TABLE)))
    rules = {p.rule for p in check(parquet_file(table, tmp_path), engine=engine).errors}
    assert ("minimum" if value < 0 else "type") in rules


def test_a_column_of_another_type_is_found_and_its_cells_are_looked_at(engine, tmp_path):
    table = rows()
    place = table.schema.get_field_index("as_of_year")
    years = [str(year) for year in table["as_of_year"].to_pylist()]
    years[4] = "20200"
    report = check(parquet_file(table.set_column(place, "as_of_year", pa.array(years)), tmp_path), engine=engine)
    assert ("column-type", "as_of_year", None, "string") in places_of(report)
    assert ("type", "as_of_year", 5, "20200") in places_of(report)


def places_of(report):
    return {(p.rule, p.column, p.line, p.value) for p in report.errors}


def test_integers_of_another_width_and_dictionaries_hold_the_same_values(tmp_path):
    table = rows()
    table = table.set_column(table.schema.get_field_index("as_of_year"), "as_of_year", table["as_of_year"].cast(pa.int16()))
    table = table.set_column(table.schema.get_field_index("area"), "area", table["area"].dictionary_encode())
    assert check(table).errors == [] and check(parquet_file(table, tmp_path)).errors == []


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.select(table.column_names[::-1]),
        lambda table: table.drop_columns(["note"]),
        lambda table: table.append_column("extra", pa.nulls(table.num_rows, pa.string())),
    ],
)
def test_columns_in_another_order_missing_or_added(change, tmp_path):
    report = check(change(rows()))
    assert [p.rule for p in report.errors] == ["header"] and report.checked == {}


def test_the_parquet_files_of_a_release_are_checked_as_files(tmp_path, engine):
    described = []
    for name in ("areas", "sources", TABLE):
        path = tmp_path / f"{name}.parquet"
        described.append(resource(name, path, path.name, schema(name), write_parquet(name, path)))
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": described}), encoding="utf-8")
    assert validate(tmp_path, engine=engine, conformance=False).errors == []
    pyarrow.parquet.write_table(rows()[::-1], tmp_path / f"{TABLE}.parquet")
    report = validate(tmp_path, table=TABLE, engine=engine, conformance=False)
    assert set(report.counts()) - {"bytes", "world-total"} == {"hash", "sorted"}


def test_pandas_objects_that_are_no_column_are_read_as_text():
    frame = rows().to_pandas().astype({"reserves_t_reo": object})
    frame.loc[3, "reserves_t_reo"] = "2,000"
    assert ("type", "reserves_t_reo", 4, "2,000") in places_of(check(frame))


def test_categories_of_table_schema():
    definition = {
        "name": "t",
        "primaryKey": ["a"],
        "fields": [
            {"name": "a", "type": "string"},
            {"name": "b", "type": "string", "categories": [{"value": "x", "label": "X"}, "y"]},
        ],
    }
    (rule,) = [rule for rule in schema_rules(definition) if rule.name == "categories"]
    table = ibis.memtable({"a": ["1", "2", "3", "4"], "b": ["x", "y", "z", None]}, schema={"a": "string", "b": "string"})
    assert rule.holds(table, None).fill_null(True).name("holds").to_pyarrow().to_pylist() == [True, True, False, True]


def test_the_published_schema_runs_by_itself(engine):
    with Reader() as reader:
        backend = engine_named(engine, PackageTables(Package(ROOT)), reader)
        compiled = pandera_schema(TABLE, backend.table)
        assert len(compiled.checks) == len(rules_of(schema(TABLE)))
        columns = [field["name"] for field in schema(TABLE)["fields"]]
        sound = backend.table("reserves_reported")[columns]
        assert compiled.validate(sound, lazy=True).count().to_pyarrow().as_py() == 125
        with pytest.raises(pandera.errors.SchemaErrors, match="minimum of reserves_t_reo"):
            compiled.validate(sound.mutate(reserves_t_reo=-sound.reserves_t_reo), lazy=True)


def test_reports_follow_their_schema_and_are_the_same_on_every_engine(engine, tmp_path):
    definition = json.loads((ROOT / "src/rare_earths/validate/report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(definition)
    report = check(csv_file(broken(), tmp_path), engine=engine).as_json()
    jsonschema.validate(report, definition)
    again = check(csv_file(broken(), tmp_path)).as_json()
    assert report | {"engine": "any"} == again | {"engine": "any"}
    assert str(tmp_path) not in json.dumps(report)


def test_wrong_use():
    with pytest.raises(ValueError, match="there are duckdb, spark"):
        check(rows(), engine="sqlite")
    with pytest.raises(ValueError, match="say which table"):
        validate(rows())
    with pytest.raises(ValueError, match=r"tables is a list of names, such as \['reserves'\]"):
        validate(ROOT, tables="reserves")
    with pytest.raises(UnknownTable, match="no table 'weather'"):
        validate(rows(), table="weather")
    with pytest.raises(TypeError, match=r"cannot read a builtins\.int"):
        check(3)


def run(*words):
    return CliRunner().invoke(main, ["validate", *map(str, words)])


def test_the_command_checks_a_file(tmp_path):
    good, bad = parquet_file(rows(), tmp_path), csv_file(broken(), tmp_path)
    assert run(good, "--table", TABLE).exit_code == 0
    shown = run(bad, "--table", TABLE, "--report", tmp_path / "report.json")
    assert shown.exit_code == 1 and "QQQ" in shown.output and "NOT valid: 1 tables, 125 rows, 4 errors" in shown.output
    printed = run(bad, "--table", TABLE, "--json")
    assert printed.output == (tmp_path / "report.json").read_text(encoding="utf-8")
    assert len(json.loads(run(bad, "--table", TABLE, "--json", "--examples", "0").output)["problems"]) == 0
    named = tmp_path / f"{TABLE}.parquet"
    good.rename(named)
    assert run(named).exit_code == 0


def test_the_command_says_what_is_missing(tmp_path):
    for words, message in (
        ([parquet_file(rows(), tmp_path)], "say which table"),
        ([tmp_path / "none.csv", "--table", TABLE], "there is no"),
        ([ROOT / "pyproject.toml", "--table", TABLE], "expected one .csv file, or .parquet files"),
    ):
        result = run(*words)
        assert result.exit_code == 2 and message in result.output


def test_the_command_refuses_what_is_not_safe(copy):
    path = copy.folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"][0]["path"] = "../data/areas.csv"
    path.unlink()
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    result = run(copy.folder, "--fast")
    assert result.exit_code == 3 and "refused" in result.output


def test_progress_names_each_step():
    steps = []
    check(rows(), progress=steps.append)
    assert steps == [f"{TABLE}: file", f"{TABLE}: rules"]
    assert validation.__all__ == ["Problem", "Report", "Result", "show", "validate"]


def test_pandas_needs_no_file(tmp_path):
    assert isinstance(load(TABLE), pandas.DataFrame) and check(load(TABLE)).valid


#: Cells of trade flows that are spoilt, each in a row of its own.
SPOILT = {
    "reporter": "QQQ",
    "product": "850512",
    "flow": "transit",
    "period": "2024-13",
    "freq": "Q",
    "partner": None,
    "source_id": "hmrc-2024-2026-via-critical-materials-atlas",
    "valuation": None,
    "value": -1.0,
    "net_weight_kg": float("inf"),
    "currency": None,
    "value_qualifier": "nil",
    "locator": "record=5; ",
    "note": "NaN",
    "grade": "A ",
}


def test_asking_once_per_combination_of_values_says_the_same(monkeypatch):
    records = read_csv(DATA / "trade_flows.csv", arrow_schema(schema("trade_flows"))).to_pylist()
    for place, (column, value) in enumerate(SPOILT.items()):
        records[place * 2_000][column] = value
    table = pa.Table.from_pylist(records, arrow_schema(schema("trade_flows")))
    found = []
    for sample in (1_000, 10**9):
        monkeypatch.setattr("rare_earths.validate.duck.SAMPLE", sample)
        found.append(validate(table, table="trade_flows").as_json())
    assert found[0] == found[1]
    assert {problem["column"] for problem in found[0]["problems"]} >= set(SPOILT) - {"freq", "net_weight_kg"}
    assert len(found[0]["counts"]) >= 12


def test_some_rules_are_asked_once_per_combination_of_values():
    from rare_earths.validate.narrow import cells_of, grouped

    with Reader() as reader:
        engine = engine_named("duckdb", PackageTables(Package(ROOT)), reader)
        table, rules = engine.table("trade_flows"), {(rule.name, rule.column): rule for rule in rules_of(schema("trade_flows"))}
        assert cells_of(rules["enum", "flow"], engine.table, table) == {"flow"}
        assert cells_of(rules["code-in-its-years", "product"], engine.table, table) == {"product", "period"}
        assert cells_of(rules["primary-key", "reporter"], engine.table, table) is None
        assert cells_of(rules["annual-sum", "net_weight_kg"], engine.table, table) is None
        groups = grouped(list(rules.values()), engine.table, table, {"flow": 2, "product": 90, "period": 30, "grade": 3})
        assert (
            any(columns >= {"period", "product"} for columns in groups) and rules["pattern", "locator"] in groups[frozenset()]
        )
        assert sum(map(len, groups.values())) == len(rules)
