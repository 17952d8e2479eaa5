"""The release in ``dist/``: what pages are written from, and the files that they offer."""

import hashlib
import re
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from rare_earths import load
from rare_earths.package import Package
from scripts.metadata.facts import Facts
from scripts.release import DIST
from scripts.tables import ROOT, write_text

DOCS = ROOT / "docs"
DOWNLOADS = DOCS / "downloads"
#: Markdown would become a page, and hidden files are no part of a site; the archive of the site holds the site.
LEFT_OUT = re.compile(r".*\.md|\..*|SHA256SUMS|.*-site\.zip")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a frame, None for what is missing."""
    frame = frame.astype(object)
    return frame.where(frame.notna(), None).to_dict("records")


@dataclass(frozen=True)
class File:
    """A file that the site offers: ``path`` under ``docs/downloads``, size in bytes and sha256."""

    path: str
    bytes: int
    sha256: str

    @property
    def size(self) -> str:
        """Size for a reader."""
        if self.bytes < 1024:
            return f"{self.bytes:,}\u00a0B"
        kibibytes = self.bytes / 1024
        return f"{kibibytes:,.1f}\u00a0KiB" if kibibytes < 1024 else f"{kibibytes / 1024:,.1f}\u00a0MiB"


class Release:
    """A release folder.

    Parameters
    ----------
    folder
        Folder that ``python -m scripts.release`` has written.

    Raises
    ------
    FileNotFoundError
        When the release has not been made.
    """

    def __init__(self, folder: Path = DIST):
        if not (folder / "datapackage.json").is_file():
            raise FileNotFoundError(f"no release in {folder.name}/; run `python -m scripts.release` first")
        self.folder = folder
        self.package = Package(folder)
        self._frames: dict[str, pd.DataFrame] = {}

    @cached_property
    def facts(self) -> Facts:
        """What catalogues are told of the release."""
        return Facts(self.folder)

    def load(self, table: str) -> pd.DataFrame:
        """Rows of a table; each table is read once, and what a caller changes is its own."""
        if table not in self._frames:
            self._frames[table] = load(table, package=self.package)
        return self._frames[table].copy(deep=False)

    def records(self, table: str, **filters: Any) -> list[dict[str, Any]]:
        """Rows of a table that match the filters of ``rare_earths.load``, None for what is missing."""
        return records(load(table, package=self.package, **filters) if filters else self.load(table))

    def file(self, path: str) -> File:
        """Facts of one file of the release."""
        content = (self.folder / path).read_bytes()
        return File(path, len(content), hashlib.sha256(content).hexdigest())

    def files(self) -> list[File]:
        """All files that the site offers, in the order of their paths."""
        paths = sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())
        return [self.file(path) for path in paths if not LEFT_OUT.fullmatch(path)]

    @property
    def wheel(self) -> File:
        """The wheel."""
        return self.file(next(self.folder.glob("*.whl")).name)

    def copy_downloads(self, to: Path = DOWNLOADS) -> None:
        """Copy the files that the site offers, with their own ``SHA256SUMS``, paths unchanged."""
        for file in self.files():
            (to / file.path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.folder / file.path, to / file.path)
        write_text(to / "SHA256SUMS", "".join(f"{file.sha256}  {file.path}\n" for file in self.files()))
