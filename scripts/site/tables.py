"""One page per table: what it holds, what its columns mean, where its rows come from and how to get it."""

import re
from typing import Any

import pandas as pd

from rare_earths.codes import references
from scripts.metadata import schema_org
from scripts.site.release import Release
from scripts.site.render import page

FIRST_ROWS = 8
#: Sources that a page lists openly; the rest of a longer list is folded.
OPEN_SOURCES = 12


def source_columns(names: list[str]) -> list[str]:
    """Columns that name a source."""
    return [name for name in names if name == "source_id" or name.endswith("_source_id")]


def coverage(release: Release, table: str) -> dict[str, str]:
    """What a table covers, in the order to show it: label to text."""
    frame = release.load(table)
    covered = next(found.coverage for found in release.facts.tables if found.name == table)
    facts = {"Rows": f"{len(frame):,}", "Columns": str(len(frame.columns))}
    if covered.start is not None:
        facts["Years"] = f"{covered.start}–{covered.end}"
    if covered.areas:
        facts["Areas"] = str(len(covered.areas))
    columns = source_columns(list(frame.columns))
    if columns and not frame[columns[0]].is_unique:
        facts["Sources"] = str(len({key for name in columns for key in frame[name].dropna()}))
    return facts


def referring(release: Release, table: str) -> list[str]:
    """Tables with a column that must be found in this one."""
    schemas = {name: release.package.schema(name) for name in release.package.tables}
    return [name for name, schema in schemas.items() if table in {target for target, _ in references(schema).values()}]


def limits(constraints: dict[str, Any]) -> list[str]:
    """Constraints of a column in words, as Markdown; whether it is required stands in a column of its own."""
    words = {
        "enum": lambda values: "one of " + ", ".join(f"`{value}`" for value in values),
        "minimum": lambda value: f"at least {value}",
        "maximum": lambda value: f"at most {value}",
        "pattern": lambda value: f"pattern `{value}`",
        "unique": lambda value: "unique",
    }
    return [words[name](value) for name, value in constraints.items() if name != "required"]


def linked(text: str, table: str, tables: list[str]) -> str:
    """Text in which names of other tables, written as code, lead to their pages."""
    others = "|".join(name for name in tables if name != table)
    return re.sub(rf"`({others})`", r"[`\1`](\1.md)", text)


def dictionary(schema: dict[str, Any], tables: list[str]) -> list[dict[str, Any]]:
    """Rows of the data dictionary."""
    keys = references(schema)
    return [
        {
            "name": field["name"],
            "type": field["type"],
            "unit": field.get("unit", ""),
            "required": field.get("constraints", {}).get("required", False),
            "limits": limits(field.get("constraints", {})),
            "description": linked(field["description"], schema["name"], tables),
            "numeric": field["type"] in ("number", "integer"),
            "primary": field["name"] in schema["primaryKey"],
            "reference": keys.get(field["name"]),
        }
        for field in schema["fields"]
    ]


def cited(release: Release, frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Sources that the rows rest on, those with most rows first."""
    columns = source_columns(list(frame.columns))
    counts = pd.concat([frame[name] for name in columns]).value_counts() if columns else pd.Series(dtype="int64")
    sources = release.load("sources").astype(object)
    rows = sources.where(sources.notna(), "").to_dict("records")
    found = [row | {"rows": int(counts[row["source_id"]])} for row in rows if row["source_id"] in counts.index]
    return sorted(found, key=lambda row: (-row["rows"], row["source_id"]))


def table_page(release: Release, table: str) -> str:
    """The page of one table."""
    frame, schema, names = release.load(table), release.package.schema(table), release.package.tables
    return page(
        "table.md.j2",
        table=table,
        title=schema["title"],
        description=linked(schema["description"], table, names),
        facts=coverage(release, table),
        columns=list(frame.columns),
        rows=frame.head(FIRST_ROWS).astype(object).to_numpy().tolist(),
        total=len(frame),
        fields=dictionary(schema, names),
        referring=[name for name in referring(release, table) if name != table],
        sources=cited(release, frame) if table != "sources" else [],
        open_sources=OPEN_SOURCES,
        licences=frame["licence"].value_counts(sort=False).sort_index().to_dict() if table == "sources" else {},
        downloads={
            "CSV": release.file(f"data/{table}.csv"),
            "Parquet": release.file(f"parquet/{table}.parquet"),
            "Table Schema (JSON)": release.file(f"schemas/{table}.json"),
        },
        json_ld=schema_org.script(schema_org.table(release.facts, table, downloads="../../downloads")),
    )


def index_page(release: Release) -> str:
    """The page that lists all tables."""
    facts = {name: coverage(release, name) for name in release.package.tables}
    names = release.package.tables
    schemas = {name: release.package.schema(name) for name in names}
    holds = {name: linked(re.split(r"(?<=\.)\s", schema["description"])[0], name, names) for name, schema in schemas.items()}
    return page("tables.md.j2", resources=release.package.descriptor["resources"], facts=facts, holds=holds)
