"""Steps of the release: what is fresh is not made again, what changed is, and a failure leaves the old release."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from scripts.release import ReleaseError, build, stamps
from scripts.release.archive import below
from scripts.release.stamps import Stamps, contents
from scripts.release.steps import STAGES, Step


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with an input and some code, two steps, and a log of what ran."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("a")
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "code.py").write_text("1")
    ran: list[str] = []

    def copy(folder: Path) -> None:
        ran.append("copy")
        (folder / "a.csv").write_text((tmp_path / "data" / "a.csv").read_text())

    def double(folder: Path) -> str:
        ran.append("double")
        (folder / "double").write_text((folder / "a.csv").read_text() * 2)
        return "a remark"

    steps = ((Step("copy", copy, ("a.csv",), reads=("data/*",)),), (Step("double", double, ("double",), uses=("a.csv",)),))
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "STAGES", steps)
    monkeypatch.setattr(build, "stale", lambda: [])
    monkeypatch.setattr(build, "ProcessPoolExecutor", lambda workers, context: ThreadPoolExecutor(workers))

    def run() -> list[str]:
        ran.clear()
        build.build(tmp_path / "dist", Stamps(tmp_path / "stamps.json"))
        return list(ran)

    return tmp_path, run


def test_only_what_changed_is_made_again(project, capsys):
    folder, run = project
    assert run() == ["copy", "double"]
    assert "a remark" in capsys.readouterr().out
    assert run() == []
    assert capsys.readouterr().out.count("fresh") == 2
    assert (folder / "dist" / "double").read_text() == "aa"
    (folder / "data" / "a.csv").write_text("b")
    assert run() == ["copy", "double"] and (folder / "dist" / "double").read_text() == "bb"


@pytest.mark.parametrize(
    ("path", "again"),
    [
        ("scripts/code.py", ["copy", "double"]),
        ("scripts/new.py", ["copy", "double"]),
        ("data/new.csv", ["copy"]),
        ("dist/a.csv", ["copy"]),
        ("dist/double", ["double"]),
        ("stamps.json", ["copy", "double"]),
        ("unrelated.txt", []),
    ],
)
def test_a_changed_input_code_or_output_makes_a_step_again(project, path, again):
    folder, run = project
    run()
    (folder / path).write_text("changed")
    assert run() == again
    assert (folder / "dist" / "double").read_text() == "aa"


def test_a_missing_output_is_made_again(project):
    folder, run = project
    run()
    (folder / "dist" / "double").unlink()
    assert run() == ["double"]


def test_another_library_makes_everything_again(project, monkeypatch):
    _, run = project
    run()
    monkeypatch.setattr(stamps, "environment", lambda: ["another"])
    assert run() == ["copy", "double"]


def test_touching_a_file_makes_nothing_again(project):
    folder, run = project
    run()
    (folder / "data" / "a.csv").touch()
    assert run() == []


def test_a_failed_release_leaves_the_old_one(project, monkeypatch):
    folder, run = project
    run()
    before = contents(folder / "dist", ["**/*"])

    def fail(folder: Path) -> None:
        raise ReleaseError("disk full")

    monkeypatch.setattr(build, "STAGES", ((Step("fails", fail),),))
    with pytest.raises(ReleaseError, match="disk full"):
        run()
    assert contents(folder / "dist", ["**/*"]) == before


def test_every_file_of_a_release_is_written_by_one_step():
    dist = build.DIST
    if not (dist / "SHA256SUMS").is_file():
        pytest.skip("needs dist/: run `make release`")
    steps = [step for stage in STAGES for step in stage]
    written = [path for step in steps for path in contents(dist, step.writes) if not path.endswith("-site.zip")]
    assert len(written) == len(set(written))
    names = {path.relative_to(dist).as_posix() for path in below(dist)}
    assert {name for name in names if name != "SHA256SUMS" and not name.endswith("-site.zip")} == set(written)
