"""The manifest of raw files: what each is, where it comes from, and its hash."""

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

MANIFEST = Path(__file__).with_suffix(".toml")
#: Names that begin so lie beside the folder of raw files and not in it.
EVIDENCE = "evidence/"


class RawFile(NamedTuple):
    """One file that ``data/`` is made from.

    ``file`` is the exact official address, and empty for a file that no publisher offers as it is;
    ``kept`` is then the reason.
    """

    name: str
    sha256: str
    url: str = ""
    file: str = ""
    kept: str = ""

    def under(self, folder: Path) -> Path:
        """Where the file lies, given the folder of raw files."""
        return (folder.parent if self.name.startswith(EVIDENCE) else folder) / self.name


@cache
def raw_files() -> MappingProxyType[str, RawFile]:
    """Every file of the manifest by its name.

    Raises
    ------
    ValueError
        When an entry has not exactly one of ``file`` and ``kept``, or a reason that is not there.
    """
    entries = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))
    reasons = entries.pop("reasons")
    found = {}
    for name, entry in entries.items():
        if ("file" in entry) == ("kept" in entry):
            raise ValueError(f"{MANIFEST.name}, {name!r}: give either the file's address (file) or a reason without one (kept)")
        if "kept" in entry and entry["kept"] not in reasons:
            raise ValueError(f"{MANIFEST.name}, {name!r}: unknown reason {entry['kept']!r}; expected one of {sorted(reasons)}")
        found[name] = RawFile(name, **entry | ({"kept": reasons[entry["kept"]]} if "kept" in entry else {}))
    return MappingProxyType(found)
