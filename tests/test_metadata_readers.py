"""The release in front of validators and readers that have an environment of their own: `make metadata-checks`."""

import json
import subprocess
from pathlib import Path

import pytest

from scripts.tables import ROOT, tables
from tests.conftest import built

READERS = ROOT / ".venv-metadata" / "bin"
pytestmark = [pytest.mark.release, pytest.mark.metadata]


def run(*command: str | Path) -> subprocess.CompletedProcess:
    if not (READERS / "mlcroissant").is_file():
        pytest.skip("needs validators in an environment of their own: run `make metadata-checks`")
    return subprocess.run(list(map(str, command)), capture_output=True, text=True)


def check(name: str) -> dict:
    done = run(READERS / "python", ROOT / "tests" / "metadata" / "readers.py", name, built("dist"))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def sizes() -> dict[str, int]:
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource["rows"] for resource in descriptor["resources"]}


def test_mlcroissant_validates():
    done = run(READERS / "mlcroissant", "validate", "--jsonld", built("dist/croissant.json"))
    assert done.returncode == 0 and "Done." in done.stderr, done.stderr


def test_mlcroissant_refuses_a_broken_file(tmp_path):
    broken = json.loads(built("dist/croissant.json").read_text(encoding="utf-8"))
    broken["recordSet"][0]["field"][0]["source"]["fileObject"]["@id"] = "nowhere"
    (tmp_path / "croissant.json").write_text(json.dumps(broken))
    assert run(READERS / "mlcroissant", "validate", "--jsonld", tmp_path / "croissant.json").returncode != 0


def test_mlcroissant_loads_every_row():
    assert check("croissant") == {table: min(rows, 1000) for table, rows in sizes().items()}


def test_cffconvert_validates():
    done = run(READERS / "cffconvert", "--validate", "-i", built("dist/CITATION.cff"))
    assert done.returncode == 0, done.stdout + done.stderr


def test_datacite_validates():
    assert check("datacite") == {"valid": True, "valid_without_titles": False}


def test_descriptors_and_schemas_follow_the_profiles_of_data_package_2():
    assert check("profile") == {"errors": [], "schemas": len(tables())}


def test_a_second_implementation_reads_the_data_package():
    found = check("datapackage")
    assert found["valid"] and found["vietnam"] == "3500000"
    assert found["rows"] == {table: rows for table, rows in sizes().items() if table != "trade_flows"}
