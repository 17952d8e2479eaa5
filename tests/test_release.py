"""What `make release` builds, opened as users open it."""

import csv
import hashlib
import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import bibtexparser
import duckdb
import frictionless
import pandas as pd
import pytest
from packaging.requirements import Requirement

from scripts.project import project
from scripts.release.distributions import epoch
from scripts.tables import ROOT, tables
from tests.conftest import built

pytestmark = pytest.mark.release


def wheel() -> Path:
    return built(f"dist/rare_earths-{project()['version']}-py3-none-any.whl")


def test_every_file_is_there():
    dist = built("dist")
    if not list(dist.glob("*-site.zip")):
        pytest.skip("needs the archive of the site: run `make release`")
    names = {path.relative_to(dist).as_posix() for path in dist.rglob("*") if path.is_file()}
    expected = {f"data/{table}.csv" for table in tables()} | {f"parquet/{table}.parquet" for table in tables()}
    expected |= {f"schemas/{table}.json" for table in tables()} | {"datapackage.json", "parquet/datapackage.json"}
    expected |= {f"rare-earths-{project()['version']}{ending}" for ending in (".zip", ".sqlite", ".xlsx", "-site.zip")}
    expected |= {wheel().name, f"rare_earths-{project()['version']}.tar.gz", "sources.bib", "SHA256SUMS", "RELEASE-NOTES.md"}
    expected |= {"croissant.json", "datacite.json", "dcat.jsonld", ".zenodo.json", "validation-report.json"}
    expected |= {"LICENSE", "LICENSE-DATA", "CITATION.cff", "CHANGELOG.md"}
    # Where the history does not hold the previous release, there is nothing to compare with.
    assert {name for name in names if not name.startswith("diff")} == expected


def test_checksums_hold():
    dist = built("dist")
    listed = dict(reversed(line.split("  ", 1)) for line in (dist / "SHA256SUMS").read_text().splitlines())
    found = {p.relative_to(dist).as_posix(): p for p in dist.rglob("*") if p.is_file() and p.name != "SHA256SUMS"}
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in found.items()} == listed


@pytest.mark.parametrize("folder", ["dist", "dist/parquet"])
def test_descriptor_resolves_with_bytes_and_hashes(folder):
    folder = built(folder)
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for resource in descriptor["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert (len(content), "sha256:" + hashlib.sha256(content).hexdigest()) == (resource["bytes"], resource["hash"])


def test_frictionless_accepts_the_release():
    assert frictionless.validate(str(built("dist/datapackage.json"))).valid


@pytest.mark.parametrize("table", tables())
def test_other_readers_see_the_same_rows(table):
    path = built(f"dist/parquet/{table}.parquet")
    with open(built(f"dist/data/{table}.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    frame = pd.read_parquet(path)
    (count,) = duckdb.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchone()
    assert len(frame) == count == len(rows)
    first = frame.columns[0]
    assert list(frame[first]) == [row[first] for row in rows]


def test_duckdb_and_pandas_read_the_csv_without_losing_namibia():
    path = str(built("dist/data/areas.csv"))
    found = duckdb.execute(
        "SELECT iso_alpha2, m49 FROM read_csv(?, all_varchar = true) WHERE area IN ('NAM', 'BRA') ORDER BY area", [path]
    )
    assert found.fetchall() == [("BR", "076"), ("NA", "516")]
    frame = pd.read_csv(path, dtype=str, keep_default_na=False).set_index("area")
    assert (frame.loc["NAM", "iso_alpha2"], frame.loc["BRA", "m49"]) == ("NA", "076")


def test_bibliography_has_every_source():
    library = bibtexparser.parse_string(built("dist/sources.bib").read_text(encoding="utf-8"))
    assert not library.failed_blocks
    with open(ROOT / "data" / "sources.csv", encoding="utf-8", newline="") as file:
        keys = {row["source_id"] for row in csv.DictReader(file)}
    assert {entry.key for entry in library.entries} == keys | {f"rare-earths-{project()['version']}"}


def closure(name: str) -> set[str]:
    """What a distribution needs, without extras, itself left out."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for text in metadata.requires(waiting.pop()) or []:
            requirement = Requirement(text)
            if requirement.name not in found and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
                found.add(requirement.name)
                waiting.append(requirement.name)
    return found


#: Libraries of the extras that give engines and files.
EXTRAS = ("polars", "polars-runtime-32", "duckdb", "xlsxwriter")


def environment(folder: Path, names: set[str]) -> Path:
    """A new environment with the wheel and these distributions alone, made without network."""
    venv.create(folder, with_pip=False)
    site = next((folder / "lib").glob("python*")) / "site-packages"
    with zipfile.ZipFile(wheel()) as archive:
        archive.extractall(site)
    for name in names:
        for file in {Path(str(f)).parts[0] for f in metadata.files(name) if ".." not in str(f)}:
            source = Path(metadata.distribution(name).locate_file(file))
            if source.exists() and not (site / file).exists():
                (site / file).symlink_to(source)
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def empty_environment(tmp_path_factory) -> Path:
    """An environment with what `pip install rare-earths` gives."""
    return environment(tmp_path_factory.mktemp("environment"), closure("rare-earths"))


@pytest.fixture(scope="module")
def full_environment(tmp_path_factory) -> Path:
    """An environment with the engines of the extras too."""
    return environment(tmp_path_factory.mktemp("engines"), {*closure("rare-earths"), *EXTRAS})


OFFLINE = "import socket\ndef refuse(*a, **k): raise OSError('no network here')\nsocket.socket.connect = refuse\n"


def python(environment: Path, code: str) -> str:
    clean = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}
    done = subprocess.run([environment, "-c", OFFLINE + code], capture_output=True, text=True, cwd="/", env=clean)
    assert done.returncode == 0, done.stderr
    return done.stdout


EVERYTHING = """
import json, pathlib, sys, rare_earths
print(rare_earths.__file__)
assert pathlib.Path(rare_earths.__file__).with_name("bundle").is_dir()
for engine in ENGINES:
    for listed in rare_earths.tables():
        frame = rare_earths.load(listed["table"], engine=engine)
        assert len(frame) == listed["rows"], (engine, listed)
        if any(row["field"].endswith("source_id") for row in rare_earths.fields(listed["table"])):
            assert rare_earths.cite(frame).startswith("@misc{rare-earths-")
    if engine != "pandas":
        rare_earths.scan("trade_flows", engine=engine)
print(*rare_earths.load("areas", area=["AFG", "NAM"])[["iso_alpha2", "m49"]].itertuples(index=False, name=None))
print("11,000,000 t" in str(rare_earths.explain("reserves", area="BRA")))
frame = rare_earths.load("reserves", area="VNM", as_of_year=2024)
print(frame["reserves_t_reo"].item(), [item["id"] for item in json.loads(rare_earths.cite(frame, "csl-json"))][1:])
rare_earths.describe("trade_flows")._repr_html_()
"""
LAST = ["('AF', '004') ('NA', '516')", "True", "3500000.0 ['usgs-mcs-2025']"]


def test_wheel_works_offline_in_an_empty_environment(empty_environment):
    code = """
for engine in ("polars", "duckdb"):
    try:
        rare_earths.load("areas", engine=engine)
    except ImportError as error:
        print(error)
"""
    lines = python(empty_environment, 'ENGINES = ("pandas", "arrow")' + EVERYTHING + code).splitlines()
    assert lines[0].startswith(str(empty_environment.parents[1])) and lines[1:4] == LAST
    assert [line.partition("pip install ")[2] for line in lines[4:]] == ["'rare-earths[polars]'", "'rare-earths[duckdb]'"]


def test_wheel_works_offline_with_every_engine(full_environment):
    lines = python(full_environment, 'ENGINES = ("pandas", "polars", "arrow", "duckdb")' + EVERYTHING).splitlines()
    assert lines[1:] == LAST


def test_command_line_of_the_wheel(full_environment, tmp_path):
    """Every command that asks of the bundled data, and a file of each format."""
    words = [
        ["tables", "--json"],
        ["describe", "reserves", "--json"],
        ["cite", "reserves", "area=VNM", "--style", "ris"],
        ["explain", "reserves", "area=BRA", "--json"],
        ["in-force", "2025-11-20", "--jurisdiction", "CHN", "--json"],
        *(["load", "areas", "--out", str(tmp_path / f"areas.{kind}")] for kind in ("csv", "json", "parquet", "xlsx")),
    ]
    code = f"""
from click.testing import CliRunner
from rare_earths.cli import main
for words in {words!r}:
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, (words, result.output)
"""
    python(full_environment, code)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".csv", ".json", ".parquet", ".xlsx"]
    assert (tmp_path / "areas.csv").read_bytes() == (ROOT / "data" / "areas.csv").read_bytes()


def test_wheel_is_light_and_says_what_validation_needs(empty_environment):
    for module in ("frictionless", "pandera", "duckdb", "polars", "ibis", "scripts", "mkdocs"):
        assert python(empty_environment, f"import importlib.util as u; print(u.find_spec({module!r}))").strip() == "None"
    out = python(
        empty_environment,
        "from click.testing import CliRunner as R; from rare_earths.cli import main\nr = R().invoke(main, ['validate', '/']); print(r.exit_code, r.output)",
    )
    assert out.startswith("2") and "pip install 'rare-earths[validate]'" in out


def test_wheel_needs_the_release(tmp_path):
    environment = os.environ | {"RARE_EARTHS_BUNDLE": str(tmp_path)}
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode != 0 and "run `make release`" in done.stdout + done.stderr


def test_source_distribution_builds_the_same_wheel(tmp_path):
    with tarfile.open(built(f"dist/rare_earths-{project()['version']}.tar.gz")) as archive:
        archive.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    environment = {name: value for name, value in os.environ.items() if name != "RARE_EARTHS_BUNDLE"}
    environment["SOURCE_DATE_EPOCH"] = epoch()
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(folder)]
    subprocess.run(command, check=True, capture_output=True, env=environment)
    assert next(tmp_path.glob("*.whl")).read_bytes() == wheel().read_bytes()
