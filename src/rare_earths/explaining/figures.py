"""Explain the tables of chosen figures: production and reserves."""

from __future__ import annotations

from typing import Any

from rare_earths import choice
from rare_earths.explaining.explanation import Explanation, Line, rule_text, sourced, worded
from rare_earths.loading import read
from rare_earths.package import Package
from rare_earths.unknown import UnknownName

#: Table -> its reported table, and the columns of year, figure and printed figure.
REPORTED = {
    "production": ("production_reported", "year", "quantity_t_reo", "quantity_as_printed"),
    "reserves": ("reserves_reported", "as_of_year", "reserves_t_reo", "reserves_as_printed"),
}


def explanation(package: Package, table: str, key: dict[str, Any]) -> Explanation:
    """Every reported figure of a key, and which of them stand in the table.

    Raises
    ------
    KeyError
        When nothing was reported for this key.
    """
    reported, year, figure, printed = REPORTED[table]
    rows = read(package, reported, None, key).to_pylist()
    if not rows:
        raise UnknownName(f"nothing was reported for {worded(key)}; see load({reported!r}) for what was")
    names = [*package.schema(table)["primaryKey"], "source_id"]
    chosen = {tuple(row[name] for name in names) for row in read(package, table, names, key).to_pylist()}
    records = [row | {"chosen": tuple(row[name] for name in names) in chosen} for row in sourced(package, rows)]
    records.sort(key=lambda row: row[year] or 0)
    lines = [_line(row, year, figure, printed) for row in records]
    return Explanation(table, key, choice.RULE, rule_text(choice), records, lines)


def _line(row: dict[str, Any], year: str, figure: str, printed: str) -> Line:
    number = "no figure" if row[figure] is None else f"{row[figure]:,.0f} t"
    as_printed = "an empty cell" if row[printed] is None else repr(row[printed])
    return Line(str(row[year] or "year ?"), number, as_printed)
