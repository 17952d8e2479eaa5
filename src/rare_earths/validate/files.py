"""Rules for whole files: bytes, header, columns, number of cells, order and number of rows."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet

from rare_earths.arrow import arrow_schema
from rare_earths.limits import LINE_BYTES
from rare_earths.spelling import cell
from rare_earths.validate.inputs import Rows
from rare_earths.validate.octets import octets
from rare_earths.validate.problems import Problem, Result
from rare_earths.validate.reading import Reader, header
from rare_earths.validate.rule import Unreadable

REWRITE = "write the table with scripts.tables.write_table, or save it as UTF-8 with LF line ends"
REFRESH = "run `python -m scripts.describe` and commit datapackage.json"
SHORTER = "save it as a CSV with line ends; a cell of this size is a file, not a value"
COLUMNS = "write exactly the columns of the schema, in its order"
#: Faults of a file after which its rows cannot be told apart.
UNREADABLE = {"file-exists", "encoding", "header", "cells", "nul", "line-length", "readable"}


class FileCheck:
    """The rules for the files of one table.

    Parameters
    ----------
    rows
        Where the rows are.
    resource
        What the descriptor says of the file: ``hash``, ``bytes``, ``rows``; None for a user's own file.
    reader
        Reads the file.
    examples
        Number of places to name for each broken rule.
    """

    def __init__(self, rows: Rows, resource: dict[str, Any] | None, reader: Reader, examples: int):
        self.rows, self.resource, self.reader, self.examples = rows, resource, reader, examples
        self.names = [field["name"] for field in rows.schema["fields"]]
        self._results: list[Result] = []

    def results(self) -> list[Result]:
        """A result for each rule that could be asked; after a fault in ``UNREADABLE`` the rest is left out."""
        missing = [path for path in self.rows.files if not path.is_file()]
        self._add(
            "file-exists", "the file that the descriptor names", "restore the file, or correct the path", *map(_name, missing)
        )
        steps = {"csv": (self._bytes, self._header, self._cells), "parquet": (self._hash, self._columns)}
        for step in steps.get(self.rows.kind, (self._columns,)):
            self._try(step)
        if self.rows.kind != "spark":
            self._try(self._sorted)
        return self._results

    def _try(self, step: Callable[[], None]) -> None:
        """Take a step while rows can be told apart; a file that no reader can tell apart is one more thing that is wrong."""
        if self.readable:
            try:
                step()
            except Unreadable:
                csv_like = self.rows.kind == "csv"
                expected = "rows that can be told apart, with line ends of one kind" if csv_like else "a Parquet file, whole"
                self._add("readable", expected, REWRITE if csv_like else "write the file anew", None)

    @property
    def readable(self) -> bool:
        """Whether rows can be told apart as far as is known."""
        return not any(result.failures for result in self._results if result.rule in UNREADABLE)

    def _add(
        self, rule: str, expected: str, mend: str, *values: Any, count: int | None = None, level: str = "error", **where: Any
    ):
        """A result with a failure for each value, or ``count`` failures of which the values are the first."""
        shown = [None if value is None else str(value) for value in values[: self.examples]]
        found = [
            Problem(self.rows.table, where.get("line"), where.get("column"), value, rule, expected, mend, level)
            for value in shown
        ]
        total = len(values) if count is None else count
        self._results.append(Result(self.rows.table, rule, where.get("column"), level, expected, total, found))

    def _bytes(self) -> None:
        self._octets = found = octets(self.rows.files[0], hashed=self.resource is not None)
        self._described("sha256:" + found.digest, found.size)
        self._add("byte-order-mark", "no byte-order mark", REWRITE, *[None] * found.mark, line=1)
        cr, nul = found.returns, found.zeros
        self._add("line-ends", "LF line ends", REWRITE, *["CR"] * bool(cr.count), count=cr.count, line=cr.line)
        self._add("nul", "no NUL byte", REWRITE, *[None] * bool(nul.count), count=nul.count, line=nul.line)
        self._add("final-newline", "a newline at the end of the file", REWRITE, *[None] * (not found.ends))
        self._add(
            "line-length", f"at most {LINE_BYTES:,} bytes in a line", SHORTER, *[None] * found.long.count, line=found.long.line
        )
        wrong = [] if found.wrong is None else [found.wrong]
        self._add("encoding", "UTF-8", REWRITE, *wrong, line=found.wrong_line)

    def _hash(self) -> None:
        if self.resource:
            found = octets(self.rows.files[0])
            self._described("sha256:" + found.digest, found.size)

    def _described(self, digest: str, size: int) -> None:
        if self.resource:
            expected, length = self.resource["hash"], self.resource["bytes"]
            self._add("hash", expected, REFRESH, *[digest] * (digest != expected))
            self._add("bytes", str(length), REFRESH, *[size] * (size != length))

    def _header(self) -> None:
        found = header(self.rows.files[0])
        self._add("header", ", ".join(self.names), COLUMNS, *[", ".join(found)] * (found != self.names), line=1)

    def _cells(self) -> None:
        """Number of cells of each row: proven by counts, or else looked at row by row."""
        width, expected = len(self.names), f"{len(self.names)} cells"
        result = Result(self.rows.table, "cells", None, "error", expected)
        self._results.append(result)
        if self._octets.commas == self._octets.lines * (width - 1) and self._can_be_read():
            return
        for line, count in widths(self.rows.files[0]):
            if count != width:
                result.failures += 1
                if len(result.examples) < self.examples:
                    mend = "quote cells that hold commas; fill or remove cells"
                    result.examples.append(Problem(self.rows.table, line, None, str(count), "cells", expected, mend))
        if not result.failures:
            self.reader.parquet(self.rows)

    def _can_be_read(self) -> bool:
        try:
            self.reader.parquet(self.rows)
        except Unreadable:
            return False
        return True

    def _columns(self) -> None:
        """Names and types of columns that come typed. The types of a package are exact; others need only hold the same values."""
        from rare_earths.validate.typed import fits

        for path, found in self._found_schemas():
            wrong = [", ".join(found.names)] * (found.names != self.names)
            if wrong or path is self._first:
                self._add("header", ", ".join(self.names), COLUMNS, *wrong)
            if wrong:
                return
            for field, kind in zip(arrow_schema(self.rows.schema), self.rows.schema["fields"], strict=True):
                is_of = found.field(field.name).type
                right = is_of == field.type if self.resource else fits(kind["type"], _ibis_type(is_of))
                if not right or path is self._first:
                    mend = "write the column with this type"
                    self._add("column-type", str(field.type), mend, *[is_of] * (not right), column=field.name)

    def _found_schemas(self) -> Iterator[tuple[Path | None, pa.Schema]]:
        self._first = self.rows.files[0] if self.rows.files else None
        if self.rows.kind == "arrow":
            yield None, self.rows.data.schema
        elif self.rows.kind == "spark":
            from pyspark.sql.pandas.types import to_arrow_schema

            yield None, to_arrow_schema(self.rows.data.schema)
        for path in self.rows.files:
            try:
                yield path, pyarrow.parquet.read_schema(path)
            except (pa.ArrowException, OSError) as error:
                raise Unreadable(f"{path.name} is no Parquet file that can be read") from error

    def _sorted(self) -> None:
        count = self.reader.order(self.rows).out_of_order
        level = "error" if self.resource else "notice"
        expected = "rows in the order of the primary key"
        key = self.rows.schema["primaryKey"]
        result = Result(self.rows.table, "sorted", key[0], level, expected, count)
        for line, *cells in self.reader.out_of_order(self.rows, self.examples) if count else ():
            text = {name: None if value is None else cell(value) for name, value in zip(key, cells, strict=True)}
            result.examples.append(
                Problem(
                    self.rows.table,
                    line,
                    key[0],
                    text[key[0]],
                    "sorted",
                    expected,
                    "sort the rows by the primary key",
                    level,
                    text,
                )
            )
        self._results.append(result)


def widths(path: Path) -> Iterator[tuple[int, int]]:
    """Number of each row of a CSV, the header being 1, and its number of cells."""
    number = 0
    with open(path, encoding="utf-8-sig", newline="") as file:
        try:
            for number, cells in enumerate(csv.reader(file), start=1):
                yield number, len(cells)
        except csv.Error:
            # A cell that goes on and on: a quotation mark that nothing closes.
            yield number + 1, 0


def row_count(table: str, expected: int, found: int) -> Result:
    """The number of rows against the descriptor: a table that lost its rows passes every rule on rows."""
    text = f"{expected} rows, as the descriptor says"
    problems = [Problem(table, None, None, str(found), "rows", text, REFRESH)] if found != expected else []
    return Result(table, "rows", None, "error", text, len(problems), problems)


def has_rows(table: str, found: int) -> Result:
    """A user's own table holds at least one row."""
    text = "at least one row"
    problems = [Problem(table, None, None, "0", "rows", text, "write the rows below the header")] if not found else []
    return Result(table, "rows", None, "error", text, len(problems), problems)


def _name(path: Path) -> str:
    return path.name


def _ibis_type(found: pa.DataType):
    from ibis.formats.pyarrow import PyArrowType

    return PyArrowType.to_ibis(found)
