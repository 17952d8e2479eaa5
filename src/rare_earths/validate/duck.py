"""The embedded engine: DuckDB through ibis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis

from rare_earths.validate.engine import Engine, Tables
from rare_earths.validate.inputs import Rows
from rare_earths.validate.reading import Reader, quoted

#: Rows that tell how many different values a column has; a shorter table is looked at row by row.
SAMPLE = 65_536


class DuckEngine(Engine):
    """Tables in DuckDB: files are read in place, nothing is kept in memory but what a query needs."""

    name = "duckdb"

    def __init__(self, tables: Tables, reader: Reader) -> None:
        super().__init__(tables, reader)
        self._backend = ibis.duckdb.from_connection(reader.connection)

    def _raw(self, rows: Rows) -> ibis.Table:
        name = f"_raw_{rows.table}"
        self.reader.connection.execute(f"CREATE VIEW {quoted(name)} AS {self.reader.scan(rows)}")
        return self._backend.table(name)

    def _fetch(self, table: ibis.Table) -> list[dict[str, Any]]:
        done = self.reader.connection.execute(self._backend.compile(table))
        names = [column[0] for column in done.description]
        return [dict(zip(names, row, strict=True)) for row in done.fetchall()]

    def values(self, rows: Rows) -> dict[str, int]:
        """About how many different values columns have, judged by the first rows of a long table."""
        connection, names = self.reader.connection, [field["name"] for field in rows.schema["fields"]]
        distinct = ", ".join(f"approx_count_distinct({quoted(name)})" for name in names)
        query = f"SELECT count(*), {distinct} FROM (SELECT * FROM ({self.reader.scan(rows)}) LIMIT {SAMPLE})"
        count, *found = connection.execute(query).fetchall()[0]
        return dict(zip(names, found, strict=True)) if count == SAMPLE else {}

    def is_key(self, rows: Rows, key: Sequence[str]) -> bool:
        """Whether it is proven that no two rows have the same values in these columns."""
        if list(key) == rows.schema["primaryKey"] and self.reader.order(rows) == (0, 0):
            return True
        # Rows with equal keys have equal hashes; as many hashes as rows prove that there are none.
        names = ", ".join(map(quoted, key))
        query = f"SELECT count(DISTINCT hash({names})) = count(*) FROM ({self.reader.scan(rows)})"
        return self.reader.connection.execute(query).fetchall()[0][0]
