"""A small package of trade tables, real rows of ``data/``, into which tests put faults."""

import csv
import json
from pathlib import Path
from typing import Any

from rare_earths.arrow import arrow_schema, read_csv
from rare_earths.package import DESCRIPTOR, Package
from rare_earths.validate.duck import DuckEngine
from rare_earths.validate.inputs import PackageTables
from rare_earths.validate.problems import Problem
from rare_earths.validate.reading import Reader
from rare_earths.validate.run import rules_of
from scripts.tables import DATA, csv_text, schema

Row = dict[str, Any]
REFERENCE = ("areas", "sources", "products")
TABLES = (*REFERENCE, "trade_flows", "trade_mirror", "concentration")
#: Every so many rows of trade flows go into the sample, beside all rows that a mirror gap cites.
STEP = 400


def read(table: str) -> list[Row]:
    """Rows of a table of ``data/``, typed."""
    return read_csv(DATA / f"{table}.csv", arrow_schema(schema(table))).to_pylist()


def sample() -> dict[str, list[Row]]:
    """The sample: reference and derived tables whole, trade flows thinned out."""
    tables = {table: read(table) for table in TABLES}
    cited = {
        (row[f"{side}_source_id"], row[f"{side}_locator"], row["period"])
        for row in tables["trade_mirror"]
        for side in ("exporter", "importer", "reconciled")
    }
    flows = tables["trade_flows"]
    quoted = [row for row in flows if row["basis"] == "quoted" or row["source_id"].startswith("usgs-")]
    mirrored = [row for row in flows if (row["source_id"], row["locator"], row["period"]) in cited]
    chosen = {id(row): row for row in [*flows[::STEP], *quoted, *mirrored]}
    tables["trade_flows"] = list(chosen.values())
    return tables


def problems(tables: dict[str, list[Row]], folder: Path, checked: str) -> list[Problem]:
    """Problems that the rules find in one table of a sample.

    Parameters
    ----------
    tables
        Rows by table; rows are written in the order of the primary key.
    folder
        Where the CSV files are written.
    checked
        Table whose rules run.
    """
    resources = [{"name": table, "path": f"{table}.csv", "schema": schema(table)} for table in tables]
    (folder / DESCRIPTOR).write_text(json.dumps({"resources": resources}), encoding="utf-8")
    for table, rows in tables.items():
        (folder / f"{table}.csv").write_text(csv_text(rows, schema(table)), encoding="utf-8", newline="")
    definition = schema(checked)
    with Reader() as reader:
        engine = DuckEngine(PackageTables(Package(folder)), reader)
        _, results = engine.results(definition, rules_of(definition), examples=50)
    return [problem for result in results for problem in result.examples]


def line_of(folder: Path, table: str, wanted: Row) -> int:
    """Line of the row that has these cells."""
    with open(folder / f"{table}.csv", encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            if all(row[name] == str(value) for name, value in wanted.items()):
                return line
    raise LookupError(f"no row of {table} has {wanted}")
