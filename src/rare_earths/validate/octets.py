"""One pass over the bytes of a file: what must hold before a cell is looked at."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from rare_earths.limits import LINE_BYTES

CHUNK = 1 << 22
QUOTED = re.compile(rb'"[^"]*"')
MARK = b"\xef\xbb\xbf"


@dataclass
class Sign:
    """How often a byte occurs that should not, and the line of the first one."""

    count: int = 0
    line: int | None = None


@dataclass
class Octets:
    """Facts of a file.

    Attributes
    ----------
    size, digest
        Number of bytes, and sha256 in hexadecimal.
    lines, commas
        Number of line feeds, and of commas outside quotation marks.
    mark
        Whether it begins with a byte-order mark.
    ends
        Whether its last byte is a line feed.
    returns, zeros
        Carriage returns and NUL bytes.
    long
        Whether some line is longer than any may be, and the first such line; at most one is counted.
    wrong, wrong_line
        The first bytes that are not UTF-8 and their line; None where all are.
    """

    size: int = 0
    digest: str = ""
    lines: int = 0
    commas: int = 0
    mark: bool = False
    ends: bool = False
    returns: Sign = field(default_factory=Sign)
    zeros: Sign = field(default_factory=Sign)
    long: Sign = field(default_factory=Sign)
    wrong: bytes | None = None
    wrong_line: int | None = None


def octets(path: Path, hashed: bool = True) -> Octets:
    """Read a file in pieces of ``CHUNK`` bytes and tell its facts; the hash only where it is asked for."""
    found, digest = Octets(), hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    last, since = b"", 0
    open_quote = False
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            if not found.size:
                found.mark = chunk.startswith(MARK)
            if hashed:
                digest.update(chunk)
            for sign, byte in ((found.returns, b"\r"), (found.zeros, b"\x00")):
                if count := chunk.count(byte):
                    sign.line = sign.line or found.lines + chunk.count(b"\n", 0, chunk.index(byte)) + 1
                    sign.count += count
            # Bytes below 128 are UTF-8, unless a character was cut before them.
            if found.wrong is None and (decoder.getstate()[0] or not chunk.isascii()):
                _decode(decoder, chunk, found)
            open_quote = _commas(chunk, open_quote, found)
            since = _long(chunk, since, found)
            found.size += len(chunk)
            found.lines += chunk.count(b"\n")
            last = chunk[-1:]
    if found.wrong is None and decoder.getstate()[0]:
        found.wrong, found.wrong_line = decoder.getstate()[0], found.lines + 1
    found.digest, found.ends = digest.hexdigest() if hashed else "", last == b"\n"
    return found


def _long(chunk: bytes, since: int, found: Octets) -> int:
    """Look for a line that is too long, in steps of that length; returns the bytes since the last line feed."""
    place = -since - 1
    while found.long.line is None and place + 1 + LINE_BYTES < len(chunk):
        after = chunk.rfind(b"\n", max(place + 1, 0), place + 2 + LINE_BYTES)
        if after < 0:
            found.long = Sign(1, found.lines + chunk.count(b"\n", 0, max(place + 1, 0)) + 1)
        place = after
    end = chunk.rfind(b"\n")
    return len(chunk) - end - 1 if end >= 0 else since + len(chunk)


def _decode(decoder: codecs.IncrementalDecoder, chunk: bytes, found: Octets) -> None:
    held = decoder.getstate()[0]
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError as error:
        found.wrong = error.object[error.start : error.end]
        found.wrong_line = found.lines + chunk.count(b"\n", 0, max(error.start - len(held), 0)) + 1


def _commas(chunk: bytes, open_quote: bool, found: Octets) -> bool:
    """Count commas outside quotation marks; returns whether a quotation is open at the end."""
    marks = chunk.count(b'"')
    if not marks:
        found.commas += 0 if open_quote else chunk.count(b",")
        return open_quote
    still_open = (marks + open_quote) % 2 == 1
    outside = QUOTED.sub(b"", b'"' * open_quote + chunk + b'"' * still_open)
    found.commas += outside.count(b",")
    return still_open
