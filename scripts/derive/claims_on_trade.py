"""Claims on trade, tested against ``trade_flows`` where the package has that table.

A figure for a period is the row of that period, else the sum of its months where every
month has one; several sources for one cell must agree within rounding, else there is no
figure. Rows that come from the digests themselves prove nothing and are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from scripts.derive.verdicts import Finding, Row, agrees, no_figure, reference

RULE = "trade-flows-1"
#: What a claim calls a product -> the product of ``trade_flows``, for imports and for exports.
PRODUCTS = {
    "": {"import": "gacc-rare-earths-import", "export": "gacc-rare-earths-export"},
    "rare earths, all products": {"import": "gacc-rare-earths-import", "export": "gacc-rare-earths-export"},
    "rare earth concentrates": {"import": "chn-25309020"},
    "rare earth permanent magnets": {"export": "gacc-rare-earth-permanent-magnets"},
}
#: Where the digests were read: a figure from there is the claim itself.
DIGESTS = re.compile(r"reportify|antaike", re.IGNORECASE)
MEASURES = {"quantity": ("net_weight_kg", 1000.0), "value": ("value", 1.0)}
SIGNED = re.compile(r"^(?P<flow>import|export)_(?P<measure>quantity|value)(?P<change>_yoy)?$")
SHARE = re.compile(r"^share_of_(?P<flow>import|export)s_(?:from|to)_partner$")
DIRECTION = re.compile(r"^(?P<flow>import|export)_volume_direction$")
#: Claims that mean nothing without a period.
OPEN = re.compile(r"^(share_of_(import|export)s_(from|to)_partner|imports_exceed_exports)$")
OPEN_MEASURE = "quantity or value is not said"
ROUNDING = 0.001
Figure = tuple[float, list[Row]]


def check(claim: Row, tables: dict[str, list[Row]]) -> Finding:
    """Check a claim on trade."""
    flows = [
        row
        for row in tables.get("trade_flows", [])
        if row["reporter"] == claim["subject_area"] and not DIGESTS.search(f"{row['source_id']} {row['product']}")
    ]
    if not claim["period"] and OPEN.match(claim["indicator"]):
        why = "The claim names no period, and shares and balances of trade differ by year, product, weight and value."
        return Finding("depends_on_definition", RULE, why)
    if not tables.get("trade_flows"):
        return no_figure(RULE, "This package has no table of trade flows.")
    find = _finder(claim, flows)
    indicator = claim["indicator"]
    if match := SIGNED.match(indicator):
        return _quantity_or_value(claim, find, match)
    if match := SHARE.match(indicator):
        return _share(claim, find, match["flow"])
    if match := DIRECTION.match(indicator):
        return _direction(claim, find, match["flow"])
    return no_figure(RULE, "No table of this package measures this.")


def _finder(claim: Row, flows: list[Row]) -> Callable[[str, str, str, str], Figure | None]:
    def cell(flow: str, measure: str, period: str, partner: str) -> Figure | None:
        column, divisor = MEASURES[measure]
        product = PRODUCTS.get(claim["product_as_stated"], {}).get(flow)
        rows = [
            row
            for row in flows
            if (row["reporter"], row["partner"], row["flow"], row["period"], row["product"])
            == (claim["subject_area"], partner, flow, period, product)
            and row[column] is not None
            and (measure == "quantity" or row["currency"] == claim["unit"])
        ]
        figures = [row[column] / divisor for row in rows]
        if not rows or max(figures) - min(figures) > ROUNDING * max(figures):
            return None
        return figures[0], rows

    def find(flow: str, measure: str, period: str, partner: str) -> Figure | None:
        if whole := cell(flow, measure, period, partner):
            return whole
        months = [cell(flow, measure, month, partner) for month in _months(period)]
        if not months or None in months:
            return None
        return sum(figure for figure, _ in months), [row for _, rows in months for row in rows]

    return find


def _months(period: str) -> list[str]:
    match = re.fullmatch(r"(\d{4})-(\d{2})/\1-(\d{2})", period)
    return [f"{match[1]}-{month:02}" for month in range(int(match[2]), int(match[3]) + 1)] if match else []


def _year_before(period: str) -> str:
    return re.sub(r"\d{4}", lambda match: str(int(match[0]) - 1), period)


def _keys(rows: list[Row]) -> list[str]:
    return [reference("trade_flows", row, "source_id", "period", "reporter", "partner", "flow", "product") for row in rows]


def _missing(claim: Row, what: str) -> Finding:
    product = claim["product_as_stated"] or "rare earths"
    return no_figure(RULE, f"The table trade_flows has no {what} of {product} for this period that is not from the digests.")


def _judged(claim: Row, figure: float, rows: list[Row], words: str) -> Finding:
    verdict = "supported" if agrees(claim, figure) else "contradicted"
    if OPEN_MEASURE in claim["note"]:
        verdict, words = "depends_on_definition", f"{words} The claim does not say whether it means quantity or value."
    return Finding(verdict, RULE, words, figure, "exact", source_id=rows[0]["source_id"], rows_used=_keys(rows))


def _quantity_or_value(claim: Row, find, match: re.Match) -> Finding:
    flow, measure, partner = match["flow"], match["measure"], claim["partner"]
    now = find(flow, measure, claim["period"], partner)
    if not match["change"]:
        if now is None:
            return _missing(claim, f"{flow} {measure}")
        unit = "t" if measure == "quantity" else claim["unit"]
        return _judged(claim, *now, f"Customs figures as quoted add up to {now[0]:,.1f} {unit}.")
    before = find(flow, measure, _year_before(claim["period"]), partner)
    if now is None or before is None:
        return _missing(claim, f"{flow} {measure} of both years")
    change = 100 * (now[0] / before[0] - 1)
    return _judged(claim, change, now[1] + before[1], f"From {before[0]:,.1f} to {now[0]:,.1f}: {change:+.1f} %.")


def _share(claim: Row, find, flow: str) -> Finding:
    parts = [find(flow, "quantity", claim["period"], area) for area in (claim["partner"], "WLD")]
    if None in parts:
        return _missing(claim, f"{flow} quantity by partner and in all")
    (part, rows), (total, more) = parts
    return _judged(claim, 100 * part / total, rows + more, f"By weight, {part:,.1f} t of {total:,.1f} t.")


def _direction(claim: Row, find, flow: str) -> Finding:
    periods = (claim["period"], _year_before(claim["period"]))
    now, before = (find(flow, "quantity", period, "WLD") for period in periods)
    if now is None or before is None:
        return _missing(claim, f"{flow} quantity of both years")
    verdict = "supported" if now[0] < before[0] else "contradicted"
    words = f"From {before[0]:,.1f} t to {now[0]:,.1f} t."
    return Finding(verdict, RULE, words, source_id=now[1][0]["source_id"], rows_used=_keys(now[1] + before[1]))
