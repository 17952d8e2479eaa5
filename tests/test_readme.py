"""The README's snippets run as printed, and what it says of them is true."""

import re
import subprocess
import sys

import pytest

from scripts.tables import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```python\n(.*?)```", README, re.S)


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_snippet_runs_as_printed(snippet):
    done = subprocess.run([sys.executable, "-c", snippet], capture_output=True, text=True, check=True)
    first, *rest = done.stdout.splitlines()
    assert f"`{first}`" in README
    assert sum(line.startswith("@") for line in rest) == 2


def test_there_are_snippets_and_they_are_short():
    assert SNIPPETS and all(len([line for line in text.splitlines() if line.strip()]) <= 5 for text in SNIPPETS)


def test_every_command_of_the_readme_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z]+)", README):
        assert re.search(rf"^{target}:", makefile, re.M), target


def test_every_place_of_the_readme_exists():
    for path in re.findall(r"^\| `([^`]+)`", README, re.M):
        assert (ROOT / path).exists(), path
    assert "exec make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
