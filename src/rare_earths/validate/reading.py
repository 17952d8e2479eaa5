"""Read files once, and say which of their rows cannot be read or are out of order.

A CSV becomes a temporary Parquet file of its text, cell by cell; every engine reads that. All
of this runs on DuckDB and in bounded memory, whichever engine runs the rules on rows.
"""

from __future__ import annotations

import csv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import duckdb
import pyarrow.parquet

from rare_earths.validate.inputs import Rows
from rare_earths.validate.rule import Unreadable
from rare_earths.validate.typed import LINE

#: What the embedded engine may hold in memory before it writes to a temporary folder.
MEMORY = "512MB"
#: Bytes of a header that are read; none of ours is a hundredth of it.
HEADER = 1 << 20


class Order(NamedTuple):
    """Rows that are not in the order of the primary key, and rows with the key of the row before."""

    out_of_order: int
    repeated: int


class Reader:
    """Reads the files of tables; what it writes lies in a temporary folder until it is closed.

    Attributes
    ----------
    connection
        The DuckDB connection, with a limit on its memory.
    folder
        The temporary folder.
    """

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="rare-earths-")
        self.folder = Path(self._folder.name)
        self.connection = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(self.folder / "spill")})
        self._parquet: dict[str, tuple[Path, ...]] = {}
        self._order: dict[str, Order] = {}

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove what was written."""
        self.connection.close()
        self._folder.cleanup()

    def parquet(self, rows: Rows) -> tuple[Path, ...]:
        """Parquet files with the rows: its own, or a copy of a CSV or of a table in memory.

        Raises
        ------
        Unreadable
            When the rows of a CSV cannot be told apart, or columns are missing.
        """
        if rows.kind == "parquet":
            return rows.files
        if rows.table not in self._parquet:
            path = self.folder / f"{rows.table}.parquet"
            if rows.kind == "csv":
                self._copy_csv(rows, path)
            else:
                pyarrow.parquet.write_table(rows.data, path, compression="lz4")
            self._parquet[rows.table] = (path,)
        return self._parquet[rows.table]

    def _copy_csv(self, rows: Rows, path: Path) -> None:
        names = [field["name"] for field in rows.schema["fields"]]
        columns = ", ".join(f"{quoted(name, chr(39))}: 'VARCHAR'" for name in names)
        try:
            if header(rows.files[0]) != names:
                raise duckdb.InvalidInputException("other columns")
            self.connection.execute(
                f"""COPY (SELECT * FROM read_csv(?, header = true, delim = ',', quote = '"', escape = '"', nullstr = '',
                    auto_detect = false, columns = {{{columns}}}))
                TO {quoted(str(path), chr(39))} (FORMAT parquet, COMPRESSION lz4)""",
                [str(rows.files[0])],
            )
        except (duckdb.Error, OSError) as error:
            text = f"cannot read the table {rows.table}; `rare-earths validate --table {rows.table}` says why"
            raise Unreadable(text) from error

    def scan(self, rows: Rows) -> str:
        """SQL of all rows as they come, with ``LINE``."""
        if rows.kind == "arrow":
            name = f"_arrow_{rows.table}"
            self.connection.register(name, rows.data)
            return f"SELECT row_number() OVER () AS {LINE}, * FROM {quoted(name)}"
        files = ", ".join(quoted(str(path), chr(39)) for path in self.parquet(rows))
        if len(self.parquet(rows)) > 1:
            return f"SELECT row_number() OVER () AS {LINE}, * FROM read_parquet([{files}])"
        number = f"file_row_number + {rows.first} AS {LINE}, * EXCLUDE (file_row_number)"
        return f"SELECT {number} FROM read_parquet({files}, file_row_number = true)"

    def order(self, rows: Rows) -> Order:
        """How many rows break the order of the primary key, and how many repeat the key before them."""
        if rows.table not in self._order:
            query = (
                f"SELECT count(*) FILTER (WHERE key < before), count(*) FILTER (WHERE key = before) FROM ({self._keys(rows)})"
            )
            self._order[rows.table] = Order(*self.connection.execute(query).fetchall()[0])
        return self._order[rows.table]

    def out_of_order(self, rows: Rows, limit: int) -> list[tuple[Any, ...]]:
        """Line and cells of the key of the first rows that should stand before the row above them."""
        names = ", ".join(quoted(name) for name in rows.schema["primaryKey"])
        query = f"SELECT {LINE}, {names} FROM ({self._keys(rows)}) WHERE key < before ORDER BY {LINE} LIMIT {limit}"
        return self.connection.execute(query).fetchall()

    def _keys(self, rows: Rows) -> str:
        kinds = {field["name"]: field["type"] for field in rows.schema["fields"]}
        parts = []
        for name in rows.schema["primaryKey"]:
            if kinds[name] in {"year", "integer"}:
                parts.append(f"coalesce(try_cast({quoted(name)} AS BIGINT), 9223372036854775807)")
            parts.append(f"coalesce({quoted(name)}::VARCHAR, '')")
        names = ", ".join(quoted(name) for name in rows.schema["primaryKey"])
        key = f"row({', '.join(parts)})"
        return f"SELECT *, lag(key) OVER () AS before FROM (SELECT {LINE}, {names}, {key} AS key FROM ({self.scan(rows)}))"


def header(path: Path) -> list[str]:
    """Names of the columns of a CSV."""
    with open(path, "rb") as file:
        line = file.readline(HEADER).decode("utf-8-sig", errors="replace")
    return next(csv.reader([line.rstrip("\r\n")]), [])


def quoted(text: str, mark: str = '"') -> str:
    """Text as an identifier of SQL, or with another mark as a literal."""
    return mark + text.replace(mark, mark * 2) + mark
