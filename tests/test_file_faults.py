"""Faults of files, of conformance and of archived cells: each gives its error and no other."""

import json
import shutil

import pytest

from rare_earths.validate import validate

TABLE = "reserves_reported"


def rules(report) -> set[str]:
    return {problem.rule for problem in report.errors}


def change_bytes(copy, change) -> None:
    copy.write_bytes(TABLE, change(copy.path(TABLE).read_bytes()))
    copy.refresh(TABLE)


@pytest.mark.parametrize(
    ("rule", "line", "change"),
    [
        ("byte-order-mark", 1, lambda b: b"\xef\xbb\xbf" + b),
        ("line-ends", 1, lambda b: b.replace(b"\n", b"\r\n")),
        ("nul", 3, lambda b: b.replace(b"\nusgs", b"\nus\x00gs", 1)),
        ("final-newline", None, lambda b: b.rstrip(b"\n")),
        ("encoding", 2, lambda b: b.replace(b"exact", b"ex\xe9ct", 1)),
        ("header", 1, lambda b: b.replace(b"source_id,area", b"area,source_id", 1)),
        ("header", 1, lambda b: b.replace(b"qualifier", b"qualifier,qualifier", 1)),
        ("cells", 2, lambda b: b.replace(b",CHN,", b",CHN,,", 1)),
        ("sorted", 4, lambda b: b"\n".join([*b.split(b"\n")[:2], b.split(b"\n")[3], b.split(b"\n")[2], *b.split(b"\n")[4:]])),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_file_fault(copy, rule, line, change):
    first = copy.path(TABLE).read_bytes().split(b"\n")
    assert first[1].startswith(b"mongolia") and first[3].startswith(b"mongolia")
    if rule == "nul":
        line = next(number for number, text in enumerate(first, start=1) if text.startswith(b"usgs"))
    change_bytes(copy, change)
    report = validate(copy.folder, tables=[TABLE], conformance=False)
    found = [problem for problem in report.errors if problem.rule == rule]
    assert [problem.line for problem in found] == [line]
    assert rules(report) - {rule} <= ({"header"} if rule == "byte-order-mark" else set())


def test_stale_hash_and_size(copy):
    path = copy.path(TABLE)
    copy.write_bytes(TABLE, path.read_bytes().replace(b"44 million", b"45 million", 1))
    report = validate(copy.folder)
    assert {"hash", "frictionless:hash-count"} <= rules(report)
    copy.write_bytes(TABLE, path.read_bytes()[:-1])
    assert {"hash", "bytes"} <= rules(validate(copy.folder, conformance=False))


def test_header_only(copy):
    """A table that lost its rows passes every rule on rows; the count does not."""
    copy.write_bytes(TABLE, copy.path(TABLE).read_bytes().split(b"\n")[0] + b"\n")
    copy.refresh(TABLE)
    report = validate(copy.folder, tables=[TABLE], conformance=False)
    assert [(problem.rule, problem.value) for problem in report.errors] == [("rows", "0")]


def test_missing_file(copy):
    copy.path(TABLE).unlink()
    report = validate(copy.folder, conformance=False)
    assert rules(report) == {"file-exists"}
    assert report.skipped


def test_a_table_that_a_rule_looks_into_cannot_be_read(copy):
    copy.write_bytes("areas", b"area,name\nCHN\n")
    with pytest.raises(RuntimeError, match="cannot read the table areas; `rare-earths validate --table areas` says why"):
        validate(copy.folder, tables=[TABLE], conformance=False)


def test_frictionless_finds_a_duplicate_and_an_unknown_source(copy):
    rows = copy.rows(TABLE)
    rows.insert(1, dict(rows[0]))
    rows[5]["source_id"] = rows[5]["source_id"] + "-unknown"
    copy.write(TABLE, rows)
    report = validate(copy.folder)
    assert {"primary-key", "foreign-key", "frictionless:primary-key", "frictionless:foreign-key"} <= rules(report)
    duplicate = next(p for p in report.errors if p.rule == "frictionless:primary-key")
    assert (duplicate.table, duplicate.line) == (TABLE, 3)


def test_frictionless_finds_a_broken_descriptor(copy):
    path = copy.folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["licenses"] = "CC-BY-4.0"
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    assert any(problem.rule.startswith("frictionless:") for problem in validate(copy.folder).errors)


@pytest.mark.raw
@pytest.mark.parametrize(
    ("table", "source", "column", "value"),
    [
        ("production_reported", "usgs-myb-2022", "quantity_as_printed", "12345"),
        ("production_reported", "usgs-myb-2022", "locator", "sheet=T99; cell=C7"),
        ("production_reported", "usgs-ds140-2020", "quantity_as_printed", "12345"),
        ("production_reported", "usgs-myb-1998-2015-via-sparks", "quantity_as_printed", "12345"),
        ("reserves_reported", "usgs-mcs-2024", "reserves_as_printed", "12345"),
        ("reserves_reported", "usgs-mcs-2025-data", "reserves_as_printed", "12345"),
        ("reserves_reported", "usgs-mcs-2026-v1.0", "reserves_as_printed", "12345"),
        ("reserves_reported", "usgs-mcs-2026-v1.0", "locator", "row=Brazil; column=Value; record=6110"),
        ("reserves_reported", "usgs-mcs-2026-v1.0", "locator", "row=Brazil; column=Price; record=6109"),
    ],
)
def test_archived_cell(copy, raw, table, source, column, value):
    rows = copy.rows(table)
    place = next(n for n, row in enumerate(rows) if row["source_id"] == source and row["qualifier"] == "exact")
    rows[place][column] = value
    copy.write(table, rows)
    report = validate(copy.folder, tables=[table], conformance=False, raw=raw.folder)
    found = [problem for problem in report.errors if problem.rule == "archived-cell"]
    assert [(p.table, p.line, p.column) for p in found] == [(table, place + 2, column)]


@pytest.mark.raw
def test_archived_cells_of_untouched_data(copy, raw):
    report = validate(copy.folder, conformance=False, raw=raw.folder)
    assert report.errors == []
    assert report.skipped == ["conformance by frictionless, as asked"]


def test_archive_is_skipped_by_name(copy, tmp_path):
    report = validate(copy.folder, conformance=False, raw=tmp_path / "nothing")
    assert any("archived cells" in text for text in report.skipped)


def test_conformance_of_untouched_data(copy):
    assert validate(copy.folder).errors == []


def test_folder_without_descriptor(tmp_path):
    shutil.rmtree(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"datapackage\.json"):
        validate(tmp_path)
