"""The page Revisions: what changed between editions, and where one took back most of what another had printed."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pandas as pd

from scripts.site.credit import edition
from scripts.site.profiles import profile
from scripts.site.release import Release
from scripts.site.render import bounded, megatonnes, number

SHOWN = 12
TITLES = {"reserves_reported": "Reserves", "production_reported": "Mine production"}
#: Initials of the series of which editions are compared.
INITIALS = {"Mineral Commodity Summaries": "MCS", "Minerals Yearbook": "MYB", "Data Series 140": "DS140"}


def short(source: pd.Series) -> str:
    """Short name of a vintage, such as ``MCS 2026 v1.3``, or ``MCS 2023, restated``."""
    name = edition(source).replace(source["series"], INITIALS[source["series"]])
    return name if pd.isna(source["restated_by"]) else f"{name}, restated"


def figures(row: dict[str, Any], show: Callable[[Any], str]) -> dict[str, str]:
    """Both figures of a change and their difference, in one form."""
    change = row["change_t_reo"]
    return {
        "before": bounded(row["from_t_reo"], row["from_as_printed"], show),
        "after": bounded(row["to_t_reo"], row["to_as_printed"], show),
        "change": "" if change is None else f"{'−' if change < 0 else '+'}{show(abs(change))}",
    }


def changes(release: Release) -> list[dict[str, Any]]:
    """Every change with names of areas and editions, those to the newest edition first."""
    names = release.load("areas").set_index("area")["name"]
    sources = release.load("sources").set_index("source_id")
    rows = [
        row
        | {
            "name": names[row["area"]],
            "from_edition": short(sources.loc[row["from_source_id"]]),
            "to_edition": short(sources.loc[row["to_source_id"]]),
        }
        | figures(row, number)
        for row in release.records("revisions")
    ]
    return sorted(rows, key=lambda row: (row["to_edition"], row["from_edition"], row["table"], row["name"]), reverse=True)


def largest(rows: list[dict[str, Any]], table: str) -> list[dict[str, Any]]:
    """The largest changes of a table, those of reserves in millions of tonnes."""
    sized = [row for row in rows if row["table"] == table and row["change_t_reo"] is not None]
    most = sorted(sized, key=lambda row: -abs(row["change_t_reo"]))[:SHOWN]
    return [row | figures(row, megatonnes) for row in most] if table == "reserves_reported" else most


def by_edition(rows: list[dict[str, Any]]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Changes grouped by the two editions between which they lie."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["from_edition"], row["to_edition"]), []).append(row)
    return groups


def revised_page(release: Release) -> str:
    """The page."""
    rows = changes(release)
    return profile(
        "largest-revisions.md.j2",
        "Revisions",
        "What changed between two editions of the yearbooks: the largest revisions of reserves and mine production, and all others.",
        hide=("toc",),
        titles=TITLES,
        found={table: largest(rows, table) for table in TITLES},
        groups=by_edition(rows),
        counts=Counter(row["table"] for row in rows),
        total=len(rows),
        shown=SHOWN,
    )
