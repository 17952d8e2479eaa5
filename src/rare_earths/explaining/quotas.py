"""Explain the quotas chosen for a year."""

from __future__ import annotations

from typing import Any

from rare_earths import whole_year
from rare_earths.explaining.explanation import Explanation, Line, rule_text, sourced, worded
from rare_earths.loading import read
from rare_earths.package import Package
from rare_earths.unknown import UnknownName


def explanation(package: Package, table: str, key: dict[str, Any]) -> Explanation:
    """Every quota of a key, batches and classes included, and which stand in the table.

    Raises
    ------
    KeyError
        When no quota is known for this key.
    """
    own = package.schema(table)["primaryKey"]
    picked = read(package, table, [*own, "source_id", "locator"], key).to_pylist()
    rows = read(package, "quotas", None, {name: value for name, value in key.items() if name in own}).to_pylist()
    if not rows or (not picked and set(key) - set(own)):
        raise UnknownName(f"no quota is known for {worded(key)}; see load('quotas') for those that are")
    chosen = {tuple(row.values()) for row in picked}
    names = [*own, "source_id", "locator"]
    records = [row | {"chosen": tuple(row[name] for name in names) in chosen} for row in sourced(package, rows)]
    records.sort(key=lambda row: (row["year"], row["quota_type"], row["announced_on"] or ""))
    return Explanation(table, key, whole_year.RULE, rule_text(whole_year), records, [_line(row) for row in records])


def _line(row: dict[str, Any]) -> Line:
    figure, unit = whole_year.tonnes(row), "t" if row["quantity_t_reo"] is None else "t REO"
    batch = "the year" if row["batch"] == "year" else f"batch {row['batch']}"
    so_far = ", all of the year so far" if row["cumulative_year_to_date"] and row["batch"] != "year" else ""
    of = f"{row['year']} {row['quota_type']}, {batch}{so_far}, {row['rare_earth_class']}"
    return Line(of, "no figure" if figure is None else f"{figure:,.0f} {unit}", repr(row["quantity_as_printed"]))
