"""Whether a file is of the kind that its name says, by its bytes and not by what a server claims."""

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from scripts.fetch.answers import BY_HAND, CHALLENGE, HTML
from scripts.fetch.outcomes import Outcome

START = 65_536
TEXT_ENCODINGS = ("utf-8-sig", "cp1252")


class WrongContent(ValueError):
    """A file is not what its name says; ``outcome`` tells what it is instead."""

    def __init__(self, outcome: Outcome, detail: str):
        super().__init__(detail)
        self.outcome, self.detail = outcome, detail


def _pdf(path: Path, start: bytes) -> str:
    if not begins_as(start, ".pdf"):
        return "it does not begin as a PDF does"
    with open(path, "rb") as file:
        file.seek(max(0, path.stat().st_size - 2048))
        return "" if b"%%EOF" in file.read() else "the end of the PDF is missing"


def _zip(path: Path, start: bytes) -> str:
    if not begins_as(start, ".zip"):
        return "it does not begin as a zip does"
    try:
        with zipfile.ZipFile(path) as archive:
            archive.namelist()
    except zipfile.BadZipFile as error:
        return f"its directory cannot be read ({error})"
    return ""


def _text(path: Path, start: bytes) -> str:
    return "it holds zero bytes, as text in UTF-16 or a binary file does" if b"\0" in start else ""


def _json(path: Path, start: bytes) -> str:
    try:
        json.loads(path.read_bytes())
    except ValueError as error:
        return f"it is no JSON ({error})"
    return ""


def _xml(path: Path, start: bytes) -> str:
    return "" if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else "it does not begin as XML does"


#: How a file begins, for kinds that say so themselves.
MAGIC = {".pdf": b"%PDF-", ".xlsx": b"PK", ".zip": b"PK"}


def begins_as(start: bytes, suffix: str) -> bool:
    """Whether first bytes are those of a file of this kind, and not of a page."""
    return bool(start) and not HTML.match(start) and start.startswith(MAGIC.get(suffix, b""))


KINDS: dict[str, Callable[[Path, bytes], str]] = {
    ".pdf": _pdf,
    ".xlsx": _zip,
    ".zip": _zip,
    ".csv": _text,
    ".txt": _text,
    ".md": _text,
    ".json": _json,
    ".xml": _xml,
}


def check_kind(path: Path, suffix: str) -> None:
    """Check a file by its bytes; a suffix that is not known is only checked not to be a page.

    Raises
    ------
    WrongContent
        When the file is empty, a challenge page, another page, or not of the kind.
    """
    with open(path, "rb") as file:
        start = file.read(START)
    if not start:
        raise WrongContent(Outcome.CUT, "the file is empty; run again later")
    if HTML.match(start) and suffix not in (".html", ".htm"):
        if CHALLENGE.search(start):
            raise WrongContent(Outcome.CHALLENGE, f"status 200, but a page that wants a browser; {BY_HAND}")
        detail = f"status 200, but a page in place of a {suffix} file; open the address in a browser, then correct it"
        raise WrongContent(Outcome.HTML, detail)
    if fault := KINDS.get(suffix, lambda *_: "")(path, start):
        raise WrongContent(Outcome.WRONG_KIND, f"named {suffix}, but {fault}")


def columns(path: Path, suffix: str) -> list[str] | None:
    """Names of the columns of a CSV; None for every other kind."""
    if suffix != ".csv":
        return None
    with open(path, "rb") as file:
        line = file.readline(START)
    for encoding in TEXT_ENCODINGS:
        try:
            return next(csv.reader([line.decode(encoding)]), [])
        except (UnicodeDecodeError, csv.Error):
            continue
    return []
