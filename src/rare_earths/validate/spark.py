"""Spark through ibis, for tables that are where Spark is."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import ibis
import pyarrow.parquet
import sqlglot.expressions as sge
from ibis.backends.sql.compilers import PySparkCompiler

from rare_earths.validate.engine import Engine, Tables
from rare_earths.validate.inputs import Rows
from rare_earths.validate.reading import Reader
from rare_earths.validate.typed import LINE

# Spark warns of pandas 3 at every turn; nothing here hands pandas to it.
warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)

#: Rows of a table from which compiled code pays.
MANY = 500_000
#: Settings of a local session.
LOCAL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.session.timeZone": "UTC",
}
INTERPRETED = {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"}


class Compiler(PySparkCompiler):
    """Sets every ``IN`` apart: without parentheses Spark reads ``a = b IN (c)`` as ``(a = b) IN (c)``."""

    def visit_InValues(self, op, **parts):
        """A value among values."""
        return sge.paren(super().visit_InValues(op, **parts))

    def visit_InSubquery(self, op, **parts):
        """A value among those of another table.

        In this form ``NOT`` does not reach the subquery: Spark joins ``NOT IN`` row by row.
        """
        found = sge.paren(super().visit_InSubquery(op, **parts))
        missing = parts["needle"].is_(sge.null())
        return self.if_(found, sge.true(), self.if_(missing, sge.null(), sge.false()))


class SparkEngine(Engine):
    """Tables on Spark: in the session that is running, or else in a local one.

    Raises
    ------
    ImportError
        When there is no Spark.
    """

    name = "spark"

    def __init__(self, tables: Tables, reader: Reader) -> None:
        super().__init__(tables, reader)
        self._session = session()
        self._backend = ibis.pyspark.connect(self._session)
        self._backend.compiler = Compiler()
        self._many = False

    def _raw(self, rows: Rows) -> ibis.Table:
        if rows.kind == "spark":
            frame = rows.data.zipWithIndex("_index").selectExpr(f"_index + {rows.first} AS {LINE}", "*").drop("_index")
            self._many = True
        else:
            frame, first = None, rows.first
            for path in self.reader.parquet(rows):
                part = self._session.read.parquet(str(path.resolve()))
                part = part.selectExpr(f"_metadata.row_index + {first} AS {LINE}", "*")
                frame = part if frame is None else frame.unionByName(part)
                first += pyarrow.parquet.read_metadata(path).num_rows
            self._many |= first > MANY
        name = f"rare_earths_{rows.table}"
        frame.createOrReplaceTempView(name)
        return self._backend.table(name)

    def _fetch(self, table: ibis.Table) -> list[dict[str, Any]]:
        # Compiling the long expressions of all rules to Java takes longer than few rows are worth.
        before = {name: self._session.conf.get(name) for name in INTERPRETED}
        try:
            for name, value in {} if self._many else INTERPRETED.items():
                self._session.conf.set(name, value)
            return [row.asDict() for row in self._session.sql(self._backend.compile(table)).collect()]
        finally:
            for name, value in before.items():
                self._session.conf.set(name, value)

    def is_key(self, rows: Rows, key: Sequence[str]) -> bool:
        """Whether it is proven that no two rows have the same values in these columns."""
        groups = self.table(rows.table).group_by(list(key)).aggregate(_rows=ibis._.count())
        return not self._fetch(groups.filter(groups["_rows"] > 1).limit(1))


def session():
    """The Spark session that is running, or else a local one that keeps quiet."""
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is None:
        builder = SparkSession.builder.master("local[*]").appName("rare-earths")
        for name, value in LOCAL.items():
            builder = builder.config(name, value)
        running = builder.getOrCreate()
        running.sparkContext.setLogLevel("OFF")
    return running
