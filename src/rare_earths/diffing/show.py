"""A difference for a terminal and for a notebook."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rare_earths.diffing import Diff, TableDiff

#: Rows of each kind that a summary shows of a table.
SHOWN = 5


def headline(diff: Diff) -> str:
    """One sentence."""
    if not diff:
        return f"{diff.old} → {diff.new}: no table, field, row or cell differs"
    return f"{diff.old} → {diff.new}: {diff.bump}, for {diff.bump_reasons[0][1]}"


def counts(diff: Diff) -> list[tuple[str, str, str, str, str]]:
    """Table, rows added, removed and changed, and cells changed, of each table that differs."""
    found = [(f"{name} (new)", f"{rows:,}", "", "", "") for name, rows in diff.tables_added.items()]
    found += [(f"{name} (removed)", "", f"{rows:,}", "", "") for name, rows in diff.tables_removed.items()]
    for name, t in diff.tables.items():
        numbers = (t.added.num_rows, t.removed.num_rows, t.rows_changed, t.changed.num_rows)
        found.append((name, *(f"{n:,}" if n else "" for n in numbers)))
    return found


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
    if diff:
        rows = [("table", "added", "removed", "changed", "cells"), *counts(diff)]
        widths = [max(len(row[place]) for row in rows) for place in range(5)]
        lines.append("")
        for row in rows:
            cells = [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]
            lines.append("  ".join(cells).rstrip())
    for name, table in diff.tables.items():
        lines += ["", name, *(f"  {line}" for line in details(name, table))]
    if diff.unexplained:
        lines += ["", "Removed without a stated reason:", *(f"  {line}" for line in diff.unexplained)]
    return "\n".join(lines)


def html(diff: Diff) -> str:
    """Summary for a notebook."""
    head = "".join(f"<th>{name}</th>" for name in ("table", "added", "removed", "changed", "cells"))
    body = "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>" for row in counts(diff))
    parts = [f"<p><strong>{escape(headline(diff))}</strong></p>"]
    parts += [f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"] if diff else []
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
