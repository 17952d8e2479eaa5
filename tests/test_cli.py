"""The command, as a user types it."""

import csv
import io
import json
import sys

import openpyxl
import pyarrow.parquet
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

import rare_earths
from rare_earths import exporting
from rare_earths.cli import main
from rare_earths.package import bundled
from rare_earths.workbook import write_workbook
from scripts.tables import ROOT, tables


def run(*words, status=0):
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == status, result.output
    return result.output


def test_tables():
    assert "reserves_reported" in run("tables")
    assert {"table": "reserves"}.items() <= next(
        r for r in json.loads(run("tables", "--json")) if r["table"] == "reserves"
    ).items()


def test_load_prints_csv_in_which_na_is_text():
    (row,) = csv.DictReader(io.StringIO(run("load", "areas", "area=NAM")))
    assert row["iso_alpha2"] == "NA"


@pytest.mark.parametrize("table", ["reserves", "sources", "elements", "revisions"])
def test_load_prints_what_the_file_holds(table):
    assert run("load", table) == (ROOT / "data" / f"{table}.csv").read_text(encoding="utf-8")


def test_files_of_each_format_hold_the_same_rows(tmp_path):
    expected = rare_earths.load("areas", engine="arrow", kind=["group", "residual"])
    for kind in ("csv", "json", "parquet", "xlsx"):
        run("load", "areas", "kind=group", "kind=residual", "--out", str(tmp_path / f"areas.{kind}"))
    rows = expected.to_pylist()
    assert json.loads((tmp_path / "areas.json").read_text(encoding="utf-8")) == rows
    assert pyarrow.parquet.read_table(tmp_path / "areas.parquet").equals(expected)
    with open(tmp_path / "areas.csv", encoding="utf-8", newline="") as file:
        assert [{k: v or None for k, v in row.items()} for row in csv.DictReader(file)] == rows
    head, *cells = openpyxl.load_workbook(tmp_path / "areas.xlsx")["rows"].iter_rows(values_only=True)
    assert [dict(zip(head, row, strict=True)) for row in cells] == rows
    assert sorted(path.name for path in tmp_path.iterdir()) == ["areas.csv", "areas.json", "areas.parquet", "areas.xlsx"]


@pytest.mark.parametrize("kind", ["csv", "json", "parquet", "xlsx"])
def test_a_file_that_cannot_be_written_exits_with_3_and_leaves_nothing(kind, tmp_path):
    out = tmp_path / "missing" / f"areas.{kind}"
    assert "missing" in run("load", "areas", "--out", str(out), status=3)
    assert not list(tmp_path.iterdir())


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    out = tmp_path / "areas.csv"
    out.write_text("old", encoding="utf-8")

    def full(rows, file):
        file.write("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(exporting.TEXTS, "csv", full)
    assert "No space left" in run("load", "areas", "--out", str(out), status=3)
    assert out.read_text(encoding="utf-8") == "old" and [path.name for path in tmp_path.iterdir()] == ["areas.csv"]


def test_workbooks_name_their_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    assert "pip install 'rare-earths[xlsx]'" in run("load", "areas", "--out", str(tmp_path / "areas.xlsx"), status=2)


@given(st.text(max_size=20))
@settings(max_examples=15, deadline=None)
def test_any_text_stays_text_in_a_workbook(tmp_path_factory, text):
    """A formula, a number or a link by the look of it is written as the text that it is."""
    path = tmp_path_factory.mktemp("book") / "rows.xlsx"
    schema = pyarrow.schema([pyarrow.field("code", pyarrow.string(), metadata={"unit": "1"})])
    write_workbook(pyarrow.table({"code": [text, "=1+1", "004", "https://example.org/"]}, schema=schema), path, bundled())
    sheet = openpyxl.load_workbook(path)["rows"]
    legal = ILLEGAL_CHARACTERS_RE.sub("", text)
    if legal == text and "_x" not in text and "\r" not in text:
        assert (sheet["A2"].value or "") == text
    assert [sheet[f"A{line}"].value for line in (3, 4, 5)] == ["=1+1", "004", "https://example.org/"]
    assert {sheet[f"A{line}"].data_type for line in (4, 5)} == {"s"}


def test_filters_are_typed_by_the_schema():
    rows = json.loads(run("load", "elements", "atomic_number=60", "atomic_number=66", "--columns", "symbol,oxide", "--json"))
    assert rows == [{"symbol": "Dy", "oxide": "Dy2O3"}, {"symbol": "Nd", "oxide": "Nd2O3"}]
    assert json.loads(run("load", "products", "is_rare_earth_only=false", "product=850511", "--columns", "code", "--json")) == [
        {"code": "850511"}
    ]
    assert run("load", "areas", "iso_alpha2=", "kind=residual", "--columns", "area") == "area\nXOT\n"


@pytest.mark.parametrize(
    "words",
    [
        ["tables"],
        ["describe", "reserves"],
        ["load", "reserves", "area=VNM"],
        ["cite", "reserves", "area=VNM"],
        ["explain", "reserves", "area=VNM"],
        ["in-force", "2025-11-20", "--jurisdiction", "CHN"],
    ],
)
def test_every_answer_comes_as_json(words):
    assert json.loads(run(*words, "--json"))


def test_the_list_of_commands_says_what_each_does_in_a_whole_sentence():
    _, _, listed = run("--help").partition("Commands:\n")
    assert listed and all(line.endswith(".") and not line.endswith("...") for line in listed.splitlines())


def test_a_file_in_no_folder_is_named_with_what_to_do(tmp_path):
    out = tmp_path / "none" / "areas.csv"
    shown = run("load", "areas", "--out", str(out), status=3)
    assert f"{out} cannot be written: there is no folder {out.parent}; make it first" in shown


def test_every_command_has_help_and_is_found_by_its_name():
    names = main.list_commands(None)
    assert {"cite", "describe", "explain", "in-force", "load", "tables", "validate"} <= set(names)
    for name in names:
        assert f"Usage: main {name}" in run(name, "--help")
    assert "No such command" in run("weather", status=2)


def test_completion_of_commands_tables_and_columns():
    complete = ShellComplete(main, {}, "rare-earths", "_RARE_EARTHS_COMPLETE")
    offered = lambda words, begun: [item.value for item in complete.get_completions(words, begun)]  # noqa: E731
    assert offered([], "exp") == ["explain"]
    assert offered(["load"], "reser") == ["reserves", "reserves_reported"]
    assert offered(["load", "reserves"], "ar") == ["area="]


def test_cite_styles():
    assert [item["id"] for item in json.loads(run("cite", "reserves", "area=VNM", "as_of_year=2024", "--json"))][1:] == [
        "usgs-mcs-2025"
    ]
    assert run("cite", "reserves", "area=VNM", "as_of_year=2024", "--style", "ris").startswith("TY  - DATA\n")


def test_cite():
    assert "@techreport{usgs-mcs-2026-v1.3," in run("cite", "reserves", "area=VNM", "as_of_year=2025")


def test_explain():
    text = run("explain", "reserves", "area=BRA")
    assert "21,000,000 t" in text and "11,000,000 t" in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["load", "weather"], "no table 'weather'"),
        (["load", "areas", "country=X"], "no column 'country'"),
        (["load", "areas", "NAM"], "no COLUMN=VALUE"),
        (["load", "reserves", "area=XXX"], "'XXX' is none of the codes that the table 'areas' lists"),
        (["cite", "trade_flows", "product=8505.11"], "did you mean '850511'"),
        (["explain", "reserves", "area=ABW"], "nothing was reported"),
        (["explain", "reserves", "area=Brazil"], "no code of this column"),
        (["load", "reserves", "as_of_year=soon"], "is of type year"),
        (["load", "reserves", "--out", "reserves.doc"], "does not tell the format"),
        (["load", "reserves", "--format", "xlsx"], "give a file with --out"),
        (["load", "reserves", "--columns", "country"], "no column 'country'"),
        (["in-force", "2025-13-40"], "is no day"),
        (["explain", "areas", "area=BRA"], "'areas' is not one of"),
        (["validate", str(ROOT / "tests")], "holds no datapackage.json"),
    ],
)
def test_wrong_use_exits_with_2_and_says_why(words, message):
    assert message in run(*words, status=2)


def test_validate(copy, tmp_path):
    out = run("validate", str(copy.folder), "--fast", "--raw", str(tmp_path / "none"))
    assert f"valid: {len(tables())} tables" in out and "skipped: archived cells" in out
    report = json.loads(run("validate", str(copy.folder), "--fast", "--json", "--raw", str(tmp_path / "none")))
    assert report["valid"] and report["rows_checked"]["reserves_reported"] == 125


def test_validate_shows_where_and_how_to_mend(copy, tmp_path):
    rows = copy.rows("reserves_reported")
    rows[1]["reserves_t_reo"] = "-5"
    copy.write("reserves_reported", rows)
    out = run("validate", str(copy.folder), "--fast", "--raw", str(tmp_path / "none"), status=1)
    for text in (
        "reserves_reported",
        "line 3",
        "reserves_t_reo",
        "(minimum)",
        "-5",
        "at least 0",
        "correct the figure",
        "NOT valid",
    ):
        assert text in out
