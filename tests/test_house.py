"""The house rules that a machine can check."""

import ast
import re
import statistics
import subprocess

import pytest

from scripts.tables import ROOT

TRACKED = subprocess.run(
    ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
).stdout.split("\n")
FILES = [ROOT / name for name in TRACKED if name and (ROOT / name).is_file()]
MODULES = [path for path in FILES if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in {"src", "scripts"}]
REGISTRIES = re.compile(
    "|".join([r"py" + r"pi\.org", r"pythonhosted" + r"\.org", r"registry\.npm" + r"js", r"--(extra-)?index-" + r"url"])
)


@pytest.fixture(autouse=True)
def needs_git():
    if not MODULES:
        pytest.skip("needs a git checkout to know the project's files")


def test_modules_are_small():
    sizes = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert statistics.median(sizes.values()) < 100
    assert {name: size for name, size in sizes.items() if size > 400} == {}


def test_the_library_never_imports_the_scripts():
    for path in MODULES:
        if path.relative_to(ROOT).parts[0] == "src":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else [getattr(node, "module", "") or ""]
                assert not any(
                    name.split(".")[0] == "scripts" for name in names if isinstance(node, (ast.Import, ast.ImportFrom))
                ), path


def test_the_loader_imports_no_validation():
    for path in (ROOT / "src" / "rare_earths").glob("*.py"):
        assert "rare_earths.validate" not in path.read_text(encoding="utf-8"), path


def test_no_address_of_a_package_registry():
    for path in FILES:
        if path.suffix not in {".csv", ".png"}:
            assert not REGISTRIES.search(path.read_text(encoding="utf-8", errors="replace")), path


def test_no_raw_file_is_in_the_repository():
    names = {path.name for path in FILES}
    assert not names & {"MCS2025_World_Data.csv", "MCS2026_Commodities_Data.csv", "ds140-rare-earths-2020.xlsx"}
    assert not [path for path in FILES if path.suffix in {".pdf", ".xlsx", ".xls"}]


def test_every_dependency_is_justified_and_pinned():
    import tomllib

    from packaging.requirements import Requirement

    document = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    texts = [*document["dependencies"], *(t for group in document["optional-dependencies"].values() for t in group)]
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    pinned = {
        re.split("[=@ ]", line)[0].lower().replace("_", "-") for line in (ROOT / "constraints.txt").read_text().splitlines()
    }
    for text in texts:
        name = Requirement(text).name
        if name != "rare-earths":
            assert f"`{name}`" in contributing, name
            assert name in pinned, name


BENCHMARKS = sorted((ROOT / "benchmarks").glob("[!_]*.py"))


@pytest.mark.parametrize("path", BENCHMARKS, ids=[path.stem for path in BENCHMARKS])
def test_a_benchmark_runs_among_the_others_and_alone(path):
    *_, last = tree = ast.parse(path.read_text(encoding="utf-8")).body
    assert any(isinstance(node, ast.FunctionDef) and node.name == "main" and not node.args.args for node in tree)
    assert ast.unparse(last) == "if __name__ == '__main__':\n    main()"
