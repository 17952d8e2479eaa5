"""Where raw files are found, and proof that they are the files we mean."""

import csv
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from scripts.ingest.raw_files import EVIDENCE, MANIFEST, raw_files

DEFAULT_FOLDER = Path("../shared/raw")


class RawFileMissing(FileNotFoundError):
    """A raw file is not in the folder."""


class Raw:
    """The folder of raw files, and the transcriptions beside it, both checked by hash.

    Parameters
    ----------
    folder
        Folder with the raw files; default: the environment variable
        ``RARE_EARTHS_RAW``, else ``../shared/raw``.

    Raises
    ------
    RawFileMissing
        From :meth:`path`, when a file is not there.
    ValueError
        From :meth:`path`, when a file is not the one the manifest describes.
    """

    def __init__(self, folder: str | os.PathLike | None = None):
        self.folder = Path(folder or os.environ.get("RARE_EARTHS_RAW") or DEFAULT_FOLDER)

    @property
    def present(self) -> bool:
        """Whether the folder of raw files exists."""
        return self.folder.is_dir()

    def path(self, name: str) -> Path:
        """Path of a raw file whose bytes are those of the manifest."""
        entry = raw_files()[name]
        local = entry.under(self.folder)
        if not local.exists():
            where = f"no publisher offers it: {entry.kept}" if entry.kept else f"its address is {entry.file}"
            raise RawFileMissing(
                f"{local}: not there ({where}); run `make fetch`, then set RARE_EARTHS_RAW to the folder that it names"
            )
        with open(local, "rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != entry.sha256:
            raise ValueError(
                f"{local}: expected sha256 {entry.sha256}, found {found}; restore the file, "
                f"or, if the publisher changed it, record the new edition in {MANIFEST.name}"
            )
        return local

    def sha256(self, name: str) -> str:
        """SHA-256 of a raw file as the manifest has it."""
        return raw_files()[name].sha256

    def transcription(self, name: str) -> Iterator[tuple[int, dict[str, str]]]:
        """Rows of a hand-made transcription with their line numbers."""
        with open(self.path(EVIDENCE + name), encoding="utf-8", newline="") as file:
            yield from enumerate(csv.DictReader(file), start=2)
