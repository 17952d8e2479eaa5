"""The archive: every file that ever came, by its hash, and an index of which address gave it when.

::

    objects/ab/abcd…   the bytes, named by their SHA-256
    index.json         per official address: its versions, newest last
    partial/           downloads that are not complete
    raw/, evidence/    the files of the manifest under their names: what `make data` reads
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from scripts.ingest.raw_files import RawFile
from scripts.tables import ROOT, write_text

SETTING = "RARE_EARTHS_ARCHIVE"
DEFAULT = ROOT / "local" / "sources"
#: Seconds to wait for another writer.
PATIENCE = 5


def digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def object_path(sha256: str) -> str:
    """Where an object lies in an archive, and at a replica that serves one."""
    return f"objects/{sha256[:2]}/{sha256}"


class Archive:
    """A folder of files by hash; one process writes at a time.

    Parameters
    ----------
    folder
        Where it is; default: the environment variable ``RARE_EARTHS_ARCHIVE``, else ``local/sources``.
    """

    def __init__(self, folder: str | os.PathLike | None = None):
        self.folder = Path(folder or os.environ.get(SETTING) or DEFAULT)
        self.index_path = self.folder / "index.json"

    @property
    def raw(self) -> Path:
        """The folder that ``RARE_EARTHS_RAW`` names to read from this archive."""
        return self.folder / "raw"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer; what a killed writer left half done is removed first.

        Raises
        ------
        TimeoutError
            When another process is writing; its lock opens by itself when it ends, however it ends.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder / ".lock", timeout=PATIENCE):
            for pattern in ("partial/incoming-*", "**/.*.part"):
                for path in self.folder.glob(pattern):
                    path.unlink(missing_ok=True)
            yield

    def object(self, sha256: str) -> Path:
        """Where the bytes with this hash are or would be."""
        return self.folder / object_path(sha256)

    def holds(self, sha256: str) -> bool:
        """Whether the bytes with this hash are here and whole; damaged ones are put aside as ``….damaged``."""
        path = self.object(sha256)
        if not path.exists():
            return False
        if digest(path) == sha256:
            return True
        path.replace(path.with_name(path.name + ".damaged"))
        return False

    def partial(self, address: str) -> Path:
        """Where an unfinished download of an address lies."""
        return self.folder / "partial" / hashlib.sha256(address.encode()).hexdigest()[:32]

    def incoming(self) -> Path:
        """Where a whole file waits to be named by its hash."""
        return self.folder / "partial" / f"incoming-{os.getpid()}"

    def keep(self, path: Path) -> str:
        """Take a whole file into the archive; it is moved. Returns its hash."""
        sha256 = digest(path)
        target = self.object(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        return sha256

    def take(self, path: Path) -> str:
        """Take a copy of a file that lies elsewhere into the archive. Returns its hash."""
        beside = self.incoming()
        copy(path, beside)
        return self.keep(beside)

    def index(self) -> dict[str, list[dict[str, Any]]]:
        """Versions of each official address, newest last.

        Raises
        ------
        ValueError
            When the index was damaged; it says how to mend it.
        """
        if not self.index_path.exists():
            return {}
        try:
            return json.loads(self.index_path.read_text(encoding="utf-8"))["addresses"]
        except (ValueError, KeyError, TypeError) as error:
            detail = "remove it and run `make fetch` again (the files themselves are kept by hash)"
            raise ValueError(f"{self.index_path}: not readable as an index ({error}); {detail}") from error

    def versions(self, address: str, source: str) -> list[dict[str, Any]]:
        """Versions of an address that one kind of source (publisher or replica) gave, newest last."""
        return [version for version in self.index().get(address, []) if version["from"] == source]

    def record(self, address: str, sha256: str, source: str, validators: dict[str, str]) -> None:
        """Note that an address gave these bytes now."""
        index = self.index()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        versions = index.setdefault(address, [])
        newest = next((version for version in reversed(versions) if version["from"] == source), None)
        if newest is None or newest["sha256"] != sha256:
            newest = {"sha256": sha256, "bytes": self.object(sha256).stat().st_size, "from": source, "first": now}
            versions.append(newest)
        newest |= {"last": now, "validators": validators or newest.get("validators", {})}
        write_text(self.index_path, json.dumps({"addresses": index}, indent=1, ensure_ascii=False, sort_keys=True) + "\n")

    def show(self, files: Iterable[RawFile]) -> list[RawFile]:
        """Lay out the files of the manifest under their names. Returns those that are not here."""
        missing = []
        for file in files:
            path = file.under(self.raw)
            if path.exists() and digest(path) == file.sha256:
                continue
            if self.holds(file.sha256):
                copy(self.object(file.sha256), path)
            else:
                missing.append(file)
        return missing


def copy(source: Path, target: Path) -> None:
    """Copy a file: whole, on the disk, then under its name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with open(source, "rb") as read, open(beside, "wb") as written:
            shutil.copyfileobj(read, written)
            written.flush()
            os.fsync(written.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
