"""The archive: what came, by its hash; what changed, by its name; and whole whenever a run is killed."""

import multiprocessing
import random
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts import data
from scripts.derive import MODULES as DERIVED
from scripts.fetch.__main__ import main
from scripts.fetch.archive import Archive, digest
from scripts.fetch.client import Client
from scripts.fetch.outcomes import GOOD, Outcome
from scripts.fetch.run import fetch, from_folder
from scripts.ingest.raw import Raw, RawFileMissing
from scripts.ingest.raw_files import raw_files
from scripts.reference import areas
from scripts.tables import DATA, ROOT, SCHEMAS, csv_text, schema
from tests.fetch_files import CONTENT, QUICK, files, pages, run
from tests.replica import content, faults
from tests.replica.server import Replica

ONE = "https://one.example.gov/one.csv"


@pytest.fixture
def replica():
    with Replica(pages(), max_requests=2_000, max_seconds=120) as running:
        yield running


@pytest.fixture(scope="module")
def bad_server():
    with Replica(pages(), max_requests=4_000, max_seconds=120) as running:
        yield running


def outcomes(found):
    return {name: result.outcome for name, result in found.items()}


def test_the_archive_is_filled_once_and_laid_out_under_its_names(replica, tmp_path):
    assert set(outcomes(run(tmp_path, replica.address)).values()) == {Outcome.FETCHED}
    assert (tmp_path / "raw" / "usgs" / "one.csv").read_bytes() == CONTENT["usgs/one.csv"]
    assert (tmp_path / "evidence" / "three.csv").read_bytes() == CONTENT["evidence/three.csv"]
    asked = len(replica.requests)
    assert set(outcomes(run(tmp_path, replica.address)).values()) == {Outcome.ARCHIVED}
    assert len(replica.requests) == asked
    assert list((tmp_path / "partial").iterdir()) == []


def test_a_refresh_asks_conditionally(replica, tmp_path):
    run(tmp_path, replica.address)
    replica.requests.clear()
    found = outcomes(run(tmp_path, replica.address, refresh=True))
    assert found == {
        "usgs/one.csv": Outcome.UNCHANGED,
        "usgs/two.csv": Outcome.UNCHANGED,
        "evidence/three.csv": Outcome.ARCHIVED,
    }
    assert all("If-None-Match" in request.headers for request in replica.requests)


def test_the_index_says_what_came_from_where(replica, tmp_path):
    run(tmp_path, replica.address)
    (version,) = Archive(tmp_path).index()[ONE]
    assert version["from"] == "replica"
    assert version["sha256"] == digest(tmp_path / "raw" / "usgs" / "one.csv")
    assert version["bytes"] == len(CONTENT["usgs/one.csv"])
    assert version["validators"]["ETag"].startswith('"')
    assert Archive(tmp_path).versions(ONE, "publisher") == []
    assert "127.0.0.1" not in (tmp_path / "index.json").read_text()


def test_changed_bytes_are_news_and_never_take_the_place_of_the_file(replica, tmp_path):
    run(tmp_path, replica.address)
    other = CONTENT["usgs/one.csv"].replace(b"1950,", b"1950,9")
    replica.offer(ONE, other, changed=1_800_000_000.0)
    found = run(tmp_path, replica.address, refresh=True)["usgs/one.csv"]
    assert found.outcome is Outcome.CHANGED
    assert "record it in raw_files.toml" in found.detail
    assert (tmp_path / "raw" / "usgs" / "one.csv").read_bytes() == CONTENT["usgs/one.csv"]
    assert Archive(tmp_path).object(found.sha256).read_bytes() == other
    assert len(Archive(tmp_path).index()[ONE]) == 2


def test_a_new_column_is_named(replica, tmp_path):
    run(tmp_path, replica.address)
    replica.offer(ONE, CONTENT["usgs/one.csv"].replace(b"Year,", b"Year,Notes,", 1), changed=1_800_000_000.0)
    found = run(tmp_path, replica.address, refresh=True)["usgs/one.csv"]
    assert found.outcome is Outcome.NEW_COLUMNS
    assert found.detail.startswith("new: ['Notes'], gone: []")


@pytest.mark.parametrize(
    "fault",
    [faults.wrong_length(-100), faults.instead(b"Year\r\n1900\r\n"), faults.recoded("utf-8-sig")],
    ids=["length too small", "other bytes", "another encoding"],
)
def test_wrong_bytes_that_look_right_never_become_the_file(fault, replica, tmp_path):
    replica.misbehave(ONE, fault)
    assert run(tmp_path, replica.address)["usgs/one.csv"].outcome is Outcome.CHANGED
    assert not (tmp_path / "raw" / "usgs" / "one.csv").exists()
    assert run(tmp_path, replica.address)["usgs/one.csv"].outcome is Outcome.FETCHED


def test_a_resumed_file_of_two_halves_is_fetched_whole(replica, tmp_path):
    """A server that lies about its validators: the rest it sends is of another file, the length the same."""
    other = CONTENT["usgs/one.csv"].replace(b"7", b"8")
    replica.misbehave(ONE, faults.cut(30_000), faults.rest_of_another(other, honest=False))
    assert run(tmp_path, replica.address)["usgs/one.csv"].outcome is Outcome.FETCHED
    assert (tmp_path / "raw" / "usgs" / "one.csv").read_bytes() == CONTENT["usgs/one.csv"]


ANY = [
    *(faults.status(code) for code in (400, 403, 404, 416, 429, 503)),
    *(faults.cut(place) for place in (0, 1, 40_000)),
    *(faults.wrong_length(by) for by in (-1, -40_000, 1)),
    *(faults.redirect(to) for to in ("/one.csv", "other.csv", "http://one.example.gov/one.csv", "")),
    *(faults.rest_of_another(CONTENT["usgs/two.csv"], honest) for honest in (True, False)),
    *(faults.challenge(code) for code in (200, 403)),
    faults.instead(CONTENT["usgs/two.csv"]),
    faults.cut(0, reset=True),
    faults.html,
    faults.chunked,
    faults.chunks_without_end,
    faults.compressed,
    faults.said_to_be_compressed,
    faults.recoded("utf-16"),
    faults.bomb(4_000_000),
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(ANY), max_size=4), min_size=1, max_size=3))
def test_whatever_a_server_does_the_file_is_right_or_not_there(bad_server, tmp_path_factory, runs):
    """Several runs, each with any faults in a row: a good outcome means the right bytes, any other means none."""
    folder = tmp_path_factory.mktemp("archive")
    path = folder / "raw" / "usgs" / "one.csv"
    for row in runs:
        bad_server.faults.clear()
        bad_server.misbehave(ONE, *row)
        found = run(folder, bad_server.address)["usgs/one.csv"]
        assert path.exists() == (found.outcome in GOOD)
        check_whole(folder)
    bad_server.faults.clear()
    assert run(folder, bad_server.address)["usgs/one.csv"].outcome in GOOD
    assert path.read_bytes() == CONTENT["usgs/one.csv"]


def test_one_file_that_cannot_be_had_does_not_stop_the_others(replica, tmp_path):
    replica.misbehave(ONE, faults.challenge())
    found = run(tmp_path, replica.address)
    assert outcomes(found) == {
        "usgs/one.csv": Outcome.CHALLENGE,
        "usgs/two.csv": Outcome.FETCHED,
        "evidence/three.csv": Outcome.FETCHED,
    }
    assert ONE in found["usgs/one.csv"].detail


def test_without_a_replica_a_kept_file_is_named_with_its_reason(tmp_path):
    kept = [file for file in files() if file.kept]
    (found,) = fetch(Archive(tmp_path), Client(limits=QUICK), kept)
    assert found.outcome is Outcome.KEPT
    assert found.detail.startswith("kept for the test; run `make fetch FROM=FOLDER`")


def test_files_of_a_folder_are_known_by_their_hash(tmp_path):
    (tmp_path / "downloads").mkdir()
    (tmp_path / "downloads" / "table (1).csv").write_bytes(CONTENT["usgs/one.csv"])
    (tmp_path / "downloads" / "two.csv").write_bytes(b"something else")
    archive = Archive(tmp_path / "archive")
    (found,) = from_folder(archive, files(), tmp_path / "downloads")
    assert (found.name, found.outcome, found.detail) == ("usgs/one.csv", Outcome.FETCHED, "from table (1).csv")
    assert [file.name for file in archive.show(files())] == ["usgs/two.csv", "evidence/three.csv"]


def test_damaged_bytes_are_put_aside_and_fetched_again(replica, tmp_path):
    found = run(tmp_path, replica.address)
    path = Archive(tmp_path).object(found["usgs/one.csv"].sha256)
    path.write_bytes(path.read_bytes()[:-1])
    (tmp_path / "raw" / "usgs" / "one.csv").write_bytes(b"damaged too")
    assert run(tmp_path, replica.address)["usgs/one.csv"].outcome is Outcome.FETCHED
    assert (tmp_path / "raw" / "usgs" / "one.csv").read_bytes() == CONTENT["usgs/one.csv"]


def test_a_damaged_index_says_how_to_mend_it(replica, tmp_path):
    run(tmp_path, replica.address)
    (tmp_path / "index.json").write_text('{"addresses": ')
    with pytest.raises(ValueError, match=r"index\.json: not readable as an index .*; remove it and run `make fetch` again"):
        run(tmp_path, replica.address, refresh=True)


def test_killed_at_any_moment_the_next_run_completes(replica, tmp_path):
    for address in replica.pages:
        replica.misbehave(address, *[faults.slow(4_000, 0.02)] * 200)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.fetch_files"])
    moments = random.Random(9)
    killed = 0
    for _ in range(25):
        process = context.Process(target=run, args=(str(tmp_path), replica.address))
        process.start()
        process.join(moments.uniform(0.02, 0.35))
        alive = process.is_alive()
        process.kill()
        process.join()
        check_whole(tmp_path)
        killed += alive
        if not alive:
            shutil.rmtree(tmp_path / "objects")
    assert killed > 5
    replica.faults.clear()
    assert set(outcomes(run(tmp_path, replica.address)).values()) <= {Outcome.FETCHED, Outcome.ARCHIVED}
    check_whole(tmp_path)
    for file in files():
        assert file.under(tmp_path / "raw").read_bytes() == CONTENT[file.name]
    assert not [path for path in tmp_path.rglob("*") if path.suffix == ".part" or path.parent.name == "partial"]


def check_whole(folder: Path) -> None:
    """Nothing under its final name is half a file."""
    assert all(digest(path) == path.name for path in (folder / "objects").rglob("*") if path.is_file())
    for file in files():
        path = file.under(folder / "raw")
        assert not path.exists() or digest(path) == file.sha256
    Archive(folder).index()


def test_two_runs_do_not_write_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr("scripts.fetch.archive.PATIENCE", 0.1)
    monkeypatch.setenv("RARE_EARTHS_ARCHIVE", str(tmp_path))
    monkeypatch.delenv("RARE_EARTHS_SOURCES", raising=False)
    with Archive(tmp_path).writing():
        result = CliRunner().invoke(main, ["evidence/china_quotas.csv"])
    assert result.exit_code == 1
    assert "another run is filling" in result.output


def test_every_file_has_an_address_or_a_reason_without_one():
    for name, file in raw_files().items():
        assert bool(file.file) != bool(file.kept), name
        assert file.file.startswith("https://") or not file.file
        assert len(file.sha256) == 64
    assert len({file.sha256 for file in raw_files().values()}) == len(raw_files())


def test_the_documentation_names_every_file():
    text = (ROOT / "docs" / "methods" / "sources-online.md").read_text(encoding="utf-8")
    fetched, kept = text.split("**Kept by the project.**")
    for name, file in raw_files().items():
        assert f"`{name}`" in (kept if file.kept else fetched), name
    for outcome in Outcome:
        assert outcome is Outcome.INSECURE or f"`{outcome}`" in text, outcome


def test_the_list_says_where_each_file_comes_from():
    shown = CliRunner().invoke(main, ["--list"]).output.splitlines()
    assert len(shown) == len(raw_files())
    assert any(line.startswith("usgs/mcs2026-rare-earths.pdf\thttps://pubs.usgs.gov/") for line in shown)
    assert any(line.startswith("evidence/china_quotas.csv\tkept by the project: our transcription") for line in shown)


def test_the_command_refuses_a_name_and_an_address_that_it_must_not_use(monkeypatch):
    assert "not in raw_files.toml: nothing.csv" in CliRunner().invoke(main, ["nothing.csv"]).output
    monkeypatch.setenv("RARE_EARTHS_SOURCES", "http://mirror.example.org")
    assert "set RARE_EARTHS_SOURCES to an https address" in CliRunner().invoke(main, []).output


def test_a_transcription_that_was_changed_is_refused(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "evidence").mkdir()
    raw = Raw(tmp_path / "raw")
    with pytest.raises(RawFileMissing, match=r"no publisher offers it: our transcription.*run `make fetch`"):
        next(raw.transcription("china_quotas.csv"))
    (tmp_path / "evidence" / "china_quotas.csv").write_text("year\n2010\n")
    with pytest.raises(ValueError, match="expected sha256"):
        next(raw.transcription("china_quotas.csv"))


@pytest.mark.raw
def test_data_made_from_the_archive_is_the_committed_data(raw, tmp_path, monkeypatch):
    """From the replica through the command into the archive, and from there to every table, byte for byte."""
    with Replica(content.pages(raw), max_seconds=120) as replica:
        monkeypatch.setenv("RARE_EARTHS_SOURCES", replica.address)
        monkeypatch.setenv("RARE_EARTHS_ARCHIVE", str(tmp_path))
        result = CliRunner().invoke(main, [])
    assert result.exit_code == 0, result.output
    assert f"{len(raw_files())} of {len(raw_files())} files are at hand" in result.output
    made = data.collect(Raw(tmp_path / "raw"))
    for table, module in DERIVED.items():
        made[table] = data.complete(table, module.rows(made))
    made["areas"] = areas.rows()
    assert set(made) == {path.stem for path in SCHEMAS.glob("*.json")}
    for table, rows in made.items():
        assert csv_text(rows, schema(table)) == (DATA / f"{table}.csv").read_text(encoding="utf-8"), table


@pytest.mark.raw
def test_the_command_takes_files_from_a_folder(raw, tmp_path, monkeypatch):
    monkeypatch.delenv("RARE_EARTHS_SOURCES", raising=False)
    monkeypatch.setenv("RARE_EARTHS_ARCHIVE", str(tmp_path / "archive"))
    name = "evidence/china_quotas.csv"
    shutil.copyfile(raw_files()[name].under(raw.folder), tmp_path / "some.csv")
    result = CliRunner().invoke(main, [name, "--from", str(tmp_path)])
    assert result.exit_code == 0, result.output
    missing = CliRunner().invoke(main, ["evidence/policy_actions.csv"])
    assert missing.exit_code == 1
    assert "kept by the project         evidence/policy_actions.csv" in missing.output
