"""Small data packages made by tests: of any rows, as CSV or as Parquet."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet

from rare_earths.arrow import arrow_schema, read_csv
from rare_earths.cache import digest
from rare_earths.package import DESCRIPTOR, Package
from rare_earths.releases import Release
from scripts.tables import csv_text

Rows = Iterable[Mapping[str, Any]]


def make(folder: Path, version: str, tables: Mapping[str, tuple[dict[str, Any], Rows]], kind: str = "csv") -> Package:
    """Write a package of tables, each a schema and its rows, and open it."""
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for name, (schema, rows) in tables.items():
        path = folder / f"{name}.csv"
        path.write_text(csv_text(rows, {"name": name} | schema), encoding="utf-8", newline="\n")
        if kind == "parquet":
            table = read_csv(path, arrow_schema(schema))
            path.unlink()
            path = path.with_suffix(".parquet")
            pyarrow.parquet.write_table(table, path)
        resources.append(
            {
                "name": name,
                "path": path.name,
                "bytes": path.stat().st_size,
                "hash": f"sha256:{digest(path)}",
                "schema": schema,
            }
        )
    text = json.dumps({"version": version, "created": "2026-01-01T00:00:00Z", "resources": resources})
    (folder / DESCRIPTOR).write_text(text, encoding="utf-8")
    return Package(folder)


def release(package: Package) -> Release:
    """The entry that the index of releases would have for a Parquet package."""
    return Release(package.version, "2026-01-01", "0" * 64, digest(package.folder / DESCRIPTOR))
