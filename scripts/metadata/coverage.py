"""What rows cover in time and space, computed from the rows themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from rare_earths.codes import references

#: Columns that say which time a row speaks of; planned ends, days of publication and of reading do not.
TIMES = ("year", "as_of_year", "period", "announced_on")


@dataclass(frozen=True)
class Coverage:
    """What rows cover: first and last year (None where no column tells a time), and codes of areas."""

    start: int | None = None
    end: int | None = None
    areas: frozenset[str] = frozenset()

    def __or__(self, other: "Coverage") -> "Coverage":
        years = [year for year in (self.start, self.end, other.start, other.end) if year is not None]
        return Coverage(min(years, default=None), max(years, default=None), self.areas | other.areas)

    @property
    def years(self) -> str | None:
        """The interval as ISO 8601 writes it: ``1994/2026``."""
        return None if self.start is None else f"{self.start}/{self.end}"


def area_columns(schema: Mapping[str, Any]) -> list[str]:
    """Columns whose values are keys of ``areas``."""
    return [name for name, (table, _) in references(schema).items() if table == "areas"]


def coverage(rows: pa.Table, schema: Mapping[str, Any]) -> Coverage:
    """Coverage of the rows of a table."""
    years = {
        int(part[:4])
        for name in TIMES
        if name in rows.column_names
        for value in rows[name].unique().to_pylist()
        if value is not None
        for part in str(value).split("/")
    }
    areas = {code for name in area_columns(schema) for code in rows[name].unique().to_pylist() if code is not None}
    return Coverage(min(years, default=None), max(years, default=None), frozenset(areas))
