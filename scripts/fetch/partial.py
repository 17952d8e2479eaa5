"""A download under way: its bytes so far, and what must still hold for the rest to be added to them."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from scripts.fetch.addresses import shown


class Partial:
    """A file that is not complete yet, with a note beside it of which file at the publisher it is.

    Bytes are only added to when the server proves by a strong validator that it offers the same file
    (RFC 9110, 13.1.5 and 14.2); otherwise the download begins again.

    Parameters
    ----------
    path
        Where the bytes go; the note lies beside it.
    """

    def __init__(self, path: Path):
        self.path, self.note_path = path, path.with_name(path.name + ".json")

    @property
    def size(self) -> int:
        """Number of bytes at hand."""
        return self.path.stat().st_size if self.path.exists() else 0

    def note(self) -> dict[str, Any]:
        """What was noted of the file at the publisher; empty where nothing usable was."""
        try:
            found = json.loads(self.note_path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def resume_headers(self, address: str) -> dict[str, str]:
        """Request headers that ask for the rest only; empty, and the bytes dropped, where that is not safe."""
        note = self.note()
        if self.size and note.get("address") == shown(address) and (validator := strong(note)):
            return {"Range": f"bytes={self.size}-", "If-Range": validator}
        self.drop()
        return {}

    def begin(self, address: str, headers: dict[str, str]) -> None:
        """Note what a whole answer that is about to be written says of the file."""
        self.drop()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        kept = {name: headers[name] for name in ("ETag", "Last-Modified", "Content-Length") if name in headers}
        self.note_path.write_text(json.dumps({"address": shown(address), **kept}), encoding="utf-8")

    def continues(self, headers: dict[str, str]) -> bool:
        """Whether a partial answer (206) is the rest of this file."""
        note, (start, total) = self.note(), content_range(headers.get("Content-Range", ""))
        same = headers.get("ETag", note.get("ETag")) == note.get("ETag")
        return same and start == self.size and str(total) == note.get("Content-Length", str(total))

    def finish(self, path: Path) -> None:
        """Put the complete file in its place, on the disk before it has its name."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(self.path, "rb+") as file:
            os.fsync(file.fileno())
        self.path.replace(path)
        self.drop()

    def drop(self) -> None:
        """Forget the bytes."""
        for path in (self.path, self.note_path):
            with suppress(FileNotFoundError):
                path.unlink()


def strong(note: dict[str, Any]) -> str | None:
    """The validator with which the rest may be asked for: a strong ETag, else the day of the last change."""
    etag = note.get("ETag", "")
    if etag:
        return None if etag.startswith("W/") else etag
    return note.get("Last-Modified")


def content_range(text: str) -> tuple[int | None, int | None]:
    """First byte and total of the header ``Content-Range``; None where it does not say."""
    unit, _, rest = text.partition(" ")
    span, _, total = rest.partition("/")
    first = span.partition("-")[0]
    if unit != "bytes" or not first.isascii() or not first.isdigit():
        return None, None
    return int(first), int(total) if total.isascii() and total.isdigit() else None
