"""What a watch reports of publishers that have changed something, and what a scheduled job makes of it."""

import csv
import hashlib
import json
from datetime import date

import pytest
from click.testing import CliRunner

from scripts.fetch.addresses import Sources
from scripts.fetch.archive import Archive
from scripts.fetch.client import Client
from scripts.fetch.outcomes import Outcome
from scripts.tables import DATA
from scripts.watch import run as running
from scripts.watch.__main__ import main
from scripts.watch.findings import NEW_EDITION, NEW_VERSION, NOTHING_NEW, Finding, Status, as_text, status
from scripts.watch.histories import Version, read_history
from scripts.watch.run import watch, watched
from tests.fetch_files import CONTENT, QUICK, files, pages, run
from tests.replica import content, faults
from tests.replica.server import Replica

ONE, TWO = "https://one.example.gov/one.csv", "https://two.example.gov/files/two.csv?f=disk%2F2"
NEXT = "https://pubs.usgs.gov/periodicals/mcs2027/mcs2027-rare-earths.pdf"
NEXT_YEARBOOK = (
    "https://d9-wret.s3.us-west-2.amazonaws.com/assets/palladium/production/s3fs-public/media/files/myb1-2023-raree-ert.xlsx"
)
HISTORY_ADDRESS = content.HISTORY_ADDRESS
HISTORY = """Revision History

By U.S. Geological Survey

-----------------------------------------------------
First posted online February 6, 2026

-----------------------------------------------------
Revised and reposted March 5, 2026, as version 1.1

On p. 30, a number was changed.

On p. 153, a footnote was moved.
"""


@pytest.fixture
def replica(monkeypatch):
    monkeypatch.setattr(running, "raw_files", lambda: {file.name: file for file in files()})
    with Replica(pages(), max_requests=500, max_seconds=60) as server:
        server.offer(HISTORY_ADDRESS, HISTORY.encode(), "text/plain")
        yield server


@pytest.fixture
def watching(replica, tmp_path):
    run(tmp_path, replica.address)
    return lambda: {finding.about: finding for finding in watch(Archive(tmp_path), Client(Sources(replica.address), QUICK))}


def test_where_nothing_changed_nothing_is_new(watching, replica, tmp_path):
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    replica.requests.clear()
    findings = watching()
    assert {f.found for f in findings.values()} == {Outcome.UNCHANGED, NOTHING_NEW}
    assert status(findings.values()) is Status.NOTHING_NEW
    assert "If-None-Match" in replica.asked(ONE)[0].headers
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_every_kind_of_news_has_its_name(watching, replica):
    replica.offer(ONE, CONTENT["usgs/one.csv"].replace(b"Year,", b"Year,Notes,", 1), changed=1_800_000_000.0)
    replica.offer(TWO, CONTENT["usgs/two.csv"] + b"2100,1\r\n", changed=1_800_000_000.0)
    replica.offer(NEXT, b"%PDF-1.7 new edition")
    replica.offer(NEXT_YEARBOOK, b"PK\x03\x04")
    replica.offer(HISTORY_ADDRESS, HISTORY.replace("1.1", "1.10").encode())
    found = {about: finding.found for about, finding in watching().items()}
    assert found["usgs/one.csv"] == Outcome.NEW_COLUMNS
    assert found["usgs/two.csv"] == Outcome.CHANGED
    assert found["USGS Mineral Commodity Summaries, rare earths, 2027"] == NEW_EDITION
    assert found["USGS Minerals Yearbook, rare earths, 2023"] == NEW_EDITION
    assert found["USGS Mineral Commodity Summaries 2026, versions"] == NEW_VERSION
    assert status(watching().values()) is Status.NEWS


@pytest.mark.parametrize(
    ("fault", "outcome", "exit_status"),
    [
        (faults.status(404), Outcome.GONE, Status.NEWS),
        (faults.challenge(), Outcome.CHALLENGE, Status.NOT_ALL_ASKED),
        (faults.html, Outcome.HTML, Status.NOT_ALL_ASKED),
        (faults.status(503), Outcome.SERVER, Status.NOT_ALL_ASKED),
        (faults.cut(0, reset=True), Outcome.UNREACHABLE, Status.NOT_ALL_ASKED),
        (faults.redirect("https://elsewhere.example/one.csv"), Outcome.REDIRECT, Status.NOT_ALL_ASKED),
    ],
)
def test_what_cannot_be_asked_is_no_news_but_no_silence_either(fault, outcome, exit_status, watching, replica):
    replica.misbehave(ONE, *[fault] * QUICK.attempts)
    findings = watching()
    assert findings["usgs/one.csv"].found == outcome
    assert status(findings.values()) is exit_status


def test_a_page_in_place_of_the_next_edition_is_no_edition(watching, replica):
    replica.misbehave(NEXT, faults.html)
    replica.misbehave(NEXT_YEARBOOK, faults.status(403))
    findings = watching()
    assert findings["USGS Mineral Commodity Summaries, rare earths, 2027"].found == Outcome.HTML
    assert findings["USGS Minerals Yearbook, rare earths, 2023"].found == NOTHING_NEW


def test_files_that_were_never_archived_are_compared_with_the_manifest(replica, tmp_path):
    findings = {f.about: f.found for f in watch(Archive(tmp_path), Client(Sources(replica.address), QUICK))}
    assert findings["usgs/one.csv"] == Outcome.UNCHANGED
    assert not (tmp_path / "objects").exists()


def test_the_command_writes_both_reports(replica, tmp_path, monkeypatch):
    monkeypatch.setenv("RARE_EARTHS_SOURCES", replica.address)
    monkeypatch.setenv("RARE_EARTHS_ARCHIVE", str(tmp_path / "archive"))
    replica.offer(NEXT, b"%PDF-1.7 new edition")
    result = CliRunner().invoke(main, ["--json", str(tmp_path / "report.json")])
    assert result.exit_code == Status.NEWS == 1
    assert result.output.startswith(
        "new edition                 USGS Mineral Commodity Summaries, rare earths, 2027\n    https://pubs"
    )
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["status"] == "news"
    assert report["asked"] == replica.address
    assert {"about", "found", "address", "detail"} == set(report["findings"][0])


def test_news_stand_first_in_the_text():
    findings = [
        Finding("a", NOTHING_NEW, "https://a"),
        Finding("b", Outcome.SLOW, "https://b"),
        Finding("c", NEW_EDITION, "https://c"),
    ]
    assert [line[:11] for line in as_text(findings).splitlines() if line[0] != " "] == [
        "new edition",
        "too slow   ",
        "nothing new",
    ]


def test_a_history_is_read_strictly():
    assert read_history(HISTORY.replace("\n", "\r\n").encode()) == [
        Version("1.0", date(2026, 2, 6), 0),
        Version("1.1", date(2026, 3, 5), 2),
    ]
    for broken in (
        b"",
        b"<html>",
        HISTORY.replace("Revised", "Changed").encode(),
        HISTORY.replace("1.1", "0.1").encode(),
        b"\xff",
    ):
        with pytest.raises(ValueError, match=r"no posting|not in order|not UTF-8"):
            read_history(broken)


def test_a_history_of_another_layout_is_reported(watching, replica):
    replica.offer(HISTORY_ADDRESS, b"Nothing was revised.")
    finding = watching()["USGS Mineral Commodity Summaries 2026, versions"]
    assert finding.found == Outcome.WRONG_KIND
    assert "no posting in it" in finding.detail


@pytest.mark.raw
def test_the_history_of_2026_is_read(raw):
    if not (raw.folder / content.HISTORY).exists():
        pytest.skip(f"needs {content.HISTORY}")
    history = content.version_history(raw)
    assert hashlib.sha256(history).hexdigest() == "276d675d1d753697f611c385d0692c865f2c00b8a417c282ff2e8e1f84932e2e"
    assert [(v.version, v.posted.isoformat(), v.changes) for v in read_history(history)] == [
        ("1.0", "2026-02-06", 0),
        ("1.1", "2026-03-05", 2),
        ("1.2", "2026-04-15", 1),
        ("1.3", "2026-05-27", 1),
    ]


def test_what_is_watched_is_what_the_tables_hold():
    with open(DATA / "sources.csv", encoding="utf-8", newline="") as file:
        sources = list(csv.DictReader(file))
    versions = {(row["series"], row["edition"], row["edition_version"]) for row in sources}
    chapters, _, yearbook, _ = watched()["editions"]
    (history,) = watched()["histories"]
    assert ("Mineral Commodity Summaries", str(chapters["newest"]), f"v{history['newest']}") in versions
    assert str(yearbook["newest"]) in {edition for series, edition, _ in versions if series == "Minerals Yearbook"}
