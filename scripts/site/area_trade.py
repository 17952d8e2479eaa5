"""Trade of one area for its page: yearly flows of magnets by partner, and what else `trade_flows` has of it."""

from typing import Any

import pandas as pd

from scripts.site.flows import MAGNETS
from scripts.site.release import Release, records

#: Partners with a column of their own, the largest of all years together first.
PARTNERS = 8
SIDES = {"export": ("reporter", "partner"), "import": ("partner", "reporter")}
KIND = ["role", "product", "flow", "freq", "basis"]


def magnets(release: Release) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Reconciled yearly flows of magnets by direction and area; each is told once, by its exporter."""
    rows = release.load("trade_flows")
    rows = rows[(rows["product"] == MAGNETS) & (rows["basis"] == "reconciled") & (rows["freq"] == "A")]
    found: dict[str, dict[str, list[dict[str, Any]]]] = {flow: {} for flow in SIDES}
    for row in records(rows[["reporter", "partner", "period", "value", "scope", "source_id"]]):
        for flow, (own, _) in SIDES.items():
            found[flow].setdefault(row[own], []).append(row)
    return found


def grid(rows: list[dict[str, Any]], other: str) -> dict[str, Any]:
    """Flows in USD as a table, years in rows, the newest first.

    Parameters
    ----------
    rows
        Flows of one area in one direction; each year rests on one source.
    other
        Column of the other side.

    Returns
    -------
    dict
        ``partners``: areas in the order of their columns; ``rows``: ``year``, ``complete`` (whether every flow of the year is
        known), ``total`` over all partners, ``cells``, ``source_id``; ``largest`` total of a year; ``count`` of all flows.
    """
    most: dict[str, float] = {}
    years: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        most[row[other]] = most.get(row[other], 0) + row["value"]
        years.setdefault(row["period"], {})[row[other]] = row
    partners = sorted(most, key=lambda partner: (-most[partner], partner))[:PARTNERS]
    found = []
    for year, flows in sorted(years.items(), reverse=True):
        first = next(iter(flows.values()))
        found.append(
            {
                "year": year,
                "complete": first["scope"] == "complete",
                "total": sum(row["value"] for row in flows.values()),
                "cells": [flows[partner]["value"] if partner in flows else None for partner in partners],
                "source_id": first["source_id"],
            }
        )
    largest = max(row["total"] for row in found)
    return {"partners": partners, "rows": found, "largest": largest, "count": len(rows)}


def kinds(release: Release) -> dict[str, list[dict[str, Any]]]:
    """What `trade_flows` has of each area: one entry per side, product, direction, frequency and basis."""
    rows = release.load("trade_flows")
    rows = rows.assign(first=rows["period"].str[:4], last=rows["period"].str.split("/").str[-1].str[:4])
    both = pd.concat([rows.assign(area=rows[side], role=side) for side in ("reporter", "partner")])
    counts = both.groupby(["area", *KIND]).agg(
        rows=("period", "size"), first=("first", "min"), last=("last", "max"), sources=("source_id", "nunique")
    )
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in counts.reset_index().to_dict("records"):
        groups.setdefault(row["area"], []).append(row)
    return {area: sorted(found, key=lambda row: (-row["rows"], row["product"], row["flow"])) for area, found in groups.items()}
