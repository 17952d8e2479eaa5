"""Run rules on the embedded engine (DuckDB through ibis) and say which rows break them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import ibis
from pandera.errors import SchemaErrorReason, SchemaErrors

from rare_earths.package import Package
from rare_earths.validate.compile import LINE, TEXT, pandera_schema
from rare_earths.validate.problems import Problem
from rare_earths.validate.rule import Rule

DUCKDB_TYPES = {"integer": "BIGINT", "year": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


class Engine:
    """Tables of a package in an in-memory DuckDB, each row with its line in the CSV.

    Parameters
    ----------
    package
        The package; a table of it is read when it is first asked for.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.connection = ibis.duckdb.connect()
        self._read: set[str] = set()

    def table(self, name: str) -> ibis.Table:
        """A table of the package.

        Raises
        ------
        ValueError
            When its file cannot be read as a CSV with the columns of its schema.
        """
        if name not in self._read:
            try:
                self._read_csv(name)
            except duckdb.Error as error:
                raise ValueError(f"cannot read the table {name}; `rare-earths validate --table {name}` says why") from error
            self._read.add(name)
        return self.connection.table(name)

    def count(self, name: str) -> int:
        """Number of rows of a table."""
        return int(self.table(name).count().execute())

    def _read_csv(self, name: str) -> None:
        schema, raw = self.package.schema(name), f"_raw_{name}"
        columns = ", ".join(f"'{field['name']}': 'VARCHAR'" for field in schema["fields"])
        self.connection.con.execute(
            f"""CREATE TABLE "{raw}" AS SELECT row_number() OVER () + 1 AS {LINE}, * FROM read_csv(
                ?, header = true, delim = ',', quote = '"', escape = '"', nullstr = '',
                auto_detect = false, columns = {{{columns}}})""",
            [str(self.package.path(name))],
        )
        self.connection.con.execute(f'CREATE VIEW "{name}" AS SELECT {_typed(schema)} FROM "{raw}"')

    def problems(self, schema: dict[str, Any], rules: Sequence[Rule]) -> Iterator[Problem]:
        """Every row that breaks a rule, rule by rule.

        All rules are looked at in one pass; only when a row breaks one of them are they
        halved, and halved again, to say which.

        Raises
        ------
        RuntimeError
            When a rule could not be run: a rule that cannot fail must not pass for one that holds.
        """
        broken = self._broken(schema, rules) if rules else []
        if not broken:
            return
        if len(rules) > 1:
            middle = len(rules) // 2
            yield from self.problems(schema, rules[:middle])
            yield from self.problems(schema, rules[middle:])
            return
        for row in sorted(broken, key=lambda row: row[LINE]):
            yield problem(schema["name"], rules[0], row)

    def _broken(self, schema: dict[str, Any], rules: Sequence[Rule]) -> list[dict[str, Any]]:
        """Rows that break one of these rules."""
        try:
            pandera_schema(schema, rules, self.table).validate(self.table(schema["name"]), lazy=True)
        except SchemaErrors as errors:
            for error in errors.schema_errors:
                if error.reason_code is not SchemaErrorReason.DATAFRAME_CHECK:
                    raise RuntimeError(f"{schema['name']}: {error}") from error
                return list(error.failure_cases["failure_case"])
        return []


def problem(table: str, rule: Rule, row: dict[str, Any]) -> Problem:
    """The problem of one row that breaks a rule."""
    value = row.get(TEXT + rule.column, row[rule.column])
    text = None if value is None or value != value else str(value)
    return Problem(table, int(row[LINE]), rule.column, text, rule.name, rule.expected, rule.mend, rule.level)


def _typed(schema: dict[str, Any]) -> str:
    columns = [LINE]
    for field in schema["fields"]:
        name, kind = field["name"], DUCKDB_TYPES.get(field["type"])
        if kind is None:
            columns.append(f'"{name}"')
        else:
            columns += [f'TRY_CAST("{name}" AS {kind}) AS "{name}"', f'"{name}" AS "{TEXT}{name}"']
    return ", ".join(columns)
