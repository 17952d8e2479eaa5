"""Where raw files are found, and proof that they are the files we mean."""

import csv
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pooch

MANIFEST = Path(__file__).with_name("raw_files.toml")
DEFAULT_FOLDER = Path("../shared/raw")


class RawFileMissing(FileNotFoundError):
    """A raw file is in no folder we look in and has no address to fetch it from."""


class Raw:
    """The folder of raw files, checked by hash, and the transcriptions beside it.

    Parameters
    ----------
    folder
        Folder with the raw files; default: the environment variable
        ``RARE_EARTHS_RAW``, else ``../shared/raw``.

    Raises
    ------
    RawFileMissing
        From :meth:`path`, when a file is neither here nor fetchable.
    ValueError
        From :meth:`path`, when a file is not the one the manifest describes.
    """

    def __init__(self, folder: str | os.PathLike | None = None):
        self.folder = Path(folder or os.environ.get("RARE_EARTHS_RAW") or DEFAULT_FOLDER)
        self.manifest = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))

    @property
    def present(self) -> bool:
        """Whether the folder of raw files exists."""
        return self.folder.is_dir()

    def path(self, name: str) -> Path:
        """Path of a raw file, fetched into the cache if it is not in the folder."""
        entry = self.manifest[name]
        local = self.folder / name
        if local.exists():
            found = pooch.file_hash(str(local), alg="sha256")
            if found != entry["sha256"]:
                raise ValueError(
                    f"{local}: expected sha256 {entry['sha256']}, found {found}; restore the file, "
                    f"or, if the publisher changed it, record the new edition in {MANIFEST.name}"
                )
            return local
        if not entry.get("direct"):
            raise RawFileMissing(
                f"{name}: not in {self.folder} and its address {entry['url']} is a landing page; "
                "download it there by hand and set RARE_EARTHS_RAW to the folder that holds it"
            )
        return Path(
            pooch.retrieve(
                entry["url"],
                known_hash="sha256:" + entry["sha256"],
                fname=Path(name).name,
                path=pooch.os_cache("rare-earths") / "raw",
            )
        )

    def sha256(self, name: str) -> str:
        """SHA-256 of a raw file as the manifest has it."""
        return self.manifest[name]["sha256"]

    def transcription(self, name: str) -> Iterator[tuple[int, dict[str, str]]]:
        """Rows of a hand-made transcription with their line numbers."""
        with open(self.folder.parent / "evidence" / name, encoding="utf-8", newline="") as file:
            yield from enumerate(csv.DictReader(file), start=2)
