"""What several tests need: the package, copies of it to break, and the raw files where they are at hand."""

import os
from pathlib import Path

import hypothesis
import pytest

from rare_earths.package import Package
from scripts.ingest.raw import Raw
from scripts.tables import ROOT
from tests import spark
from tests.faults.copies import Copy, thinned

#: Examples are the same in every run; `--hypothesis-profile=thorough` looks further, at other ones each time.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None, max_examples=100)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=2_000, print_blob=True)
hypothesis.settings.load_profile("steady")


def pytest_report_header() -> str:
    """Say which engines the rules run on: DuckDB always, Spark where there is Java."""
    lacking = spark.missing()
    return "rules run on: duckdb" + (f"; not on spark, as {lacking}" if lacking else ", spark")


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def engine(request) -> str:
    """Each engine in turn; Spark is skipped by name where it cannot run."""
    if request.param == "spark" and (lacking := spark.missing()):
        pytest.skip(f"needs Spark: {lacking}")
    return request.param


@pytest.fixture(scope="session")
def package() -> Package:
    return Package(ROOT)


@pytest.fixture
def raw() -> Raw:
    found = Raw(os.environ.get("RARE_EARTHS_RAW") or ROOT / ".." / "shared" / "raw")
    if not found.present:
        pytest.skip(f"needs the raw files: set RARE_EARTHS_RAW (looked in {found.folder})")
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "package")


@pytest.fixture(scope="session")
def thin_base(tmp_path_factory) -> Path:
    """A package like ours with trade flows thinned out, to copy from."""
    return thinned(tmp_path_factory.mktemp("thinned") / "package").folder


@pytest.fixture
def thin(tmp_path: Path, thin_base: Path) -> Copy:
    """A copy of the thinned package."""
    return Copy(tmp_path / "package", thin_base)


def built(path: str) -> Path:
    """A file that `make release` builds; skips by name where it has not run."""
    found = ROOT / path
    if not found.exists():
        pytest.skip(f"needs {path}: run `make release` first")
    return found
