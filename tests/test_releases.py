"""The index of releases, and the release before this one: real hashes, that never change."""

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from importlib import import_module
from io import BytesIO

import pyarrow
import pytest
from click.testing import CliRunner

import rare_earths
from rare_earths import releases
from rare_earths.cli import main
from rare_earths.diffing.removals import number
from scripts import index_release, previous
from scripts.project import project
from scripts.tables import ROOT
from tests.conftest import built
from tests.release_host import serve
from tests.small_package import make

DOCUMENT = json.loads(releases.INDEX.read_text(encoding="utf-8"))
CURRENT = project()["version"]


def git(*words):
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=False)


def commit_of(version):
    """Commit of a release; skips by name where the history does not reach it."""
    commit = previous.find_commit(releases.index()[version])
    if commit is None:
        pytest.skip(f"needs a history that reaches release {version}")
    return commit


def unpacked(commit, folder):
    with tarfile.open(fileobj=BytesIO(git("archive", commit).stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.fixture(scope="session")
def first_release(tmp_path_factory):
    """A folder as a release host has it, with 0.1.0 built by its own code from the history."""
    source = unpacked(commit_of("0.1.0"), tmp_path_factory.mktemp("source"))
    pinned = re.search(r"^pyarrow==(\S+)$", (source / "constraints.txt").read_text(), re.M)[1]
    if pinned != pyarrow.__version__:
        pytest.skip(f"needs pyarrow {pinned}, which wrote the Parquet files of 0.1.0")
    folder = tmp_path_factory.mktemp("host")
    code = "import sys; from pathlib import Path; from scripts.release import write_packages; write_packages(Path(sys.argv[1]))"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(source / "src"), str(source)])}
    subprocess.run([sys.executable, "-c", code, folder / "0.1.0"], cwd=source, env=environment, check=True)
    return folder


@pytest.fixture
def hosted(first_release, tmp_path, monkeypatch):
    monkeypatch.setenv("RARE_EARTHS_CACHE", str(tmp_path / "cache"))
    with serve(first_release) as host:
        monkeypatch.setenv("RARE_EARTHS_RELEASES", f"{host.url}/ok")
        yield host


def test_the_index_is_well_formed():
    versions = [entry["version"] for entry in DOCUMENT["releases"]]
    assert versions == sorted(set(versions), key=number)
    for entry in DOCUMENT["releases"]:
        assert set(entry) == {"version", "released", "datapackage.json", "parquet/datapackage.json"}
        assert re.fullmatch(r"\d+\.\d+\.\d+", entry["version"]) and re.fullmatch(r"\d{4}-\d\d-\d\d", entry["released"])
        assert all(re.fullmatch("[0-9a-f]{64}", entry[name]) for name in entry if name.endswith(".json"))
        # The version that is being worked on may be missing until it is published.
        assert number(entry["version"]) <= number(CURRENT)


def test_entries_never_change():
    path = releases.INDEX.relative_to(ROOT).as_posix()
    for commit in git("log", "--format=%H", "--", path).stdout.decode().split():
        shown = git("show", f"{commit}:{path}")
        if shown.returncode == 0:
            for entry in json.loads(shown.stdout)["releases"]:
                assert entry in DOCUMENT["releases"], f"{entry['version']} was changed after {commit}"


def test_every_release_is_in_the_history_with_its_hash(tmp_path):
    for version in releases.index():
        package = previous.unpack(commit_of(version), tmp_path / version)
        assert package.version == version
        assert package.descriptor["created"].startswith(releases.index()[version].released)


def test_the_first_release_built_again_has_the_hash_of_the_index(first_release):
    assert index_release.entry(first_release / "0.1.0") == DOCUMENT["releases"][0]


def test_an_entry_is_added_once_and_never_replaced(tmp_path):
    make(tmp_path, "0.10.0", {})
    make(tmp_path / "parquet", "0.10.0", {})
    new = index_release.entry(tmp_path)
    assert new["released"] == "2026-01-01"
    document = index_release.added(DOCUMENT, new)
    assert document["releases"] == [*DOCUMENT["releases"], new] and index_release.added(document, new) == document
    with pytest.raises(ValueError, match=r"0\.10\.0 with other hashes: a published release never changes"):
        index_release.added(document, new | {"datapackage.json": "0" * 64})


def test_the_script_writes_what_is_there_and_an_entry_more(tmp_path, monkeypatch):
    index = tmp_path / "releases.json"
    shutil.copyfile(releases.INDEX, index)
    monkeypatch.setattr(index_release, "INDEX", index)
    monkeypatch.setattr(index_release, "DIST", tmp_path / "none")
    with pytest.raises(SystemExit, match=r"holds no datapackage\.json"):
        index_release.main()
    monkeypatch.setattr(index_release, "DIST", built("dist"))
    index_release.main()
    written = json.loads(index.read_text())
    assert written["releases"][: len(DOCUMENT["releases"])] == DOCUMENT["releases"]
    assert written["releases"][-1] == index_release.entry(built("dist"))
    assert list(releases.index(index))[-1] == CURRENT


# The release before this one.


def test_the_release_before_is_unpacked_from_the_history(tmp_path):
    entry = previous.previous_release("0.2.0")
    assert (entry.version, entry.released) == ("0.1.0", "2026-11-22")
    commit_of(entry.version)
    package = previous.previous_package(tmp_path)
    assert number(package.version) < number(CURRENT)
    vietnam = rare_earths.load("reserves_reported", package=package, source_id="usgs-mcs-2025", area="VNM")
    assert vietnam["reserves_t_reo"].item() == 3_500_000


def test_without_an_older_release_there_is_nothing_to_compare_with():
    with pytest.raises(previous.NoPrevious, match=r"no release before 0\.1\.0"):
        previous.previous_release("0.1.0")


def test_without_history_the_release_host_is_asked(hosted, tmp_path, monkeypatch):
    monkeypatch.setattr(previous, "ROOT", tmp_path)
    package = previous.previous_package(tmp_path / "unused")
    assert package.version == "0.1.0" and package.read("reserves").num_rows == 72
    assert hosted.requests["/ok/0.1.0/parquet/trade_flows.parquet"] == 1


def test_without_history_and_host_the_reason_is_given(tmp_path, monkeypatch):
    monkeypatch.setattr(previous, "ROOT", tmp_path)
    monkeypatch.setenv("RARE_EARTHS_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("RARE_EARTHS_RELEASES", raising=False)
    with pytest.raises(previous.NoPrevious, match=r"no commit of this history .*; .* no release host is set"):
        previous.previous_package(tmp_path / "unused")


def test_a_table_that_its_descriptor_does_not_describe_is_refused(monkeypatch, tmp_path):
    commit = commit_of("0.1.0")
    monkeypatch.setattr(previous, "digest", lambda _: "0" * 64)
    with pytest.raises(ValueError, match=rf"commit {commit}: table areas has SHA-256 0+, its descriptor says"):
        previous.unpack(commit, tmp_path)


# As a user calls it.


def test_versions_and_differences_of_real_releases(hosted):
    listed = {row["version"]: row for row in rare_earths.versions()}
    assert listed["0.1.0"] == {"version": "0.1.0", "released": "2026-11-22", "place": "host"}
    assert listed[CURRENT]["place"] == "bundled"
    diff = rare_earths.diff("0.1.0", CURRENT, tables=["reserves", "areas"])
    assert set(diff.unchanged) | set(diff.tables) == {"reserves", "areas"}
    assert {path.rsplit("/", 1)[1] for path in hosted.requests} == {"datapackage.json", "reserves.parquet", "areas.parquet"}
    assert releases.package("0.1.0").read("reserves").num_rows == 72


def test_the_examples_of_the_guide_run(hosted, capsys):
    examples = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs" / "versions" / "pin.md").read_text(), re.S | re.M)
    for example in examples:
        exec(example, {})
    assert capsys.readouterr().out == f"72\n{CURRENT} → {CURRENT}: no table, field, row or cell differs\n"


def run(*words, status=0):
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == status, result.output
    return result


def test_the_commands(hosted, copy, tmp_path):
    assert re.search(r"^0\.1\.0 +2026-11-22 +host$", run("versions").output, re.M)
    assert {"version": "0.1.0", "released": "2026-11-22", "place": "host"} in json.loads(run("versions", "--json").output)
    assert run("diff", CURRENT, CURRENT, "--table", "reserves").output.endswith("no table, field, row or cell differs\n")
    rows = copy.rows("reserves")
    del rows[0]
    copy.write("reserves", rows)
    out = tmp_path / "out"
    done = run("diff", CURRENT, str(copy.folder), "--json", "--out", str(out))
    document = json.loads(done.stdout)
    assert document == json.loads((out / "diff.json").read_text()) and document["bump"] == "major"
    assert [path.name for path in (out / "diff").iterdir()] == ["reserves-removed.parquet"]
    assert "Removed without a stated reason" in run("diff", CURRENT, str(copy.folder)).output


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["9.9.9", CURRENT], 2, "no version '9.9.9'"),
        ([CURRENT, CURRENT, "--table", "weather"], 2, "no table 'weather'"),
        (["/dev", CURRENT], 3, "/dev holds no datapackage.json"),
        (["0.1.0", CURRENT], 3, "no release host is set"),
        ([CURRENT, CURRENT, "--table", "reserves", "--out", "/dev/null/x"], 3, "Not a directory: '/dev/null/x'"),
    ],
)
def test_wrong_use_and_what_cannot_be_had_have_their_own_exit_status(words, status, message, tmp_path, monkeypatch):
    monkeypatch.setenv("RARE_EARTHS_CACHE", str(tmp_path))
    monkeypatch.delenv("RARE_EARTHS_RELEASES", raising=False)
    assert message in run("diff", *words, status=status).output


@pytest.mark.parametrize("name", ["diffing", "diffing.bump", "diffing.removals", "releases"])
def test_the_examples_of_the_docstrings_run(name):
    found = doctest.testmod(import_module(f"rare_earths.{name}"))
    assert found.attempted and not found.failed


def test_the_functions_are_public_and_no_module_hides_them():
    import rare_earths.cli.diff
    import rare_earths.cli.versions
    import rare_earths.diffing
    import rare_earths.releases

    assert rare_earths.versions is releases.versions and callable(rare_earths.diff)
    assert {"versions", "diff"} <= set(rare_earths.__all__)
