"""Run rules on the embedded engine (DuckDB through ibis) and say which rows break them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import ibis
from pandera.errors import SchemaErrorReason, SchemaErrors

from rare_earths.validate.compile import LINE, TEXT, pandera_schema
from rare_earths.validate.problems import Problem
from rare_earths.validate.rule import Rule

DUCKDB_TYPES = {"integer": "BIGINT", "year": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


class Engine:
    """Tables of a package in an in-memory DuckDB, each row with its line in the CSV."""

    def __init__(self) -> None:
        self.connection = ibis.duckdb.connect()

    def add_csv(self, schema: dict[str, Any], path: Path) -> int:
        """Read a CSV whose header is that of its schema; returns the number of rows."""
        raw = "_raw_" + schema["name"]
        self.connection.con.execute(
            f"""CREATE TABLE "{raw}" AS SELECT row_number() OVER () + 1 AS {LINE}, * FROM read_csv(
                ?, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"', nullstr = '',
                auto_detect = false, columns = {{{", ".join(f"'{f['name']}': 'VARCHAR'" for f in schema["fields"])}}})""",
            [str(path)],
        )
        self.connection.con.execute(f'CREATE VIEW "{schema["name"]}" AS SELECT {_typed(schema)} FROM "{raw}"')
        return self.connection.table(raw).count().execute()

    def table(self, name: str) -> ibis.Table:
        """A table that was added."""
        return self.connection.table(name)

    def problems(self, schema: dict[str, Any], rules: Sequence[Rule]) -> Iterator[Problem]:
        """Every row that breaks a rule, rule by rule.

        All rules are looked at in one pass first; only when a row breaks one of them is each
        rule run by itself, to say which.

        Raises
        ------
        RuntimeError
            When a rule could not be run: a rule that cannot fail must not pass for one that holds.
        """
        if not rules or not any(self._broken(schema, [rules])):
            return
        for rule, rows in zip(rules, self._broken(schema, [[rule] for rule in rules]), strict=True):
            for row in sorted(rows, key=lambda row: row[LINE]):
                yield problem(schema["name"], rule, row)

    def _broken(self, schema: dict[str, Any], groups: Sequence[Sequence[Rule]]) -> list[list[dict[str, Any]]]:
        """For each group of rules, the rows that break one of them."""
        broken: list[list[dict[str, Any]]] = [[] for _ in groups]
        try:
            pandera_schema(schema, groups, self.table).validate(self.table(schema["name"]), lazy=True)
        except SchemaErrors as errors:
            for error in errors.schema_errors:
                if error.reason_code is not SchemaErrorReason.DATAFRAME_CHECK:
                    raise RuntimeError(f"{schema['name']}: {error}") from error
                broken[int(error.check.name)] = list(error.failure_cases["failure_case"])
        return broken


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
