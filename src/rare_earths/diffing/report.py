"""A difference as a document and as files."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet

from rare_earths.spelling import cell

if TYPE_CHECKING:
    from rare_earths.diffing import Diff, TableDiff

#: Version of ``diff.schema.json``: the first number rises with what breaks readers, the second with what is new.
FORMAT = "1.0"


def document(diff: Diff, limit: int | None) -> dict[str, Any]:
    """The difference as ``diff.schema.json`` says; the same two packages give the same document."""
    return {
        "format": FORMAT,
        "old": diff.old,
        "new": diff.new,
        "bump": diff.bump,
        "bump_reasons": [{"bump": level, "reason": reason} for level, reason in diff.bump_reasons],
        "tables_added": [{"table": name, "rows": rows} for name, rows in diff.tables_added.items()],
        "tables_removed": [
            {"table": name, "rows": rows, "reason": diff.reason_for(name)} for name, rows in diff.tables_removed.items()
        ],
        "tables_unchanged": list(diff.unchanged),
        "tables_changed": [{"table": name, **_table(table, limit)} for name, table in diff.tables.items()],
        "rows_listed": limit,
    }


def _table(table: TableDiff, limit: int | None) -> dict[str, Any]:
    removed = table.removed.slice(0, limit)
    return {
        "schema": {
            "fields_added": table.schema.fields_added,
            "fields_removed": table.schema.fields_removed,
            "changes": [vars(change) for change in table.schema.changes],
        },
        "compared_by": "key" if table.key else "row",
        "key": list(table.key),
        "rows_old": table.rows_old,
        "rows_new": table.rows_new,
        "counts": {
            "added": table.added.num_rows,
            "removed": table.removed.num_rows,
            "changed": table.rows_changed,
            "cells": table.changed.num_rows,
        },
        "added": _rows(table.added.slice(0, limit)),
        "removed": [
            {"row": row, "reason": reason}
            for row, reason in zip(_rows(removed), table.reasons.slice(0, limit).to_pylist(), strict=True)
        ],
        "changed": _changed(table, limit),
    }


def _rows(rows: pa.Table) -> list[dict[str, str | None]]:
    """Rows with their cells as the CSV spells them."""
    return [_spelled(row) for row in rows.to_pylist()]


def _spelled(row: dict[str, Any]) -> dict[str, str | None]:
    return {name: None if value is None else cell(value) for name, value in row.items()}


def _changed(table: TableDiff, limit: int | None) -> list[dict[str, Any]]:
    """Changed cells, those of one row together."""
    found: dict[tuple, dict[str, Any]] = {}
    for row in table.changed.to_pylist():
        key = tuple(row[name] for name in table.key)
        if key not in found:
            if len(found) == limit:
                break
            found[key] = {"key": _spelled({name: row[name] for name in table.key}), "cells": {}}
        found[key]["cells"][row["column"]] = {"old": row["old"], "new": row["new"]}
    return list(found.values())


def write(diff: Diff, folder: Path, limit: int | None) -> list[Path]:
    """Write the document and the Parquet files; each set is put in place whole."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".diff.{os.getpid()}.part"
    shutil.rmtree(beside, ignore_errors=True)
    try:
        (beside / "diff").mkdir(parents=True)
        for name, table in diff.tables.items():
            removed = table.removed.append_column("removal_reason", table.reasons)
            for what, rows in (("added", table.added), ("removed", removed), ("changed", table.changed)):
                if rows.num_rows:
                    pyarrow.parquet.write_table(rows, beside / "diff" / f"{name}-{what}.parquet", compression="zstd")
        text = json.dumps(document(diff, limit), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        (beside / "diff.json").write_text(text, encoding="utf-8", newline="\n")
        shutil.rmtree(folder / "diff", ignore_errors=True)
        if any((beside / "diff").iterdir()):
            (beside / "diff").rename(folder / "diff")
        (beside / "diff.json").replace(folder / "diff.json")
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return [folder / "diff.json", *sorted((folder / "diff").glob("*.parquet"))]
