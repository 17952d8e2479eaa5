"""Know by content what is fresh: a stamp holds what a step has read, and what it has written."""

import hashlib
import json
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from scripts.tables import ROOT, write_text

STAMPS = ROOT / ".cache" / "release.json"


@cache
def environment() -> list[str]:
    """The Python and the versions of everything installed: another writer may write other bytes."""
    return [sys.version, *sorted({f"{found.name}=={found.version}" for found in distributions()})]


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def contents(folder: Path, patterns: Iterable[str]) -> dict[str, str]:
    """Path and SHA-256 of every file in a folder that matches a pattern."""
    found = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file() and path.suffix != ".pyc"}
    return {path.relative_to(folder).as_posix(): digest(path) for path in sorted(found)}


def key(name: str, *inputs: dict[str, str]) -> str:
    """What a step has read, as one hash."""
    return hashlib.sha256(json.dumps([name, environment(), *inputs], sort_keys=True).encode()).hexdigest()


class Stamps:
    """Stamps of the steps, by their names: ``key`` of what was read, SHA-256 of each file written."""

    def __init__(self, path: Path = STAMPS):
        self.path = path
        try:
            self.known: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            self.known = {}

    def fresh(self, name: str, wanted: str, folder: Path) -> list[str] | None:
        """Paths of the files that a step has written, where they are in the folder as it left them; else None."""
        stamp = self.known.get(name)
        if not stamp or stamp["key"] != wanted:
            return None
        for path, sha256 in stamp["written"].items():
            if not (folder / path).is_file() or digest(folder / path) != sha256:
                return None
        return list(stamp["written"])

    def set(self, name: str, wanted: str, written: dict[str, str]) -> None:
        """Remember what a step has written: paths and SHA-256."""
        self.known[name] = {"key": wanted, "written": written}

    def save(self) -> None:
        """Write the stamps."""
        write_text(self.path, json.dumps(self.known, indent=1) + "\n")
