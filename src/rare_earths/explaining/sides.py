"""Explain the mirror of trade: what each side gives, and which other figures there are."""

from __future__ import annotations

from typing import Any

from rare_earths import mirror
from rare_earths.explaining.explanation import Explanation, Line, rule_text, sourced, worded
from rare_earths.loading import read
from rare_earths.package import Package
from rare_earths.unknown import UnknownName


def explanation(package: Package, table: str, key: dict[str, Any]) -> Explanation:
    """Every flow behind rows of the mirror, and which of them speak for a side.

    Raises
    ------
    KeyError
        When no trade of this key is known from two sides.
    """
    seen = read(package, table, None, key).to_pylist()
    if not seen:
        raise UnknownName(f"no trade with {worded(key)} is known from two sides; see load('trade_mirror') for what is")
    rows = [row for one in seen for side in mirror.SIDES for row in _side(package, one, side)]
    records = sourced(package, rows)
    records.sort(key=lambda row: (row["period"], row["exporter"], row["importer"], mirror.SIDES.index(row["side"])))
    return Explanation(table, key, mirror.RULE, rule_text(mirror), records, [_line(row) for row in records])


def _side(package: Package, seen: dict[str, Any], side: str) -> list[dict[str, Any]]:
    """Flows that can speak for a side, and the one that does, with what the mirror says of it."""
    if seen[f"{side}_source_id"] is None:
        return []
    importing = side == "importer"
    product = seen["importer_product" if importing else "product"]
    filters = {"period": seen["period"], "product": product, "reporter": seen["importer" if importing else "exporter"]}
    place = (seen[f"{side}_source_id"], seen[f"{side}_locator"])
    found = []
    for row in read(package, "trade_flows", None, filters).to_pylist():
        chosen = (row["source_id"], row["locator"]) == place and row["weight_basis"] == "goods"
        if chosen or (mirror.speaks_for(row, side) and mirror.areas(row, side) == (seen["exporter"], seen["importer"])):
            figures = {name: seen[f"{side}_{name}"] if chosen else None for name in ("value_usd", "net_weight_kg")}
            notes = [row["note"], seen["note"] if chosen and importing else None]
            found.append(
                row
                | {"side": side, "exporter": seen["exporter"], "importer": seen["importer"], "chosen": chosen}
                | {f"mirror_{name}": value for name, value in figures.items()}
                | {"note": " ".join(filter(None, notes)) or None}
            )
    return found


def _line(row: dict[str, Any]) -> Line:
    weight = row["mirror_net_weight_kg"] if row["chosen"] else row["net_weight_kg"]
    value = f"{row['value']:,.0f} {row['currency']} {row['valuation']}" if row["value"] is not None else None
    figure = "; ".join(filter(None, [f"{weight:,.0f} kg" if weight is not None else None, value])) or "no figure"
    of = f"{row['period']} {row['exporter']} to {row['importer']}, {row['side']}, product {row['product']}"
    return Line(of, figure, row["quantity_as_printed"] and repr(row["quantity_as_printed"]))
