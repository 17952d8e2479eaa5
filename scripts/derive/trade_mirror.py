"""The table ``trade_mirror``: the same trade as exporter, importer and a reconciliation see it.

Figures meet when period, exporter, importer and product are the same. Products that the two
sides book differently meet only where ``trade_pairs.toml`` says that they are the same goods.
Which row speaks for a side is said in ``rare_earths.mirror``. Nothing is averaged.
"""

import tomllib
from collections import defaultdict
from pathlib import Path

from rare_earths.mirror import SIDES, areas, speaker, speaks_for
from scripts.derive.chosen import Row
from scripts.ingest.rows import join_notes

PAIRS = Path(__file__).with_name("trade_pairs.toml")
#: period, exporter, importer, product
Key = tuple[str, str, str, str]


def rows(tables: dict[str, list[Row]]) -> list[Row]:
    """Rows of ``trade_mirror``."""
    declared = tomllib.loads(PAIRS.read_text(encoding="utf-8"))
    flows = tables["trade_flows"]
    views = {side: _views(flows, side) for side in SIDES}
    notes = _from_shares(flows, declared["share"], views["importer"])
    result = []
    for key in sorted(set().union(*views.values())):
        found = {side: views[side][key] for side in SIDES if key in views[side]}
        if len(found) > 1:
            result.append(_row(key, key[3], found, ""))
    for pair in declared["pair"]:
        for key in sorted(views["exporter"]):
            if key[1:] != (pair["exporter"], pair["importer"], pair["exporter_product"]):
                continue
            other = (*key[:3], pair["importer_product"])
            if other in views["importer"]:
                found = {"exporter": views["exporter"][key], "importer": views["importer"][other]}
                result.append(_row(key, other[3], found, join_notes(pair["note"], notes.get(other, ""))))
    return result


def _views(flows: list[Row], side: str) -> dict[Key, Row]:
    """Rows of one side by key, the best of each."""
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in flows:
        if speaks_for(row, side):
            found[row["period"], *areas(row, side), row["product"]].append(row)
    return {key: speaker(group) for key, group in found.items()}


def _from_shares(flows: list[Row], shares: list[Row], importers: dict[Key, Row]) -> dict[Key, str]:
    """Fill in importers' weights that a page gives as a share of its total; returns the notes that say so.

    Raises
    ------
    ValueError
        When the total that a share belongs to is not there.
    """
    notes = {}
    for share in shares:
        wanted = {"reporter": share["importer"], "partner": "WLD", "flow": "import"}
        wanted |= {name: share[name] for name in ("period", "product", "source_id")}
        totals = [row for row in flows if all(row[name] == value for name, value in wanted.items())]
        if len(totals) != 1:
            raise ValueError(
                f"{PAIRS.name}: expected one total for {share['source_id']} {share['period']}, found {len(totals)}"
            )
        key = (share["period"], share["exporter"], share["importer"], share["product"])
        if key in importers:
            continue
        weight = round(totals[0]["net_weight_kg"] * share["percent"] / 100)
        importers[key] = totals[0] | {"net_weight_kg": float(weight), "value": None, "valuation": None}
        notes[key] = share["note"]
    return notes


def _row(key: Key, importer_product: str, found: dict[str, Row], note: str) -> Row:
    row: Row = dict(zip(("period", "exporter", "importer", "product"), key, strict=True))
    row["importer_product"] = importer_product
    for side, view in found.items():
        row[f"{side}_value_usd"] = view["value"] if view["currency"] == "USD" else None
        row[f"{side}_valuation"] = view["valuation"] if row[f"{side}_value_usd"] is not None else None
        row[f"{side}_net_weight_kg"] = view["net_weight_kg"]
        row[f"{side}_source_id"], row[f"{side}_locator"] = view["source_id"], view["locator"]
        row[f"{side}_grade"] = view["grade"]
    row["value_ratio"] = _ratio(row, "value_usd")
    row["weight_ratio"] = _ratio(row, "net_weight_kg")
    row["note"] = note
    return row


def _ratio(row: Row, figure: str) -> float | None:
    exporter, importer = row.get(f"exporter_{figure}"), row.get(f"importer_{figure}")
    return round(importer / exporter, 3) if exporter and importer is not None else None
