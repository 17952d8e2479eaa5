"""Three small files and a run over them, for tests that fetch without the raw files."""

import hashlib
from pathlib import Path

from scripts.fetch.addresses import Sources
from scripts.fetch.archive import Archive, object_path
from scripts.fetch.client import Client, Limits
from scripts.fetch.run import KEPT_HOST, Result, fetch
from scripts.ingest.raw_files import RawFile
from tests.replica.pages import File

QUICK = Limits(connect=10, read=20, total=60, max_bytes=2_000_000, attempts=3, first_wait=0.01, max_wait=2, jitter=0)


def content(name: str, size: int = 8_000) -> bytes:
    """A CSV that is unlike that of every other name."""
    return f"Year,{name}\r\n".encode() + b"".join(b"%d,%d\r\n" % (1900 + n, n * len(name)) for n in range(size))


ADDRESSES = {
    "usgs/one.csv": "https://one.example.gov/one.csv",
    "usgs/two.csv": "https://two.example.gov/files/two.csv?f=disk%2F2",
    "evidence/three.csv": "",
}
CONTENT = {name: content(name) for name in ADDRESSES}


def files() -> list[RawFile]:
    """The entries of a manifest."""
    return [
        RawFile(name, hashlib.sha256(CONTENT[name]).hexdigest(), address, address, "" if address else "kept for the test")
        for name, address in ADDRESSES.items()
    ]


def pages() -> dict[str, File]:
    """What a replica offers."""
    return {
        file.file or f"https://{KEPT_HOST}/{object_path(file.sha256)}": File(CONTENT[file.name], "text/csv") for file in files()
    }


def run(folder: Path | str, base: str, **how: bool) -> dict[str, Result]:
    """Fetch the three into an archive."""
    archive = Archive(folder)
    with archive.writing():
        found = {result.name: result for result in fetch(archive, Client(Sources(base), QUICK), files(), **how)}
        archive.show(files())
    return found
