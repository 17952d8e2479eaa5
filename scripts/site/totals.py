"""The page World totals: what the listed areas add up to, beside the total that the source prints."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from scripts.site.credit import work
from scripts.site.profiles import profile
from scripts.site.release import Release
from scripts.site.render import bounded

#: As in the validation rule `world-total`: a list with fewer positive figures is no full list.
LISTED = 8
#: Gap in percent of the printed total up to which rounding is a sufficient reason.
ROUNDING = 2.0


def totals(reported: pd.DataFrame, figure: str, printed: str, same: list[str]) -> list[dict[str, Any]]:
    """Gaps between sums and printed totals, newest year first.

    Parameters
    ----------
    reported
        Rows of a reported table.
    figure, printed
        Columns of the figure in t REO and of the printed text.
    same
        Columns that make up one printed column of one source.

    Returns
    -------
    list
        One row per printed world total with at least ``LISTED`` positive figures beside it.
    """
    result = []
    for key, group in reported.groupby(same, sort=True):
        world = group[(group["area"] == "WLD") & group[figure].notna()]
        listed = group[group["area"] != "WLD"]
        if world.empty or (listed[figure] > 0).sum() < LISTED:
            continue
        total, added = world[figure].item(), listed[figure].sum()
        result.append(
            {
                "source_id": key[0],
                "year": int(key[1]),
                "listed": int(listed[figure].notna().sum()),
                "without": int(listed[figure].isna().sum()),
                "sum": added,
                "total": total,
                "printed": bounded(total, world[printed].item()),
                "qualifier": world["qualifier"].item(),
                "gap": added - total,
                "percent": 100 * (added - total) / total,
            }
        )
    return sorted(result, key=lambda row: (-row["year"], row["source_id"]))


def all_totals(release: Release) -> dict[str, list[dict[str, Any]]]:
    """Gaps of both reported tables."""
    reserves, production = release.load("reserves_reported"), release.load("production_reported")
    return {
        "reserves": totals(reserves, "reserves_t_reo", "reserves_as_printed", ["source_id", "as_of_year"]),
        "production": totals(production, "quantity_t_reo", "quantity_as_printed", ["source_id", "year"]),
    }


def beyond_rounding(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows whose gap rounding cannot explain and whose total is no bound, largest gap first."""
    found = [row for row in rows if abs(row["percent"]) > ROUNDING and row["qualifier"] != "greater_than"]
    return sorted(found, key=lambda row: -abs(row["percent"]))


def totals_page(release: Release) -> str:
    """The page."""
    found = all_totals(release)
    return profile(
        "world-totals.md.j2",
        "World totals",
        "World totals of rare-earth reserves and mine production as printed, beside the sum of the areas listed.",
        hide=("toc",),
        found=found,
        titles={"reserves": "Reserves", "production": "Mine production"},
        listed=LISTED,
        rounding=ROUNDING,
        works={row["source_id"]: work(row) for row in release.records("sources")},
        notable={name: beyond_rounding(rows) for name, rows in found.items()},
    )
