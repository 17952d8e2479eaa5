"""Rules for files as bytes: what must hold before a cell is looked at."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rare_earths.validate.problems import Problem

REWRITE = "write the table with scripts.tables.write_table, or save it as UTF-8 with LF line ends"
REFRESH = "run `python -m scripts.describe` and commit datapackage.json"


def file_problems(table: str, path: Path, resource: dict[str, Any], schema: dict[str, Any]) -> Iterator[Problem]:
    """Problems of one CSV file: existence, hash, encoding, line ends, header, order of rows."""

    def found(rule: str, expected: str, mend: str, value: object = None, line: int | None = None, column: str | None = None):
        return Problem(table, line, column, None if value is None else str(value), rule, expected, mend)

    if not path.is_file():
        yield found(
            "file-exists", "the file that the descriptor names", "restore the file, or correct the path", resource["path"]
        )
        return
    content = path.read_bytes()
    digest = "sha256:" + hashlib.sha256(content).hexdigest()
    if digest != resource["hash"]:
        yield found("hash", resource["hash"], REFRESH, digest)
    if len(content) != resource["bytes"]:
        yield found("bytes", str(resource["bytes"]), REFRESH, len(content))
    if content.startswith(b"\xef\xbb\xbf"):
        yield found("byte-order-mark", "no byte-order mark", REWRITE, line=1)
    if b"\r" in content:
        yield found("line-ends", "LF line ends", REWRITE, "CR", line=content[: content.index(b"\r")].count(b"\n") + 1)
    if b"\x00" in content:
        yield found("nul", "no NUL byte", REWRITE, line=content[: content.index(b"\x00")].count(b"\n") + 1)
    if not content.endswith(b"\n"):
        yield found("final-newline", "a newline at the end of the file", REWRITE)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        yield found("encoding", "UTF-8", REWRITE, content[error.start : error.end], line)
        return
    yield from _content_problems(found, text.removeprefix("\ufeff"), schema, resource["rows"])


def _content_problems(found, text: str, schema: dict[str, Any], rows: int) -> Iterator[Problem]:
    names = [field["name"] for field in schema["fields"]]
    reader = csv.reader(text.splitlines())
    header = next(reader, [])
    if header != names:
        yield found("header", ", ".join(names), "write exactly the columns of the schema, in its order", ", ".join(header), 1)
        return
    key = [names.index(name) for name in schema["primaryKey"]]
    types = [schema["fields"][index]["type"] for index in key]
    before: tuple | None = None
    line = 1
    for line, cells in enumerate(reader, start=2):
        if len(cells) != len(names):
            yield found("cells", f"{len(names)} cells", "quote cells that hold commas; fill or remove cells", len(cells), line)
            continue
        now = tuple(_sortable(cells[index], kind) for index, kind in zip(key, types, strict=True))
        if before is not None and now < before:
            yield found("sorted", "rows in the order of the primary key", REWRITE, cells[key[0]], line, names[key[0]])
        before = now
    if line - 1 != rows:
        yield found("rows", f"{rows} rows, as the descriptor says", REFRESH, line - 1)


def _sortable(cell: str, kind: str) -> tuple:
    if kind in {"year", "integer"} and cell.isdecimal():
        return (0, int(cell), "")
    return (1, 0, cell)
