"""The page Versions says what the index and the difference say."""

import json
import re
import zipfile

import pytest

from rare_earths import releases
from rare_earths.diffing import bump
from rare_earths.diffing.report import FORMAT
from rare_earths.package import DESCRIPTOR
from scripts.project import project
from scripts.site.release import Release
from scripts.site.versions import versions_page
from scripts.tables import ROOT
from tests.conftest import built
from tests.small_package import make
from tests.test_diff import golden_difference
from tests.test_site import site_page


@pytest.fixture
def made(tmp_path):
    """A release folder in which version 2.0.0 differs from 1.0.0."""
    folder = tmp_path / "dist"
    make(folder, "2.0.0", {})
    make(folder / "parquet", "2.0.0", {})
    golden_difference(tmp_path).write(folder)
    return folder


def lines(text):
    return [re.sub(r"\s+", " ", line).strip() for line in text.splitlines()]


def test_what_changed_is_listed_by_table_and_by_row(made):
    text = lines(versions_page(Release(made)))
    assert "## What changed from 1.0.0 to 2.0.0" in text
    links = " ".join(f"[{what}](../downloads/diff/reserves-{what}.parquet)" for what in ("added", "removed", "changed"))
    assert f"| [`reserves`](../tables/reserves.md) | 3 | 3 | 1 | 1 | 2 | 3 | {links} |" in text
    assert "| area=VNM, year=2025 | tonnes | 22000000 | 3500000 |" in text
    assert "| area=VNM, year=2025 | note | as printed | |" in text
    assert "- field `tonnes`: `unit` was &quot;t&quot;, is &quot;t REO&quot;" in text
    assert "- area=XXX, year=2025: no reason is stated" in text
    assert "| `gone`, removed | 1 | | | 1 | | | |" in text
    assert "- major: table gone is removed" in text


def test_a_long_list_is_cut_and_says_so(made):
    document = json.loads((made / "diff.json").read_text())
    (table,) = document["tables_changed"]
    table["changed"], table["counts"]["changed"] = table["changed"][:1] * 30, 30
    (made / "diff.json").write_text(json.dumps(document))
    text = versions_page(Release(made))
    assert text.count("21000000 | 11000000") == 20 and "The first 20 of 30 changed rows" in text


def test_what_is_alike_in_many_fields_is_told_once(made):
    document = json.loads((made / "diff.json").read_text())
    (table,) = document["tables_changed"]
    own = [change for change in table["schema"]["changes"] if change["property"] != "example"]
    many = [{"field": f"f{n}", "property": "example", "old": n, "new": str(n)} for n in range(9)]
    table["schema"]["changes"] = own + many
    document["bump_reasons"] += [
        {"bump": "patch", "reason": f"reserves: {one['field']}: example was {one['old']}, is {one['new']!r}"} for one in many
    ]
    (made / "diff.json").write_text(json.dumps(document))
    text = versions_page(Release(made))
    assert "- patch: the property `example` changed in 9 fields" in text and "- patch: reserves: f3" not in text
    assert text.count("- `reserves`, `f3`: was 3, is &quot;3&quot;") == 1 and "field `f3`" not in text
    assert "- field `tonnes`: `unit` was" in text and "- major: table gone is removed" in text


def test_nothing_changed_and_nothing_to_compare_with_are_told_apart(made):
    (made / "diff.json").write_text((ROOT / "tests" / "golden" / "diff-none.json").read_text())
    assert "the figures of 2.0.0 are those of 1.0.0" in re.sub(r"\s+", " ", versions_page(Release(made)))
    (made / "diff.json").unlink()
    assert "This release holds no difference" in versions_page(Release(made))


def test_all_versions_are_listed_with_their_hashes(made):
    text = versions_page(Release(made))
    listed = re.findall(r"^\| (\S+) \| <time.*?>(\S+)</time> \| .*?>(\w{64})<.*?>(\w{64})<", text, re.M)
    known = {e.version: (e.version, e.released, e.csv, e.parquet) for e in releases.index().values()}
    assert listed[0][:2] == ("2.0.0", "2026-01-01") and set(listed[1:]) == set(known.values())


def test_the_rule_on_the_page_is_that_of_the_code(made):
    squeeze = lambda text: re.sub(r"[\s`:<>]+", "", text)  # noqa: E731
    assert squeeze(bump.__doc__.partition("\n\n")[2]) in squeeze(versions_page(Release(made)))


@pytest.mark.release
def test_the_site_shows_this_version():
    page = site_page("versions/")
    assert project()["version"] in page.text and releases.index()["0.1.0"].parquet in page.text
    assert Release(built("dist")).file(DESCRIPTOR).sha256 in page.text
    schema = json.loads(built("site/versions/diff.schema.json").read_text(encoding="utf-8"))
    assert schema["$id"] == f"urn:rare-earths:diff:{FORMAT}"


@pytest.mark.release
def test_the_wheel_holds_the_index_the_reasons_and_the_schema():
    wheel = next(built("dist").glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        assert {f"rare_earths/{n}" for n in ("releases.json", "removals.toml", "diff.schema.json")} <= set(archive.namelist())
