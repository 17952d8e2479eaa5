"""One SQLite database with all tables, compiled from their schemas."""

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rare_earths.package import Package
from scripts.metadata.citation import bibtex
from scripts.release.bundle import stem

#: Table Schema type -> type of a STRICT table. A boolean is 0 or 1.
TYPES = {"string": "TEXT", "integer": "INTEGER", "year": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
#: What is usually asked for beside the leading columns of the primary key: table -> columns of each index.
#: An index of a table without rowids holds the whole key, so a long table gets one only.
INDEXES = {
    "production_reported": [["area", "year"]],
    "reserves_reported": [["area", "as_of_year"]],
    "policy_actions": [["jurisdiction", "announced_on"]],
    "policy_citations": [["source_id"]],
    "prices": [["material", "year"]],
    "trade_flows": [["partner", "product"]],
    "us_salient_statistics": [["series", "year"]],
}
#: Tables about the tables: what each, each column and the package is.
ABOUT = """
CREATE TABLE _package (property TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE _tables (
  "table" TEXT PRIMARY KEY, title TEXT NOT NULL, description TEXT NOT NULL, rows INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE _columns (
  "table" TEXT NOT NULL REFERENCES _tables, position INTEGER NOT NULL, "column" TEXT NOT NULL, type TEXT NOT NULL,
  unit TEXT, required INTEGER NOT NULL, description TEXT NOT NULL, PRIMARY KEY ("table", position)
) STRICT, WITHOUT ROWID;
"""


def quoted(names: Iterable[str]) -> str:
    """Names of columns or tables as SQL writes them."""
    return ", ".join('"' + name.replace('"', '""') + '"' for name in names)


def create(schema: dict[str, Any]) -> str:
    """Statement that creates the table of a schema, with its keys."""
    parts = []
    for field in schema["fields"]:
        required = field.get("constraints", {}).get("required", False)
        check = f" CHECK ({quoted([field['name']])} IN (0, 1))" if field["type"] == "boolean" else ""
        parts.append(f"{quoted([field['name']])} {TYPES[field['type']]}{' NOT NULL' if required else ''}{check}")
    parts.append(f"PRIMARY KEY ({quoted(schema['primaryKey'])})")
    for key in schema.get("foreignKeys", []):
        target = key["reference"]
        parts.append(
            f"FOREIGN KEY ({quoted(key['fields'])}) REFERENCES {quoted([target['resource']])} ({quoted(target['fields'])})"
        )
    # The key is the order of the rows: no second copy of it, which halves the long tables.
    return f"CREATE TABLE {quoted([schema['name']])} (\n  " + ",\n  ".join(parts) + "\n) STRICT, WITHOUT ROWID"


def facts(descriptor: dict[str, Any]) -> dict[str, str]:
    """Rows of ``_package``."""
    licence = descriptor["licenses"][0]
    return {name: descriptor[name] for name in ("name", "title", "description", "version", "contentHash")} | {
        "released": descriptor["created"][:10],
        "licence": licence["name"],
        "licence_url": licence["path"],
        "citation": bibtex(descriptor),
    }


def fill(database: sqlite3.Connection, package: Package) -> None:
    """Create and fill all tables and indexes."""
    database.executemany("INSERT INTO _package VALUES (?, ?)", facts(package.descriptor).items())
    for name in package.tables:
        schema, rows = package.schema(name), package.read(name)
        database.execute(create(schema))
        places = ", ".join("?" * rows.num_columns)
        values = zip(*(column.to_pylist() for column in rows.columns), strict=True)
        database.executemany(f"INSERT INTO {quoted([name])} VALUES ({places})", values)
        database.execute(
            "INSERT INTO _tables VALUES (?, ?, ?, ?)", [name, schema["title"], schema["description"], rows.num_rows]
        )
        for place, field in enumerate(schema["fields"], start=1):
            required = field.get("constraints", {}).get("required", False)
            values = [name, place, field["name"], field["type"], field.get("unit"), required, field["description"]]
            database.execute("INSERT INTO _columns VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    for name, indexes in INDEXES.items():
        for columns in indexes:
            index = quoted(["_by_".join([name, "_".join(columns)])])
            database.execute(f"CREATE INDEX {index} ON {quoted([name])} ({quoted(columns)})")


def write_database(folder: Path) -> None:
    """Write ``rare-earths-{version}.sqlite``, whole or not at all.

    Raises
    ------
    ValueError
        When a foreign key names a row that is not there.
    """
    package, path = Package(folder), folder / f"{stem(folder)}.sqlite"
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    beside.unlink(missing_ok=True)
    try:
        database = sqlite3.connect(beside, isolation_level=None)
        database.executescript(f"PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; {ABOUT} BEGIN")
        fill(database, package)
        if broken := database.execute("PRAGMA foreign_key_check").fetchall():
            table, _, target, _ = broken[0]
            raise ValueError(f"{table}: a row names no row of {target}; run `rare-earths validate .`, which says where")
        for statement in ("COMMIT", "ANALYZE", "VACUUM"):
            database.execute(statement)
        database.close()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
