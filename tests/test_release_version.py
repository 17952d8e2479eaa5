"""The version that a change needs, the changelog that tells it, and the gates of a release."""

import json
import re
import subprocess

import pytest
import yaml

import rare_earths
from rare_earths.diffing import compare
from rare_earths.package import Package
from scripts.previous import previous_release
from scripts.project import project
from scripts.release import ReleaseError, difference
from scripts.release.changelog import check_entry, entry, sentence
from scripts.release.licences import refuse_withheld
from scripts.release.version import check_bump, declared, raised
from scripts.tables import ROOT
from tests.conftest import Copy


@pytest.fixture
def two(tmp_path):
    """Two copies of the package: the one before, and one to change."""
    return Copy(tmp_path / "old"), Copy(tmp_path / "new")


def versioned(copy: Copy, version: str) -> Package:
    """The package of a copy, with a version set."""
    path = copy.folder / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"version": version}), encoding="utf-8")
    return Package(copy.folder)


def remove_column(copy: Copy) -> None:
    definition = json.loads((copy.folder / "schemas" / "reserves.json").read_text(encoding="utf-8"))
    definition["fields"] = [field for field in definition["fields"] if field["name"] != "note"]
    (copy.folder / "schemas" / "reserves.json").unlink()
    (copy.folder / "schemas" / "reserves.json").write_text(json.dumps(definition), encoding="utf-8")
    copy.write("reserves", [{name: value for name, value in row.items() if name != "note"} for row in copy.rows("reserves")])


def add_rows(copy: Copy) -> None:
    rows = copy.rows("elements")
    copy.write("elements", [*rows, rows[0] | {"symbol": "Zz", "atomic_number": "71"}])


def correct_value(copy: Copy) -> None:
    rows = copy.rows("reserves")
    rows[0]["reserves_t_reo"] = "1"
    copy.write("reserves", rows)


CHANGES = [(remove_column, "major", "1.0.0"), (add_rows, "minor", "0.3.0"), (correct_value, "patch", "0.2.1")]


@pytest.mark.parametrize(("change", "level", "needed"), CHANGES)
def test_a_change_demands_its_step(two, change, level, needed):
    before, after = two
    change(after)
    old = versioned(before, "0.2.0")
    for version, (enough, step) in {
        "1.0.0": (True, "major"),
        "0.3.0": (level != "major", "minor"),
        "0.2.1": (level == "patch", "patch"),
    }.items():
        diff = compare(old, versioned(after, version), tables=["reserves", "elements"])
        assert diff.bump == level
        if enough:
            check_bump(diff)
        else:
            with pytest.raises(
                ReleaseError, match=f"{version} is a {step} step.*need a {level} one.*set version {needed} or higher"
            ):
                check_bump(diff)


def test_the_same_figures_may_have_a_larger_step_but_not_the_same_version(two):
    old = versioned(two[0], "0.1.0")
    check_bump(compare(old, versioned(two[1], "0.2.0"), tables=["reserves"]))
    for version in ("0.1.0", "0.0.9", "0.2", "0.2.0rc1"):
        with pytest.raises(ReleaseError, match=r"does not follow 0\.1\.0"):
            check_bump(compare(old, versioned(two[1], version), tables=["reserves"]))


def test_a_removed_row_needs_a_reason(two):
    before, after = two
    after.write("elements", after.rows("elements")[1:])
    diff = compare(versioned(before, "0.2.0"), versioned(after, "1.0.0"), tables=["elements"])
    with pytest.raises(ReleaseError, match=r"elements: 1 removed without a reason.*removals\.toml"):
        check_bump(diff)


def test_steps_of_versions():
    assert [declared("0.9.9", new) for new in ("0.9.10", "0.10.0", "1.0.0", "2.1.1")] == ["patch", "minor", "major", "major"]
    assert [raised("1.2.3", level) for level in ("patch", "minor", "major")] == ["1.2.4", "1.3.0", "2.0.0"]


def test_the_changelog_must_tell_the_counts(two):
    before, after = two
    add_rows(after)
    correct_value(after)
    diff = compare(versioned(before, "0.2.0"), versioned(after, "0.3.0"), tables=["reserves", "elements"])
    assert sentence(diff) == "Rows against 0.2.0: 1 added, 0 removed, 1 corrected."
    text = "# Changelog\n\n## 0.3.0 (2026-12-24)\n\nAn element. Rows against 0.2.0:\n1 added, 0 removed, 1 corrected.\n\n## 0.2.0 (x)\n"
    check_entry(diff, "2026-12-24", text)
    for wrong in (text.replace("1 corrected", "2 corrected"), text.replace("An element. Rows", "An element: rows")):
        with pytest.raises(ReleaseError, match=r"must say in the entry of 0\.3\.0.*Rows against 0\.2\.0: 1 added"):
            check_entry(diff, "2026-12-24", wrong)
    same = compare(versioned(before, "0.2.0"), versioned(before, "0.2.0"), tables=["reserves"])
    assert sentence(same) == "The figures are those of 0.2.0."


@pytest.mark.parametrize(
    "text", ["# Changelog\n", "## 0.3.0 (2026-12-24)\n\n## 0.2.0 (2026-11-26)\n\nNew.\n", "## 0.3.0 (2026-12-23)\n\nX.\n"]
)
def test_a_release_needs_an_entry_of_its_day(text):
    with pytest.raises(ReleaseError, match=r"no entry under the heading `## 0.3.0 \(2026-12-24\)`"):
        entry("0.3.0", "2026-12-24", text)


def test_this_version_follows_the_one_before():
    declared(previous_release().version, project()["version"])


def test_a_released_version_never_changes(tmp_path, monkeypatch):
    copy = Copy(tmp_path / "package")
    version = Package(copy.folder).version
    released = difference.releases.Release(version, "2026-11-26", "0" * 64, "0" * 64)
    monkeypatch.setattr(difference.releases, "index", lambda: {version: released})
    with pytest.raises(ReleaseError, match=f"version {version} was released with other data"):
        difference.write_difference(copy.folder)


def test_without_the_previous_release_the_reason_is_said(tmp_path, monkeypatch):
    def missing(folder):
        raise difference.NoPrevious("no history here")

    monkeypatch.setattr(difference, "previous_package", missing)
    copy = Copy(tmp_path / "package")
    assert "no history here" in difference.write_difference(copy.folder)
    assert not (copy.folder / "diff.json").exists()


def test_a_poisoned_row_stops_the_release(copy):
    sources = copy.rows("sources")
    poisoned = next(row for row in sources if row["source_id"] == "usgs-mcs-2025")
    poisoned["redistributable"] = "false"
    copy.write("sources", sources)
    with pytest.raises(ReleaseError, match=r"line .* of its CSV.*usgs-mcs-2025 may not be passed on"):
        refuse_withheld(copy.folder)


def test_the_gate_of_licences_lets_this_release_through():
    refuse_withheld(ROOT)


def test_one_version_everywhere():
    version = project()["version"]
    assert rare_earths.__version__ == version
    assert json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))["version"] == version
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"] == version
    assert entry(version, project()["released"])
    assert f"version {version}, by" in (ROOT / "LICENSE-DATA").read_text(encoding="utf-8")
    dist = ROOT / "dist"
    if not (dist / "SHA256SUMS").is_file():
        pytest.skip("needs dist/ for the rest: run `make release`")
    for name in ("croissant.json", "datacite.json", ".zenodo.json"):
        assert json.loads((dist / name).read_text(encoding="utf-8"))["version"] == version
    assert json.loads((dist / "dcat.jsonld").read_text(encoding="utf-8"))["dcat:version"] == version
    assert f"@misc{{rare-earths-{version}," in (dist / "sources.bib").read_text(encoding="utf-8")
    numbered = [path.name for path in dist.iterdir() if re.match(r"rare.earths-\d", path.name)]
    assert len(numbered) >= 5 and all(re.match(rf"rare.earths-{re.escape(version)}[-.]", name) for name in numbered)


def test_no_other_file_states_the_version():
    """What states it is generated, or is the changelog: nothing has to be remembered."""
    version = re.escape(project()["version"])
    command = [
        "git",
        "grep",
        "-lE",
        rf"rare.?earths[^0-9]{{0,12}}{version}|version[^0-9]{{0,5}}{version}",
        "--",
        ":!data",
        ":!tests",
    ]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if found.returncode > 1:
        pytest.skip("needs a git checkout")
    assert set(found.stdout.split()) <= {
        "pyproject.toml",
        "datapackage.json",
        "CITATION.cff",
        "LICENSE-DATA",
        "src/rare_earths/releases.json",
    }
