"""The descriptor, the schemas and the one version number."""

import json
import re
import subprocess
import sys
from collections import defaultdict

import pytest

from rare_earths import locators
from scripts import describe
from scripts.project import project
from scripts.tables import ROOT, SCHEMAS, schema, tables

#: Columns whose meaning is one everywhere: type, pattern and values must be one too.
SHARED = ["area", "source_id", "locator", "grade", "qualifier", "status", "stage", "rule", "measurement"]


def test_generated_files_are_fresh():
    assert describe.stale() == []


def test_check_fails_on_a_stale_file(tmp_path, monkeypatch):
    monkeypatch.setattr(describe, "files", lambda: {tmp_path / "datapackage.json": "new"})
    (tmp_path / "datapackage.json").write_text("old")
    with pytest.raises(SystemExit, match=r"stale: datapackage\.json"):
        describe.main(["--check"])


def test_every_table_has_a_schema_and_every_path_resolves():
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    assert {r["name"] for r in descriptor["resources"]} == {p.stem for p in (ROOT / "data").glob("*.csv")} == set(tables())
    for resource in descriptor["resources"]:
        assert (ROOT / resource["path"]).is_file() and (ROOT / resource["schema"]).is_file()


@pytest.mark.parametrize("table", tables())
def test_schema_explains_every_column(table):
    definition = schema(table)
    assert definition["name"] == table and definition["title"] and definition["description"]
    assert definition["missingValues"] == [""]
    for field in definition["fields"]:
        assert len(field["description"]) > 10, field["name"]
        if "_t_reo" in field["name"]:
            assert field["unit"] == "t REO"


def test_a_shared_column_is_one_thing():
    seen = defaultdict(set)
    for table in tables():
        for field in schema(table)["fields"]:
            if field["name"] in SHARED:
                limits = {k: v for k, v in field.get("constraints", {}).items() if k in {"pattern", "enum"}}
                seen[field["name"]].add(json.dumps([field["type"], limits], sort_keys=True))
    assert {name: len(meanings) for name, meanings in seen.items()} == dict.fromkeys(SHARED, 1)


def test_examples_are_text_as_the_csv_spells_it():
    """The Data Package profile wants text, also for a number."""
    for table in tables():
        for field in schema(table)["fields"]:
            assert isinstance(field.get("example", ""), str), f"{table}: {field['name']}"


def test_locator_keys_are_those_of_the_grammar():
    pattern = next(f for f in schema("production")["fields"] if f["name"] == "locator")["constraints"]["pattern"]
    assert re.match(r"\^\(([^)]*)\)", pattern)[1].split("|") == list(locators.KEYS)


def test_citation_file_reads_as_yaml():
    yaml = pytest.importorskip("yaml")
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0" and citation["title"] == project()["title"]


def test_schemas_are_written_in_one_style():
    for path in SCHEMAS.glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


def test_describe_runs_as_a_command():
    subprocess.run([sys.executable, "-m", "scripts.describe", "--check"], cwd=ROOT, check=True)
