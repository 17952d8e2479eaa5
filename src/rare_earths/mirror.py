"""The rule that says which figure speaks for a side of the same trade. This is its only home.

The rule ``best-of-each-side-1``:

1. The exporter speaks by its reported or quoted exports, the importer by its reported or quoted
   imports, the reconciliation by reconciled exports.
2. Only weights of goods as shipped are looked at, and only figures of all the trade between the
   two: no tariff lines of one unit, and no groups of areas.
3. Where a side has several figures, the one of the better grade speaks, then the one whose
   source comes first by its key.

Nothing is averaged and no side is called right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

RULE = "best-of-each-side-1"
SIDES = ("exporter", "importer", "reconciled")
#: Scopes whose rows are only a part of the trade between two areas.
PARTS = {"named_partners_kg", "named_partners_t", "named_partners_number", "named_partners_no_unit"}
GROUPS = {"WLD", "XOT"}

Row = Mapping[str, Any]


def speaks_for(row: Row, side: str) -> bool:
    """Whether a row of ``trade_flows`` can speak for a side."""
    if row["weight_basis"] != "goods" or row["scope"] in PARTS or GROUPS & {row["reporter"], row["partner"]}:
        return False
    if row["flow"] != ("import" if side == "importer" else "export"):
        return False
    return (row["basis"] == "reconciled") == (side == "reconciled")


def areas(row: Row, side: str) -> tuple[str, str]:
    """Exporter and importer of a row that speaks for a side."""
    return (row["partner"], row["reporter"]) if side == "importer" else (row["reporter"], row["partner"])


def speaker(rows: Iterable[Row]) -> Row:
    """The row that speaks, of those of one side, period and product."""
    return min(rows, key=lambda row: (row["grade"], row["source_id"]))
