"""A difference for a terminal and for a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from rare_earths.listing import table_html, table_text

if TYPE_CHECKING:
    from rare_earths.diffing import Diff, TableDiff

#: Rows of each kind that a summary shows of a table.
SHOWN = 5


def headline(diff: Diff) -> str:
    """One sentence."""
    if not diff:
        return f"{diff.old} → {diff.new}: no table, field, row or cell differs"
    return f"{diff.old} → {diff.new}: {diff.bump}, for {diff.bump_reasons[0][1]}"


def counts(diff: Diff) -> list[dict[str, str | int | None]]:
    """Rows added, removed and changed, and cells changed, of each table that differs; None for none."""
    found = [(f"{name} (new)", rows, 0, 0, 0) for name, rows in diff.tables_added.items()]
    found += [(f"{name} (removed)", 0, rows, 0, 0) for name, rows in diff.tables_removed.items()]
    found += [
        (name, table.added.num_rows, table.removed.num_rows, table.rows_changed, table.changed.num_rows)
        for name, table in diff.tables.items()
    ]
    names = ("table", "added", "removed", "changed", "cells")
    return [dict(zip(names, (value or None for value in row), strict=True)) for row in found]


def details(name: str, table: TableDiff) -> list[str]:
    """Lines on one table: its schema, then the first rows of each kind."""
    lines = [f"+ field {item['name']} ({item['type']})" for item in table.schema.fields_added]
    lines += [f"- field {item['name']} ({item['type']})" for item in table.schema.fields_removed]
    lines += [f"~ {change}" for change in table.schema.changes]
    if not table.key and (table.added.num_rows or table.removed.num_rows):
        lines.append("! the primary key is not the same in both: rows are compared as a set, so none counts as changed")
    key = list(table.key) or [n for n in table.removed.column_names if n in table.added.column_names][:4]
    for mark, rows in (("+", table.added), ("-", table.removed)):
        for place, row in enumerate(rows.slice(0, SHOWN).select(key).to_pylist()):
            reason = table.reasons[place].as_py() if mark == "-" else ""
            lines.append(f"{mark} {_words(row)}" + (f": {reason or 'no reason is stated'}" if mark == "-" else ""))
        lines += [f"{mark} and {rows.num_rows - SHOWN:,} more"] if rows.num_rows > SHOWN else []
    for row in table.changed.slice(0, SHOWN).to_pylist():
        where = _words({column: row[column] for column in table.key})
        lines.append(f"~ {where}: {row['column']} was {_cell(row['old'])}, is {_cell(row['new'])}")
    more = table.changed.num_rows - SHOWN
    return lines + ([f"~ and {more:,} more cells"] if more > 0 else [])


def text(diff: Diff) -> str:
    """Summary for a terminal."""
    lines = [headline(diff)]
    lines += ["", table_text(counts(diff))] if diff else []
    for name, table in diff.tables.items():
        lines += ["", name, *(f"  {line}" for line in details(name, table))]
    if diff.unexplained:
        lines += ["", "Removed without a stated reason:", *(f"  {line}" for line in diff.unexplained)]
    return "\n".join(lines)


def html(diff: Diff) -> str:
    """Summary for a notebook."""
    parts = [f"<p><strong>{escape(headline(diff))}</strong></p>"]
    parts += [table_html(counts(diff))] if diff else []
    for name, table in diff.tables.items():
        lines = "\n".join(escape(line) for line in details(name, table))
        parts.append(f"<details><summary>{escape(name)}</summary><pre>{lines}</pre></details>")
    return "".join(parts)


def _words(row: dict) -> str:
    return ", ".join(f"{name}={_cell(value)}" for name, value in row.items())


def _cell(value: object) -> str:
    """A value, cut for a line."""
    text = "empty" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
