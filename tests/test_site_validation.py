"""The page Validation report says what the report in the release says."""

import json

import pytest

from scripts.site.release import DIST, Release
from scripts.site.validation import REPORT, validation_page
from tests.conftest import built


@pytest.fixture(scope="module")
def release():
    built(f"dist/{REPORT}")
    return Release(DIST)


@pytest.fixture
def report(release):
    return json.loads((release.folder / REPORT).read_text(encoding="utf-8"))


def test_every_table_and_rule_is_on_the_page(release, report):
    text = validation_page(release)
    assert f"**{report['errors']:,} errors, {report['notices']:,} notices**" in text
    for table, rows in report["rows_checked"].items():
        assert f"[`{table}`](#{table}) | {rows:,} |" in text
    for rule in {rule["rule"] for rule in report["rules"]}:
        assert f"| `{rule}`" in text


def test_a_failure_is_shown_with_its_place_and_skipped_rules_with_their_reason(release, report, tmp_path):
    problem = {
        **{"table": "reserves", "line": 7, "column": "area", "value": "<b>|x", "rule": "enum", "level": "error"},
        **{"expected": "one of a, b", "mend": "use one of these", "key": {"area": "VNM", "as_of_year": "2025"}},
    }
    rule = {name: problem[name] for name in ("table", "rule", "column", "level", "expected")}
    report["rules"] = [
        rule | {"failures": 1234, "skipped": None},
        rule | {"rule": "other", "failures": 0, "skipped": "it had to be"},
    ]
    report |= {"problems": [problem], "errors": 1234}
    (tmp_path / REPORT).write_text(json.dumps(report), encoding="utf-8")
    other = Release.__new__(Release)
    other.folder, other.package = tmp_path, release.package
    text = validation_page(other)
    assert "| `enum` | area | one of a, b | 1,234 |" in text and "skipped: it had to be" in text
    assert "**Error** `enum`, line 7, area: &lt;b&gt;&#124;x (area VNM, as_of_year 2025). Expected: one of a, b." in text


def test_the_same_report_gives_the_same_page(release):
    assert validation_page(release) == validation_page(release)
