"""What a package asks for and a reader must not do is refused, by loader and validation, within bounds."""

import json
import os
import re
import resource
import subprocess
import sys
import time
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rare_earths
from rare_earths import package as package_module
from rare_earths import safety, zipped
from rare_earths.package import Package
from rare_earths.safety import RefusedPackage
from rare_earths.validate import validate
from rare_earths.validate.patterns import unsafe
from scripts.tables import schema, tables
from tests.faults.hostile import HOSTILE, PATTERNS, package
from tests.faults.hostile import zipped as zip_with

#: Bytes of a line or a descriptor that must be refused, of the memory that this may take, and of the limit on the process.
GIGANTIC, MEMORY, LIMIT = 600_000_000, 450_000_000, 2_000_000_000
#: Seconds of processor time, several times what it takes.
SECONDS = 120


def title(hostile) -> str:
    return hostile.name


@pytest.mark.parametrize("hostile", HOSTILE, ids=title)
def test_loader_and_validation_refuse(hostile, tmp_path):
    given_to = hostile.make(tmp_path / "package")
    with pytest.raises(RefusedPackage, match=hostile.says):
        rare_earths.load("rows", package=Package(given_to))
    with pytest.raises(RefusedPackage, match=hostile.says):
        validate(given_to)
    assert not [path.name for path in tmp_path.iterdir() if "evil" in path.name]


@pytest.mark.parametrize("hostile", PATTERNS, ids=title)
@pytest.mark.parametrize("conformance", [False, True])
def test_validation_refuses_patterns(hostile, conformance, tmp_path):
    folder = hostile.make(tmp_path / "package")
    (folder / "data" / "rows.csv").write_text(f"area,figure\n{'A' * 5_000}!,1\n", encoding="utf-8")
    with pytest.raises(RefusedPackage, match=hostile.says):
        validate(folder, conformance=conformance)
    assert rare_earths.load("rows", package=Package(folder))["figure"].tolist() == [1]


def test_a_table_that_is_not_checked_is_refused_too(tmp_path):
    """The referee opens every file that the descriptor names, so none of them may lead out."""
    folder = package(tmp_path / "package")
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"].append(descriptor["resources"][0] | {"name": "other", "path": "/etc/passwd"})
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    with pytest.raises(RefusedPackage, match="absolute"):
        validate(folder, tables=["rows"])


def test_sound_packages_are_read(tmp_path):
    assert rare_earths.load("rows", package=Package(package(tmp_path / "folder")))["area"].tolist() == ["CHN"]
    given_to = zip_with(("schemas/rows.json", b"{}"))(tmp_path / "zipped")
    found = Package(given_to)
    assert rare_earths.load("rows", package=found)["area"].tolist() == ["CHN"]
    unpacked = found.folder
    assert unpacked.is_dir()
    del found
    assert not unpacked.exists()


def test_our_own_patterns_are_safe():
    patterns = [
        f["constraints"]["pattern"] for t in tables() for f in schema(t)["fields"] if "pattern" in f.get("constraints", {})
    ]
    assert patterns and not [pattern for pattern in patterns if unsafe(pattern)]


@given(
    st.recursive(
        st.sampled_from("ab"),
        lambda parts: st.one_of(
            st.tuples(parts, parts).map("".join),
            parts.map(lambda part: f"({part})*"),
            parts.map(lambda part: f"({part})+"),
            parts.map(lambda part: f"({part})?"),
            st.tuples(parts, parts).map(lambda pair: f"({pair[0]}|{pair[1]})"),
        ),
        max_leaves=6,
    )
)
def test_a_pattern_that_is_called_safe_ends(body):
    """Python tries one way after another; on what is called safe it is done at once, on any text."""
    if unsafe(f"^{body}$") is None:
        compiled = re.compile(f"^{body}$")
        start = time.process_time()
        for text in ("a" * 2_000 + "!", "ab" * 1_000 + "!", "b" * 2_000 + "!", "aab" * 700 + "!"):
            compiled.search(text)
        assert time.process_time() - start < 5


#: What is taken away, and a package that is let through then.
GUARDS = {
    "paths": (safety, "_unsafe", lambda path: None, "path by .."),
    "links": (safety.Path, "is_relative_to", lambda self, other: True, "link out of the package"),
    "descriptors": (safety, "check_resource", lambda *_: None, "extra paths"),
    "column names": (package_module, "check_schema", lambda *_: None, "two columns of one name"),
    "depth": (safety, "_check_depth", lambda *_: None, "rather deep descriptor"),
    "keys": (safety, "_unique", dict, "key twice"),
    "entries": (zipped, "_check", lambda *_: None, "zip with a link"),
    "end of a zip": (zipped, "_check_end", lambda *_: None, "zip of very many entries"),
    "bombs": (zipped, "ZIP_RATIO", 10**9, "zip bomb"),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_a_guard_that_is_taken_away_is_missed(guard, tmp_path):
    where, name, nothing, named = GUARDS[guard]
    hostile = next(one for one in HOSTILE if one.name == named)
    given_to = hostile.make(tmp_path / "package")
    with patch.object(where, name, nothing):
        try:
            rare_earths.load("rows", package=Package(given_to))
        except RefusedPackage as error:
            assert not re.search(hostile.says, str(error))
        except Exception:  # whatever comes of opening what should not be opened
            return


def run_within(code: str, *arguments: str) -> subprocess.CompletedProcess:
    """Run Python with a limit on its memory and its time."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (LIMIT, LIMIT))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    environment = os.environ | {"OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, preexec_fn=limit, timeout=600, env=environment
    )


VALIDATE = """
import re, sys
from pathlib import Path
from rare_earths.validate import validate
report = validate(sys.argv[1], conformance=False)
print(re.search("VmHWM: *\\t* *([0-9]+)", Path("/proc/self/status").read_text())[1], sorted(p.rule for p in report.errors))
"""
LOAD = """
import re, sys, rare_earths
from pathlib import Path
from rare_earths.package import Package
try:
    rare_earths.load("rows", package=Package(sys.argv[1]))
except ValueError as error:
    print(re.search("VmHWM: *\\t* *([0-9]+)", Path("/proc/self/status").read_text())[1], str(error)[:300])
"""


def assert_refused(code: str, says: str, *arguments: str) -> None:
    """It says so, and took less memory than what it refused."""
    found = run_within(code, *arguments)
    assert found.stdout, found.stderr[-2000:]
    taken, said = found.stdout.split(" ", 1)
    assert says in said
    assert int(taken) * 1024 < MEMORY < GIGANTIC


@pytest.mark.parametrize(
    ("start", "unit", "says"),
    [(b"area,figure\nCHN,1\n", b"x", "straddling"), (b"", b"a,", "the first line goes on")],
    ids=["gigantic cell", "header of very many columns"],
)
def test_gigantic_lines_are_refused_within_bounds(start, unit, says, tmp_path):
    """They are never read as one."""
    folder = package(tmp_path / "package")
    block = unit * (GIGANTIC // 20 // len(unit))
    with open(folder / "data" / "rows.csv", "wb") as file:
        file.write(start)
        for _ in range(20):
            file.write(block)
    assert_refused(VALIDATE, "line-length", str(folder))
    assert_refused(LOAD, says, str(folder))


def test_a_gigantic_descriptor_is_refused_within_bounds(tmp_path):
    folder = package(tmp_path / "package")
    with open(folder / "datapackage.json", "wb") as file:
        file.truncate(GIGANTIC)
    assert_refused(LOAD, "at most 8,388,608 are read", str(folder))
