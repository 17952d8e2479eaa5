"""BACI as CEPII offers it: what is taken from a zip, what stops the run, and that both engines answer alike."""

import csv
import io
import shutil
from decimal import Decimal
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.baci import __main__ as command
from scripts.baci import engines, layout, records, replica
from scripts.local import extension

COUNTRIES = [("156", "China", "CN", "CHN"), ("276", "Germany", "DE", "DEU"), ("490", "Other Asia, nes", "", "S19")]
PRODUCTS = [("10121", "Horses"), ("850511", "Magnets")]
NAME = "BACI_HS17_Y2024_V202601.csv"


def text_of(columns, rows):
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([columns, *rows])
    return buffer.getvalue()


def baci(folder, flows, columns=tuple(layout.FLOW_COLUMNS), name=NAME):
    path = folder / "BACI_HS17_V202601.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("country_codes_V202601.csv", text_of(layout.COUNTRY_COLUMNS, COUNTRIES))
        archive.writestr("product_codes_HS17_V202601.csv", text_of(layout.PRODUCT_COLUMNS, PRODUCTS))
        archive.writestr(name, text_of(columns, flows))
        archive.writestr("Readme.txt", "about the files")
    return path


def rows_of(path):
    return command.take(path, ["850511"])[0]


values = st.integers(1, 10**12).map(lambda number: Decimal(number).scaleb(-3))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(values, st.none() | values), min_size=2, max_size=2))
def test_amounts_are_converted_exactly(tmp_path_factory, amounts):
    sides = [("156", "276"), ("276", "156")]
    flows = [
        ("2024", *side, "850511", f"{v:>20}", "NA" if q is None else f"{q:>20}")
        for side, (v, q) in zip(sides, amounts, strict=True)
    ]
    rows = rows_of(baci(tmp_path_factory.mktemp("baci"), flows))
    assert [row["value"] for row in rows] == [float(v * 1000) for v, _ in amounts]
    assert [row.get("net_weight_kg") for row in rows] == [None if q is None else float(q * 1000) for _, q in amounts]


def test_what_is_wanted_is_kept(tmp_path):
    flows = [("2024", "156", "276", "10121", "1", "1"), ("2024", "490", "156", "850511", "1.5", "NA")]
    (row,) = rows_of(baci(tmp_path, flows))
    assert (row["reporter"], row["partner"], row["value"], row["quantity_qualifier"]) == ("TWN", "CHN", 1500, "not_available")
    assert row["locator"] == f"table={NAME}; row=490 156 850511"
    assert "490" in row["note"]


@pytest.mark.parametrize(
    ("flow", "columns", "message"),
    [
        (("2024", "999", "276", "850511", "1", "1"), None, "i 999, j 276, k 850511, column i: country '999'"),
        (("2023", "156", "276", "850511", "1", "1"), None, "column t: expected 2024, found '2023'"),
        (("2024", "156", "276", "850511", "much", "1"), None, "column v: 'much' is no number"),
        (("2024", "156", "276", "850511", "-1", "1"), None, "column v: .*not negative"),
        (("2024", "156", "276", "850511", "", "1"), None, "column v: expected a number, found nothing"),
        (("2024", "156", "276", "850511", "1", "inf"), None, "column q: .*not negative"),
        (("2024", "156", "276", "850511", "1"), None, f"(?s){NAME}: .*Line: 2.*Expected Number of Columns: 6 Found: 5"),
        (("2024", "156", "276", "850511", "1", "1"), ["t", "i", "j", "k", "v", "w"], "columns have changed"),
    ],
)
def test_the_run_stops_at_what_is_not_known(flow, columns, message, tmp_path):
    path = baci(tmp_path, [flow], columns or layout.FLOW_COLUMNS)
    with pytest.raises(ValueError, match=message):
        rows_of(path)


def test_a_flow_stands_once(tmp_path):
    flow = ("2024", "156", "276", "850511", "1", "1")
    with pytest.raises(ValueError, match="i 156, j 276, k 850511: stands twice"):
        rows_of(baci(tmp_path, [flow, flow]))


def test_a_product_of_another_revision(tmp_path):
    with pytest.raises(ValueError, match="no products"):
        command.take(baci(tmp_path, []), ["284690"])


def test_a_zip_of_something_else(tmp_path):
    with pytest.raises(ValueError, match="is this a zip of BACI"):
        rows_of(baci(tmp_path, [], name="flows.csv"))


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return replica.write(tmp_path_factory.mktemp("replica"), rows=20_000, years=3)


def test_a_replica_has_the_size_and_the_layout_asked_for(large):
    with ZipFile(large) as archive:
        years = layout.year_files(archive)
        counts = [archive.read(year.name).count(b"\n") - 1 for year in years]
        assert ([year.year for year in years], sum(counts)) == (["2022", "2023", "2024"], 20_000)
        assert b"No figure here is a statistic" in archive.read("Readme.txt")


def test_all_our_codes_are_taken(large):
    rows, about = command.take(large, [])
    with ZipFile(large) as archive:
        texts = [archive.read(year.name).decode() for year in layout.year_files(archive)]
    expected = sum(line.split(",")[3] in replica.OURS for text in texts for line in text.splitlines())
    assert len(rows) == expected > 0
    assert {row["product"] for row in rows} <= set(replica.OURS)
    assert about["source_id"] == "cepii-baci-hs92-v202601"


def test_spark_answers_the_same(large, tmp_path):
    if not shutil.which("java"):
        pytest.skip("needs Java for Spark")
    session = (
        pytest.importorskip("pyspark.sql", reason="needs the extra spark").SparkSession.builder.master("local[1]").getOrCreate()
    )
    with ZipFile(large) as archive:
        years, codes = layout.year_files(archive), layout.countries(archive)
        answers = [
            engines.on_duckdb(archive, years, replica.OURS),
            engines.on_spark(session, archive, years, replica.OURS, tmp_path),
        ]
    first, second = (records.rows(answer.to_pylist(), codes, "a") for answer in answers)
    assert first == second


def test_the_command_writes_rows_and_their_source(large, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(extension.write, "__defaults__", (tmp_path,))
    command.main([str(large), "--code", "850511"])
    folder = tmp_path / "baci-hs92-v202601"
    assert sorted(path.name for path in folder.iterdir()) == ["sources.csv", "trade_flows.csv"]
    assert "rows in" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="no products"):
        command.main([str(large), "--code", "999999"])
