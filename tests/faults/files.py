"""Faults of whole files: how their bytes, or what the descriptor says of them, are spoilt."""

import csv
import io
import json
from collections.abc import Callable
from typing import NamedTuple

from rare_earths.package import DESCRIPTOR
from tests.faults.copies import Copy

Lines = list[list[str]]
AFTER = -1


class FileFault(NamedTuple):
    """Something wrong with a file as a whole.

    Attributes
    ----------
    kind
        What is wrong, for a reader.
    rule, line
        The rule that must report it, and the line of the CSV; None for the whole file, ``AFTER`` for the line after the last.
    spoil
        Puts it into a copy.
    also
        Rules that are broken too by necessity.
    """

    kind: str
    rule: str
    line: int | None
    spoil: Callable[[Copy, str], None]
    also: frozenset[str] = frozenset()


def octets(change: Callable[[bytes], bytes]) -> Callable[[Copy, str], None]:
    """Spoils the bytes of a file; the descriptor keeps up with it."""

    def spoil(copy: Copy, table: str) -> None:
        copy.write_bytes(table, change(copy.path(table).read_bytes()))
        copy.refresh(table)

    return spoil


def lines(change: Callable[[Lines], Lines]) -> Callable[[Copy, str], None]:
    """Spoils the rows of a CSV, the header being the first."""

    def rewrite(content: bytes) -> bytes:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows(change(list(csv.reader(io.StringIO(content.decode(), newline="")))))
        return buffer.getvalue().encode()

    return octets(rewrite)


def told(name: str, change: Callable[[object], object]) -> Callable[[Copy, str], None]:
    """Spoils what the descriptor says of a file."""

    def spoil(copy: Copy, table: str) -> None:
        path = copy.folder / DESCRIPTOR
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        for resource in descriptor["resources"]:
            if resource["name"] == table:
                resource[name] = change(resource[name])
        path.write_text(json.dumps(descriptor), encoding="utf-8")

    return spoil


def _row(change: Callable[[list[str]], list[str]], number: int = 1) -> Callable[[Lines], Lines]:
    return lambda rows: [*rows[:number], change(rows[number]), *rows[number + 1 :]]


def _each(change: Callable[[list[str]], list[str]]) -> Callable[[Lines], Lines]:
    return lambda rows: [change(row) for row in rows]


def _within_second_line(new: bytes) -> Callable[[bytes], bytes]:
    """Put bytes after the first letter of the second line."""

    def change(content: bytes) -> bytes:
        place = content.index(b"\n") + 2
        return content[:place] + new + content[place:]

    return change


def _last_first(rows: Lines) -> Lines:
    return [rows[0], rows[-1], *rows[1:-1]]


FILE_FAULTS = (
    FileFault("byte-order mark", "byte-order-mark", 1, octets(lambda b: b"\xef\xbb\xbf" + b)),
    FileFault("line ends of Windows", "line-ends", 1, octets(lambda b: b.replace(b"\n", b"\r\n"))),
    FileFault(
        "one line end of Windows",
        "line-ends",
        2,
        octets(lambda b: b.replace(b"\n", b"\r\n", 2).replace(b"\r\n", b"\n", 1)),
        # Where DuckDB takes the file for one of Windows.
        frozenset({"readable"}),
    ),
    FileFault("no newline at the end", "final-newline", None, octets(lambda b: b[:-1])),
    FileFault("byte of Latin-1", "encoding", 2, octets(_within_second_line(b"\xe9"))),
    FileFault("UTF-16", "encoding", 1, octets(lambda b: b.decode().encode("utf-16")), frozenset({"nul", "final-newline"})),
    FileFault("NUL byte", "nul", 2, octets(_within_second_line(b"\x00"))),
    FileFault("header only", "rows", None, octets(lambda b: b[: b.index(b"\n") + 1])),
    FileFault("empty file", "header", 1, octets(lambda b: b""), frozenset({"final-newline"})),
    FileFault("columns in another order", "header", 1, lines(_each(lambda row: [row[1], row[0], *row[2:]]))),
    FileFault("column twice", "header", 1, lines(_each(lambda row: [row[0], *row]))),
    FileFault("column renamed", "header", 1, lines(_row(lambda row: [*row[:-1], row[-1] + "s"], 0))),
    FileFault("column missing", "header", 1, lines(_each(lambda row: row[:-1]))),
    FileFault("column too many", "header", 1, lines(_each(lambda row: [*row, "x"]))),
    FileFault("semicolons for commas", "header", 1, octets(lambda b: b.replace(b",", b";"))),
    FileFault("cell too many", "cells", 2, lines(_row(lambda row: [*row, ""]))),
    FileFault("cell missing", "cells", 2, lines(_row(lambda row: row[:-1]))),
    FileFault("empty line", "cells", 2, octets(lambda b: b.replace(b"\n", b"\n\n", 1))),
    FileFault("quotation mark never closed", "cells", AFTER, octets(lambda b: b + b'"x\n'), frozenset({"readable"})),
    FileFault("cell without end", "line-length", 2, octets(_within_second_line(b"x" * 2**18))),
    FileFault("header without end", "line-length", 1, octets(lambda b: b"x," * 2**17 + b)),
    FileFault("rows out of order", "sorted", 3, lines(_last_first)),
    FileFault("other bytes than the hash tells", "hash", None, told("hash", lambda text: text[:-4] + "0000")),
    FileFault("other size than told", "bytes", None, told("bytes", lambda size: size + 1)),
    FileFault("other number of rows than told", "rows", None, told("rows", lambda rows: rows + 1)),
    FileFault("file missing", "file-exists", None, lambda copy, table: copy.path(table).unlink()),
)

#: Faults that leave the rows readable and each other alone: one file may have them all.
TOGETHER = (
    "rows out of order",
    "no newline at the end",
    "line ends of Windows",
    "byte-order mark",
    "other bytes than the hash tells",
    "other size than told",
    "other number of rows than told",
)
