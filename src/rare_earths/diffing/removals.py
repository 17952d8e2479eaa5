"""Why rows were removed. Each removal is stated in ``removals.toml`` beside the package's modules."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from rare_earths.filters import expression

STATED = Path(__file__).parents[1] / "removals.toml"


@dataclass(frozen=True)
class Removal:
    """Rows of a table that a version no longer has, and why.

    ``rows`` holds columns with the value, or the list of values, that the rows had; empty: the whole table.
    """

    version: str
    table: str
    reason: str
    rows: dict[str, Any] = field(default_factory=dict)


@cache
def stated(path: Path = STATED) -> tuple[Removal, ...]:
    """All removals that are stated.

    Raises
    ------
    ValueError
        When an entry lacks its version, table or reason, or has something else.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("removal", [])
    for entry in entries:
        if not {"version", "table", "reason"} <= set(entry) <= {"version", "table", "reason", "rows"} or not entry["reason"]:
            raise ValueError(f"{path.name}: {entry}: state version, table and reason, and rows where not all of them went")
    return tuple(Removal(**entry) for entry in entries)


def number(version: str) -> tuple[int, ...]:
    """A version as something that sorts; what is no number sorts before all numbers.

    Examples
    --------
    >>> sorted(["0.10.0", "0.9.0"], key=number)
    ['0.9.0', '0.10.0']
    """
    return tuple(int(part) if part.isdecimal() else -1 for part in version.split("."))


def between(removals: Iterable[Removal], old: str, new: str) -> list[Removal]:
    """Removals of the versions after ``old`` up to ``new``."""
    return [removal for removal in removals if number(old) < number(removal.version) <= number(new)]


def reasons_for(table: str, removed: pa.Table, removals: Iterable[Removal]) -> pa.Array:
    """The reason for each removed row of a table; null where none is stated, the first where several are.

    Raises
    ------
    ValueError
        When a removal names a column that the table has not.
    """
    place = pa.array(range(removed.num_rows), type=pa.int64())
    rows = removed.append_column("\x00", place)
    found: list[str | None] = [None] * removed.num_rows
    for removal in removals:
        if removal.table != table:
            continue
        if unknown := set(removal.rows) - set(removed.column_names):
            raise ValueError(f"removals.toml: table {table} has no column {', '.join(sorted(unknown))}")
        condition = expression(removal.rows)
        matching = rows if condition is None else rows.filter(condition)
        for index in matching["\x00"].to_pylist():
            found[index] = found[index] or removal.reason
    return pa.array(found, type=pa.string())
