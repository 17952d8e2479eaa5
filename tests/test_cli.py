"""The command, as a user types it."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from rare_earths.cli import main
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
