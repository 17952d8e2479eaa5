"""Every file of the release that holds all tables at once, opened by a reader that people use."""

import csv
import io
import json
import re
import sqlite3
import subprocess
import zipfile
from pathlib import Path

import frictionless
import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from rare_earths.spelling import cell
from scripts.project import project
from scripts.release.archive import write_zip
from scripts.release.database import create
from scripts.release.workbook import OPTIONS, write_table
from scripts.tables import ROOT, schema, tables
from tests.conftest import built

pytestmark = pytest.mark.release


def asset(ending: str) -> Path:
    return built(f"dist/rare-earths-{project()['version']}{ending}")


def canonical(table: str) -> list[list[str]]:
    with open(ROOT / "data" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@pytest.fixture(scope="module")
def database():
    connection = sqlite3.connect(f"file:{asset('.sqlite')}?mode=ro", uri=True)
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def workbook():
    return openpyxl.load_workbook(asset(".xlsx"), read_only=True)


@pytest.mark.parametrize("table", tables())
def test_the_database_has_every_row_as_the_csv_spells_it(database, table):
    kinds = [field["type"] for field in schema(table)["fields"]]

    def spelled(value, kind):
        return cell(bool(value) if kind == "boolean" and value is not None else value)

    rows = [[spelled(*pair) for pair in zip(row, kinds, strict=True)] for row in database.execute(f'SELECT * FROM "{table}"')]
    assert sorted(rows) == sorted(canonical(table))


def test_the_database_is_whole(database):
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    expected = sum(len({tuple(key["fields"]) for key in schema(table).get("foreignKeys", [])}) for table in tables())
    found = [
        database.execute(f'SELECT count(DISTINCT id) FROM pragma_foreign_key_list("{table}")').fetchone()[0]
        for table in tables()
    ]
    assert sum(found) == expected > 20
    strict = database.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'").fetchall()
    assert {name for name, is_strict in strict if is_strict} == {*tables(), "_columns", "_package", "_tables"}


def test_the_database_refuses_what_the_schema_forbids(database):
    memory = sqlite3.connect(":memory:")
    names = {"reserves": 13, "sources": 20}
    for table, size in names.items():
        memory.execute(create(schema(table)))
        good = list(database.execute(f"SELECT * FROM {table}").fetchone())
        assert len(good) == size
        memory.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * size)})", good)
        faults = {"reserves": {0: None, 1: "about 2024", 2: "NA"}, "sources": {0: None, 16: 2, 2: None}}[table]
        for place, value in ({None: None} | faults).items():
            row = [value if here == place else old for here, old in enumerate(good)]
            with pytest.raises(sqlite3.IntegrityError):
                memory.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * size)})", row)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.execute("DELETE FROM areas")


def test_the_database_explains_itself(database):
    found = database.execute('SELECT "column", type, unit, required, description FROM _columns WHERE "table" = ?', ["reserves"])
    assert found.fetchall() == [
        (f["name"], f["type"], f.get("unit"), int(f.get("constraints", {}).get("required", False)), f["description"])
        for f in schema("reserves")["fields"]
    ]
    package = dict(database.execute("SELECT property, value FROM _package"))
    assert (package["version"], package["licence"]) == (project()["version"], "CC-BY-4.0")
    assert package["citation"].startswith("@misc{rare-earths-")
    assert dict(database.execute('SELECT "table", rows FROM _tables'))["reserves_reported"] == 125


def test_the_database_answers_usual_questions_from_its_keys(database):
    for condition in ("reporter = 'CHN' AND product = '850511'", "partner = 'DEU'"):
        plan = " ".join(row[3] for row in database.execute(f"EXPLAIN QUERY PLAN SELECT * FROM trade_flows WHERE {condition}"))
        assert "SEARCH" in plan, plan
    sql = "SELECT reserves_t_reo FROM reserves WHERE area = 'VNM' AND as_of_year = 2025"
    assert database.execute(sql).fetchall() == [(3_500_000,)]


def test_pandas_reads_the_database(database):
    frame = pd.read_sql("SELECT area, iso_alpha2, m49 FROM areas WHERE area IN ('BRA', 'NAM') ORDER BY area", database)
    assert frame.to_numpy().tolist() == [["BRA", "BR", "076"], ["NAM", "NA", "516"]]


def test_the_database_is_small_enough_for_a_browser():
    assert asset(".sqlite").stat().st_size < 15 * 2**20


@pytest.mark.parametrize("table", sorted(set(tables()) - {"trade_flows"}))
def test_the_workbook_has_every_row_as_the_csv_spells_it(workbook, table):
    header, *rows = ([value for value in row] for row in workbook[table].iter_rows(values_only=True))
    fields = schema(table)["fields"]
    assert header == [field["name"] for field in fields]
    for row in rows:
        for value, field in zip(row, fields, strict=True):
            assert value is None or isinstance(value, str) == (field["type"] == "string")
    assert [[cell(value) for value in row] for row in rows] == canonical(table)


def test_the_workbook_has_all_trade_flows(workbook):
    # Counted in the file itself: reading a million cells takes a reader longer than all other tests together.
    with zipfile.ZipFile(asset(".xlsx")) as archive:
        sheet = archive.read(f"xl/worksheets/sheet{workbook.sheetnames.index('trade_flows') + 1}.xml").decode()
    assert len(re.findall("<row ", sheet)) - 1 == len(canonical("trade_flows"))
    assert f'<autoFilter ref="A1:AA{len(canonical("trade_flows")) + 1}"/>' in sheet
    first = [[cell(value) for value in row] for row in workbook["trade_flows"].iter_rows(2, 500, values_only=True)]
    assert first == canonical("trade_flows")[:499]


def test_the_workbook_says_what_it_is(workbook):
    assert workbook.sheetnames == ["read me", "columns", *tables()]
    about = dict(row[:2] for row in workbook["read me"].iter_rows(values_only=True))
    assert about["Version"].startswith(project()["version"]) and "creativecommons.org/licenses/by/4.0" in about["Licence"]
    assert about["BibTeX"].startswith("@misc{rare-earths-")
    assert workbook["columns"].max_row - 1 == sum(len(schema(table)["fields"]) for table in tables())
    assert workbook.properties.created.isoformat() == f"{project()['released']}T00:00:00"


def test_sheets_have_a_frozen_header_and_filters():
    with zipfile.ZipFile(asset(".xlsx")) as archive:
        for place, table in enumerate(tables(), start=3):
            sheet = archive.read(f"xl/worksheets/sheet{place}.xml").decode()
            assert 'ySplit="1"' in sheet and 'state="frozen"' in sheet and "<autoFilter " in sheet, table
            assert "<f>" not in sheet


def test_what_looks_like_a_formula_stays_text(tmp_path):
    texts = ["=1+1", "NA", "0076", "https://example.org/", "NaN", "@x", "-1", "{=1}"]
    with xlsxwriter.Workbook(tmp_path / "x.xlsx", OPTIONS) as book:
        write_table(book.add_worksheet("x"), ["text"], [[text] for text in texts], book.add_format())
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["x"]
    found = [sheet.cell(row, 1) for row in range(2, 2 + len(texts))]
    assert [each.value for each in found] == texts and {each.data_type for each in found} <= {"s", "f"}
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        assert "<f>" not in archive.read("xl/worksheets/sheet1.xml").decode()


#: What a cell of ours may hold: no control characters; the longest text of a workbook is 32,767 characters.
CELLS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1, max_size=30).filter(str.strip)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(CELLS, st.one_of(st.none(), st.integers(-(2**53), 2**53), st.booleans())), min_size=1, max_size=5))
def test_any_text_and_number_comes_back_from_a_workbook(rows):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        write_table(book.add_worksheet("x"), ["text", "value"], rows, book.add_format())
    found = openpyxl.load_workbook(buffer, read_only=True)["x"].iter_rows(2, values_only=True)
    assert [(text, value) for text, value in found] == rows


def test_the_zip_is_a_data_package(tmp_path):
    with zipfile.ZipFile(asset(".zip")) as archive:
        assert archive.testzip() is None
        assert {(entry.date_time, entry.external_attr >> 16) for entry in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 0o100644)
        }
        archive.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    assert frictionless.Package(str(folder / "datapackage.json")).resource_names == tables()
    assert frictionless.validate(str(folder / "datapackage.json"), limit_rows=100).valid
    assert (folder / "data" / "areas.csv").read_bytes() == (ROOT / "data" / "areas.csv").read_bytes()


def test_the_zip_says_what_is_in_it_and_every_place_is_there():
    with zipfile.ZipFile(asset(".zip")) as archive:
        names = [name.partition("/")[2] for name in archive.namelist()]
        (text,) = (archive.read(name).decode() for name in archive.namelist() if name.endswith("/README.md"))
    places = re.findall(r"^\| `(.+?)` \|", text, re.M)
    assert {name for name in names if not any(name.startswith(place) for place in places)} == {"README.md"}
    assert all(any(name.startswith(place) for name in names) for place in places)
    links = re.findall(r"\]\((.+?)\)", text)
    assert links == [f"data/{table}.csv" for table in tables()] and set(links) <= set(names)
    assert project()["version"] in text and "NA is the code of Namibia" in text and "@misc{rare-earths-" in text


def test_a_failed_archive_leaves_the_old_one(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"old")
    with pytest.raises(FileNotFoundError):
        write_zip(tmp_path / "x.zip", [("a", tmp_path / "missing")])
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("x.zip", b"old")]


def test_the_archive_of_the_site_is_the_site():
    with zipfile.ZipFile(asset("-site.zip")) as archive:
        names = set(archive.namelist())
        assert archive.read("index.html") == built("site/index.html").read_bytes()
    site = built("site")
    assert names == {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def test_sha256sum_accepts_the_checksums():
    done = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=built("dist"), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_content_hash_is_what_a_shell_computes():
    command = "LC_ALL=C sha256sum *.csv | sha256sum"
    found = subprocess.run(
        ["sh", "-c", command], cwd=built("dist/data"), capture_output=True, text=True, check=True
    ).stdout.split()[0]
    for place in (ROOT, built("dist"), built("dist/parquet")):
        descriptor = json.loads((place / "datapackage.json").read_text(encoding="utf-8"))
        assert descriptor["contentHash"] == f"sha256:{found}"


def test_the_notes_tell_the_changelog_and_the_numbers():
    notes = built("dist/RELEASE-NOTES.md").read_text(encoding="utf-8")
    assert notes.startswith(f"# Rare Earths {project()['version']} ({project()['released']})\n")
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    assert f"{len(tables())} tables with {sum(r['rows'] for r in descriptor['resources']):,} rows" in notes
    assert descriptor["contentHash"] in notes
