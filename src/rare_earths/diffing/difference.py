"""A difference: what it holds, what it means for the version, and how it is shown and written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from rare_earths.diffing import bump
from rare_earths.diffing.fields import SchemaDiff
from rare_earths.diffing.removals import Removal


@dataclass(frozen=True)
class TableDiff:
    """What changed in one table.

    Attributes
    ----------
    schema
        Fields and properties that changed.
    key
        Columns that rows were matched by. Empty where the primary key itself changed, or is missing: rows were
        then compared as a set, over the columns that both versions have.
    added, removed
        Rows with the columns of the new and of the old version.
    changed
        One row per changed cell: the key columns, ``column``, ``old``, ``new`` (as the CSV spells them).
    reasons
        Why each removed row was, in the order of ``removed``; null where nobody stated it.
    rows_old, rows_new
        Numbers of rows.
    """

    schema: SchemaDiff
    key: tuple[str, ...]
    added: pa.Table
    removed: pa.Table
    changed: pa.Table
    reasons: pa.Array
    rows_old: int
    rows_new: int

    def __bool__(self) -> bool:
        return bool(self.schema or self.added.num_rows or self.removed.num_rows or self.changed.num_rows)

    @property
    def rows_changed(self) -> int:
        """Number of rows with a changed cell."""
        return self.changed.group_by(list(self.key)).aggregate([]).num_rows if self.changed.num_rows else 0


@dataclass(frozen=True)
class Diff:
    """What changed between two packages; prints well, also in a notebook.

    Attributes
    ----------
    old, new
        Their versions.
    tables
        Tables that both have and that changed.
    unchanged
        Names of tables that both have and that did not.
    tables_added
        Numbers of rows of new tables.
    tables_removed
        Numbers of rows of tables that are gone.
    removals
        Reasons that are stated for what went between the two versions.
    """

    old: str
    new: str
    tables: dict[str, TableDiff]
    unchanged: tuple[str, ...]
    tables_added: dict[str, int]
    tables_removed: dict[str, int]
    removals: tuple[Removal, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tables or self.tables_added or self.tables_removed)

    @cached_property
    def bump_reasons(self) -> list[tuple[bump.Level, str]]:
        """What speaks for which part of the version (``rare_earths.diffing.bump``), the largest part first."""
        return bump.reasons(self)

    @property
    def bump(self) -> bump.Level | None:
        """Part of the version that the difference raises: ``major``, ``minor``, ``patch``; None without a difference."""
        return self.bump_reasons[0][0] if self.bump_reasons else None

    @property
    def unexplained(self) -> list[str]:
        """Removed rows and tables without a stated reason, one line per table; empty when all is explained."""
        found = [f"table {name} was removed" for name in self.tables_removed if self.reason_for(name) is None]
        for name, table in self.tables.items():
            if table.reasons.null_count:
                row = table.removed.filter(table.reasons.is_null()).slice(0, 1)
                where = ", ".join(f"{k}={v[0]}" for k, v in row.select(table.key or row.column_names).to_pydict().items())
                found.append(f"{name}: {table.reasons.null_count:,} removed without a reason, the first of them {where}")
        return found

    def reason_for(self, table: str) -> str | None:
        """The stated reason why a table was removed."""
        return next((r.reason for r in self.removals if r.table == table and not r.rows), None)

    def as_json(self, *, limit: int | None = None) -> dict[str, Any]:
        """The difference as a document that follows ``rare_earths/diff.schema.json``.

        Parameters
        ----------
        limit
            List at most this many added, removed and changed rows of a table each; counts are always whole.
        """
        from rare_earths.diffing.report import document

        return document(self, limit)

    def write(self, folder: str | Path, *, limit: int | None = None) -> list[Path]:
        """Write ``diff.json``, and all rows as ``diff/<table>-added.parquet``, ``-removed`` and ``-changed``.

        Parameters
        ----------
        folder
            Where to; it is made when it is not there. Files of an earlier difference in it are replaced.
        limit
            As for ``as_json``; the Parquet files are always whole.

        Returns
        -------
        list of pathlib.Path
            The files written.
        """
        from rare_earths.diffing.report import write

        return write(self, Path(folder), limit)

    def __str__(self) -> str:
        from rare_earths.diffing.show import text

        return text(self)

    def _repr_html_(self) -> str:
        from rare_earths.diffing.show import html

        return html(self)

    __repr__ = __str__
