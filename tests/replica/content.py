"""The files of the manifest as their publishers offer them, made from a folder that holds them."""

import re
from pathlib import Path

from scripts.fetch.archive import object_path
from scripts.fetch.run import KEPT_HOST
from scripts.ingest.raw import Raw
from scripts.ingest.raw_files import raw_files
from tests.replica.pages import File

MEDIA_TYPES = {".csv": "text/csv", ".pdf": "application/pdf", ".txt": "text/plain", ".xml": "application/xml"}
#: A page that quotes the version history of the 2026 edition, and where the publisher has the history.
HISTORY = "usgs/mcs2026-versionHist.md"
HISTORY_ADDRESS = "https://pubs.usgs.gov/periodicals/mcs2026/versionHist.txt"


def pages(raw: Raw) -> dict[str, File]:
    """Official address -> file, for every file of the manifest; kept ones by their hash."""
    found = {}
    for name, file in raw_files().items():
        address = file.file or f"https://{KEPT_HOST}/{object_path(file.sha256)}"
        found[address] = File(raw.path(name).read_bytes(), MEDIA_TYPES.get(Path(name).suffix, "application/octet-stream"))
    if (raw.folder / HISTORY).exists():
        found[HISTORY_ADDRESS] = File(version_history(raw), "text/plain")
    return found


def version_history(raw: Raw) -> bytes:
    """The version history of the 2026 edition, byte for byte, out of the page that quotes it."""
    text = (raw.folder / HISTORY).read_text(encoding="utf-8")
    return re.search(r"```text\n(.*)\n```", text, re.DOTALL)[1].replace("\n", "\r\n").encode()
