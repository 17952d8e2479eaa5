"""Data of the chart of mirror gaps: the weight of the same goods as exporter and importer report it."""

from typing import Any

import pandas as pd

from scripts.site.release import Release, records

SIDES = ("exporter", "importer")
SHARED = ["period", "exporter", "importer", "product", "importer_product", "weight_ratio", "note"]
COLUMNS = ["period", "side", "area", "name", "net_weight_kg", "ratio", "pair", "grade", "source_id", "locator", "note"]


def sides(release: Release) -> pd.DataFrame:
    """One row per period, pair and side that gives a weight, ordered by pair and period."""
    frame = release.load("trade_mirror")
    names = release.load("areas").set_index("area")["name"]
    products = release.load("products").set_index("product")["code"]
    pair = frame["exporter"].map(names) + " to " + frame["importer"].map(names)
    frame = frame.assign(
        pair=pair + ", " + frame["product"].map(products).fillna(frame["product"]), ratio=frame["weight_ratio"]
    )
    told = [
        frame.assign(
            side=side,
            area=frame[side],
            name=frame[side].map(names),
            **{name: frame[f"{side}_{name}"] for name in ("net_weight_kg", "grade", "source_id", "locator")},
        )
        for side in SIDES
    ]
    rows = pd.concat(told)
    rows = rows[rows["net_weight_kg"].notna() & rows["weight_ratio"].notna()]
    return rows.sort_values(["pair", "period", "side"])[COLUMNS].reset_index(drop=True)


def payload(frame: pd.DataFrame) -> dict[str, Any]:
    """What the script of the chart reads."""
    return {"points": records(frame[["period", "side", "name", "net_weight_kg", "ratio", "pair", "grade"]])}


def grid(frame: pd.DataFrame) -> dict[str, Any]:
    """The same figures as a table: pairs and periods in rows, sides in columns."""
    found: dict[str, dict[str, tuple[str, str, str]]] = {}
    for row in frame.to_dict("records"):
        text = f"{row['net_weight_kg'] / 1000:,.0f}"
        found.setdefault(f"{row['period']}, {row['pair']}", {})[row["side"]] = (text, f"grade {row['grade']}", row["source_id"])
    rows = [(label, [cells.get(side) for side in SIDES]) for label, cells in found.items()]
    return {"head": "Period and pair", "names": ["Exporter, t", "Importer, t"], "rows": rows}


def words(frame: pd.DataFrame) -> dict[str, Any]:
    """Facts for the sentence: every pair with its weights."""
    return {"rows": [{"label": label, "cells": cells} for label, cells in grid(frame)["rows"]]}
