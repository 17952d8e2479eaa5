"""What several tests need: the package, copies of it to break, and the raw files where they are at hand."""

import csv
import json
import os
import shutil
from pathlib import Path

import pytest

from rare_earths.package import Package
from scripts.describe import resource
from scripts.ingest.raw import Raw
from scripts.tables import ROOT


@pytest.fixture(scope="session")
def package() -> Package:
    return Package(ROOT)


@pytest.fixture
def raw() -> Raw:
    found = Raw(os.environ.get("RARE_EARTHS_RAW") or ROOT / ".." / "shared" / "raw")
    if not found.present:
        pytest.skip(f"needs the raw files: set RARE_EARTHS_RAW (looked in {found.folder})")
    return found


class Copy:
    """A copy of the package that a test may break; files are links until they are written."""

    def __init__(self, folder: Path):
        self.folder = folder
        for name in ("data", "schemas"):
            (folder / name).mkdir(parents=True)
            for path in (ROOT / name).iterdir():
                (folder / name / path.name).symlink_to(path)
        shutil.copyfile(ROOT / "datapackage.json", folder / "datapackage.json")

    def path(self, table: str) -> Path:
        return self.folder / "data" / f"{table}.csv"

    def rows(self, table: str) -> list[dict[str, str]]:
        with open(self.path(table), encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write_bytes(self, table: str, content: bytes) -> None:
        self.path(table).unlink()
        self.path(table).write_bytes(content)

    def write(self, table: str, rows: list[dict[str, str]]) -> None:
        self.path(table).unlink()
        with open(self.path(table), "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        self.refresh(table)

    def refresh(self, table: str) -> None:
        """Bring the hash in the descriptor up to date, so that only the fault itself is found."""
        descriptor = json.loads((self.folder / "datapackage.json").read_text(encoding="utf-8"))
        for place, old in enumerate(descriptor["resources"]):
            if old["name"] == table:
                new = resource(table, self.path(table), f"data/{table}.csv", f"schemas/{table}.json", old["rows"])
                descriptor["resources"][place] = new
        (self.folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "package")


def built(path: str) -> Path:
    """A file that `make release` builds; skips by name where it has not run."""
    found = ROOT / path
    if not found.exists():
        pytest.skip(f"needs {path}: run `make release` first")
    return found
