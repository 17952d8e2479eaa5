"""Flows of one product for its page: yearly figures by reporter, and single figures that pages quote."""

from typing import Any

import pandas as pd

from scripts.site.release import Release, records

#: Reporters with a column of their own.
REPORTERS = 8
WORLD = "WLD"
#: A table of flows never mixes these.
SAME = ["basis", "flow", "concept", "valuation", "currency", "weight_basis"]


def by_reporter(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Yearly flows of a product as tables, years in rows and reporters in columns, one table per way of counting.

    A cell is the figure for the world where a source prints one, else the sum of the listed partners of one source.

    Returns
    -------
    list
        Per way of counting: its columns of ``SAME``, ``measure`` (value or net_weight_kg), ``reporters``, the ``largest`` figure, and ``rows`` of a year
        with ``cells`` (figure, whether it is a sum, number of partners) and ``sources``.
    """
    annual = rows[(rows["freq"] == "A") & rows["basis"].isin(["reconciled", "reported"])]
    tables = []
    for same, group in annual.groupby(SAME, dropna=False, sort=True):
        measure = "value" if group["value"].notna().any() else "net_weight_kg"
        group = group[group[measure].notna()]
        if len(group):
            tables.append(dict(zip(SAME, same, strict=True)) | {"measure": measure} | _table(group, measure))
    return sorted(tables, key=lambda table: (table["basis"], table["flow"]))


def _table(group: pd.DataFrame, measure: str) -> dict[str, Any]:
    rows: dict[tuple[str, str], dict[str, dict[str, float]]] = {}
    sources: dict[str, set[str]] = {}
    for row in group[["period", "reporter", "source_id", "partner", measure]].itertuples(index=False, name=None):
        year, reporter, source_id, partner, figure = row
        rows.setdefault((year, reporter), {}).setdefault(source_id, {})[partner] = float(figure)
        sources.setdefault(year, set()).add(source_id)
    cells = {key: _cell(found) for key, found in rows.items()}
    most: dict[str, float] = {}
    for (_, reporter), (figure, _, _) in cells.items():
        most[reporter] = most.get(reporter, 0) + figure
    reporters = sorted(most, key=lambda reporter: (-most[reporter], reporter))[:REPORTERS]
    years = [
        {"year": year, "cells": [cells.get((year, reporter)) for reporter in reporters], "sources": sorted(sources[year])}
        for year in sorted(sources, reverse=True)
    ]
    largest = max(figure for figure, _, _ in cells.values())
    return {"reporters": reporters, "largest": largest, "others": len(most) - len(reporters), "rows": years}


def _cell(found: dict[str, dict[str, float]]) -> tuple[float, bool, int]:
    """Figure, whether it is a sum, and of how many partners; of two sources the one with more partners speaks, never both."""
    partners = max(found.values(), key=len)
    return (partners[WORLD], False, 1) if WORLD in partners else (sum(partners.values()), True, len(partners))


def quoted(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Single figures that pages quote, the newest first."""
    found = rows[rows["basis"] == "quoted"].sort_values(["period", "reporter", "partner", "source_id"], kind="stable")
    return records(found)[::-1]


def by_product(release: Release) -> dict[str, pd.DataFrame]:
    """Rows of `trade_flows` by product."""
    return dict(tuple(release.load("trade_flows").groupby("product")))
