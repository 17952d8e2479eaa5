"""Rows added, removed and changed between two versions of a table: whole columns at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rare_earths.spelling import cell


class RowDiff(NamedTuple):
    """Rows of a table that differ.

    ``added`` has the columns of the new table and ``removed`` those of the old one, each in its order of rows.
    ``changed`` has one row per changed cell: the key columns, ``column``, and ``old`` and ``new`` as the CSV
    spells them (null: an empty cell), in the order of the new table.
    """

    added: pa.Table
    removed: pa.Table
    changed: pa.Table


def compare_rows(old: pa.Table, new: pa.Table, key: Sequence[str]) -> RowDiff:
    """Compare two tables by a key, or as sets of rows.

    Parameters
    ----------
    old, new
        Tables of n and m rows. A column whose type differs is compared as the CSV spells it.
    key
        Columns that identify a row in both; none: rows are the same where they agree in every column that both
        tables have, equal rows as often as both have them, and no row counts as changed.

    Raises
    ------
    ValueError
        When two rows have the same key.
    """
    shared = [name for name in old.column_names if name in new.column_names]
    codes = {name: _codes(old[name], new[name]) for name in shared}
    rows = old.num_rows + new.num_rows
    if key:
        ids = _combined([codes[name] for name in key], rows)
        for table, found, side in ((old, ids[: old.num_rows], "old"), (new, ids[old.num_rows :], "new")):
            _refuse_repeated(table, found, key, side)
    else:
        ids = _combined(list(codes.values()), rows)
        counts = np.concatenate([_occurrences(ids[: old.num_rows]), _occurrences(ids[old.num_rows :])])
        ids = _combined([ids, counts], rows)
    before, after = ids[: old.num_rows], ids[old.num_rows :]
    _, at_old, at_new = np.intersect1d(before, after, assume_unique=True, return_indices=True)
    order = np.argsort(at_new)
    at_old, at_new = at_old[order], at_new[order]
    return RowDiff(
        added=new.take(np.setdiff1d(np.arange(new.num_rows), at_new, assume_unique=True)),
        removed=old.take(np.setdiff1d(np.arange(old.num_rows), at_old, assume_unique=True)),
        changed=_changed(old, new, key, codes, at_old, at_new),
    )


def _codes(old: pa.ChunkedArray, new: pa.ChunkedArray) -> np.ndarray:
    """Whole numbers for the cells of a column, old ones first: equal where the cells are; two missing ones are equal."""
    if old.type != new.type:
        old, new = (pa.chunked_array([_spelled(column)]) for column in (old, new))
    column = pa.chunked_array([*old.chunks, *new.chunks], type=old.type)
    if pa.types.is_floating(column.type):
        column = pc.add(column, 0.0)  # The CSV has one spelling of zero, so -0.0 is 0.0.
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    return encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)


def _combined(codes: list[np.ndarray], rows: int) -> np.ndarray:
    """One number per row from the numbers of its columns, equal where all of these are; without columns no two are."""
    if not codes:
        return np.arange(rows)
    ids = codes[0]
    for code in codes[1:]:
        # Numbers made dense again are at most as many as there are rows, so the product stays below 2**63.
        ids = np.unique(ids * (int(code.max(initial=0)) + 1) + code, return_inverse=True)[1]
    return ids


def _occurrences(ids: np.ndarray) -> np.ndarray:
    """How many equal ones stand before each."""
    order = np.argsort(ids, kind="stable")
    ordered = ids[order]
    first = np.searchsorted(ordered, ordered, side="left")
    counts = np.empty_like(order)
    counts[order] = np.arange(len(ids)) - first
    return counts


def _refuse_repeated(table: pa.Table, ids: np.ndarray, key: Sequence[str], side: str) -> None:
    repeated = np.flatnonzero(_occurrences(ids))
    if len(repeated):
        row = table.select(list(key)).slice(int(repeated[0]), 1).to_pylist()[0]
        where = ", ".join(f"{name}={cell(value)}" for name, value in row.items())
        raise ValueError(
            f"the {side} table has the key {where} more than once (row {repeated[0] + 1}); "
            "run `rare-earths validate` on that package and mend it, then compare again"
        )


def _changed(
    old: pa.Table, new: pa.Table, key: Sequence[str], codes: dict[str, np.ndarray], at_old: np.ndarray, at_new: np.ndarray
) -> pa.Table:
    """Changed cells of the rows that both tables have; ``at_old`` and ``at_new`` are their places."""
    values = [name for name in codes if key and name not in key]
    rows, columns, befores, afters = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)], [], []
    for place, name in enumerate(values):
        code = codes[name]
        found = np.flatnonzero(code[at_old] != code[old.num_rows + at_new])
        rows.append(found)
        columns.append(np.full(len(found), place))
        befores.append(_spelled(old[name].take(at_old[found])))
        afters.append(_spelled(new[name].take(at_new[found])))
    row, column = np.concatenate(rows), np.concatenate(columns)
    order = np.lexsort((column, row))
    keys = new.select(list(key)).take(at_new[row[order]])
    texts = (pa.chunked_array(texts, type=pa.string()).take(order) for texts in (befores, afters))
    names = pa.array(values, type=pa.string()).take(column[order])
    for name, found in zip(("column", "old", "new"), (names, *texts), strict=True):
        keys = keys.append_column(pa.field(name, pa.string()), found)
    return keys


def _spelled(column: pa.ChunkedArray) -> pa.Array:
    """Cells as the CSV spells them; null stays null."""
    if pa.types.is_string(column.type):
        return column.combine_chunks()
    return pa.array([None if value is None else cell(value) for value in column.to_pylist()], type=pa.string())
