"""The recipes for SQL, R and Excel, run as they are printed where the tool is at hand."""

import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import duckdb
import openpyxl
import pytest
from click.testing import CliRunner

from rare_earths.cli import main
from rare_earths.exporting import write
from rare_earths.loading import read
from scripts.project import project
from scripts.tables import DATA, ROOT
from tests.conftest import built

RECIPES = ROOT / "docs" / "recipes"
BLOCK = re.compile(r'^```(\w+)(?: title="(.+?)")?\n(.*?)^```$', re.M | re.S)
PARQUET = ("areas", "reserves", "trade_flows")
CSV = ("areas", "production", "products", "reserves")


def blocks(page: str, language: str, title: str | None = None) -> list[str]:
    text = (RECIPES / f"{page}.md").read_text(encoding="utf-8")
    found = [code for lang, named, code in BLOCK.findall(text) if lang == language and (title is None or named == title)]
    assert found, f"{page}.md has no block of {language} {title or ''}"
    return found


@pytest.fixture(scope="module")
def download(tmp_path_factory, package) -> Path:
    """A folder with the files that a reader of the recipes has downloaded."""
    folder = tmp_path_factory.mktemp("download")
    for table in CSV:
        shutil.copyfile(DATA / f"{table}.csv", folder / f"{table}.csv")
    for table in PARQUET:
        write(read(package, table), folder / f"{table}.parquet", "parquet", package)
    return folder


def statements(code: str):
    """Statements of a block, each with the rows that the comments behind it say it gives."""
    for text, said in re.findall(r"(.+?;)\n((?:-- [^\n]*\n)*)", code, re.S):
        yield text, [line.removeprefix("-- ") for line in said.splitlines()]


def check(connection, code: str) -> int:
    checked = 0
    for text, said in statements(code):
        rows = connection.execute(text).fetchall()
        if said:
            assert [" | ".join(map(str, row)) for row in rows] == said, text
            checked += 1
    return checked


def test_duckdb(download, monkeypatch):
    monkeypatch.chdir(download)
    with duckdb.connect() as connection:
        assert [check(connection, code) for code in blocks("sql", "sql", "DuckDB")] == [2, 1, 3]


def test_sqlite(download, monkeypatch):
    if not (tool := shutil.which("sqlite3")):
        pytest.skip("needs the command sqlite3")
    monkeypatch.chdir(download)
    (session,) = blocks("sql", "console", "SQLite")
    first, *lines = session.splitlines()
    database = first.removeprefix("$ sqlite3 ")
    typed = "\n".join(re.sub(r"^(sqlite|   \.\.\.)> ", "", line) for line in lines)
    done = subprocess.run([tool, "-bail", database], input=typed, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    with sqlite3.connect(database) as connection:
        assert [check(connection, code) for code in blocks("sql", "sql", "SQLite")] == [3]


@pytest.mark.release
def test_the_released_sqlite_file():
    path = built(f"dist/rare-earths-{project()['version']}.sqlite")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        assert [check(connection, code) for code in blocks("sql", "sql", "SQLite, released file")] == [2]


@pytest.mark.parametrize("title", ["readr", "base"])
def test_r(download, title):
    if not (tool := shutil.which("Rscript")):
        pytest.skip("needs R")
    for code in blocks("r", "r", title):
        needed = re.findall(r"^library\((\w+)\)", code, re.M)
        guard = "".join(f'if (!requireNamespace("{name}", quietly = TRUE)) quit(status = 99)\n' for name in needed)
        done = subprocess.run([tool, "-e", guard + code], capture_output=True, text=True, cwd=download)
        if done.returncode == 99:
            pytest.skip(f"needs the R packages {', '.join(needed)}")
        assert done.returncode == 0, done.stderr


def test_excel(tmp_path, monkeypatch):
    pytest.importorskip("xlsxwriter")
    monkeypatch.chdir(tmp_path)
    (session,) = blocks("excel", "console")
    for line in session.splitlines():
        result = CliRunner().invoke(main, line.removeprefix("$ rare-earths ").split())
        assert result.exit_code == 0, result.output
    book = openpyxl.load_workbook("areas.xlsx")
    assert book.sheetnames == ["rows", "fields", "sources"]
    head, *rows = book["rows"].iter_rows(values_only=True)
    found = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert (found["AFG"]["m49"], found["NAM"]["iso_alpha2"], found["NAM"]["note"]) == ("004", "NA", None)
    assert book["rows"]["D3"].number_format == "@" and book["rows"]["D3"].data_type == "s"
    book = openpyxl.load_workbook("reserves.xlsx")
    units = {row[0]: row[1] for row in book["fields"].iter_rows(values_only=True)}
    assert units["reserves_t_reo"] == "t REO"
    (vietnam,) = (row for row in book["rows"].iter_rows(values_only=True) if row[:2] == ("VNM", 2024))
    assert vietnam[2] == 3_500_000
    assert any(row[0] == "usgs-mcs-2025" for row in book["sources"].iter_rows(values_only=True))


def test_analysis_prints_what_the_page_shows(monkeypatch, capsys):
    text, names = (RECIPES / "analysis.md").read_text(encoding="utf-8"), {}
    shown = re.findall(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```$", text, re.M | re.S)
    assert len(shown) == text.count("```python")
    for code, expected in shown:
        exec(code, names)
        assert capsys.readouterr().out == expected, code


def test_quick_start_runs(download, monkeypatch, capsys):
    monkeypatch.chdir(download)
    names = {}
    for code in re.findall(
        r"^```python\n(.*?)^```$", (ROOT / "docs" / "quick-start.md").read_text(encoding="utf-8"), re.M | re.S
    ):
        exec(code, names)
    assert "11,000,000 t" in capsys.readouterr().out


def test_pages_say_what_is_not_run():
    text = (RECIPES / "julia.md").read_text(encoding="utf-8")
    assert "not run by the tests" in text
    assert blocks("r", "r", "arrow") and "not: " in (RECIPES / "r.md").read_text(encoding="utf-8").replace("not:\n", "not: ")
