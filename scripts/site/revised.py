"""The page Revisions: what changed between editions, and where one took back most of what another had printed."""

from collections import Counter
from typing import Any

import pandas as pd

from scripts.site.release import Release
from scripts.site.render import page

SHOWN = 12
TITLES = {"reserves_reported": "Reserves", "production_reported": "Mine production"}


def edition(source: pd.Series) -> str:
    """Short name of a vintage, such as ``MCS 2026 v1.3``, or ``MCS 2023, restated``."""
    initials = {"Mineral Commodity Summaries": "MCS", "Minerals Yearbook": "MYB", "Data Series 140": "DS140"}
    name = f"{initials[source['series']]} {source['edition']}"
    version = source["edition_version"]
    if not pd.isna(version) and version.startswith("v") and version[1:2].isdigit():
        name += f" {version}"
    return name if pd.isna(source["restated_by"]) else f"{name}, restated"


def changes(release: Release) -> list[dict[str, Any]]:
    """Every change with names of areas and editions, those to the newest edition first."""
    names = release.load("areas").set_index("area")["name"]
    sources = release.load("sources").set_index("source_id")
    rows = [
        row
        | {
            "name": names[row["area"]],
            "from_edition": edition(sources.loc[row["from_source_id"]]),
            "to_edition": edition(sources.loc[row["to_source_id"]]),
        }
        for row in release.records("revisions")
    ]
    return sorted(rows, key=lambda row: (row["to_edition"], row["from_edition"], row["table"], row["name"]), reverse=True)


def largest(rows: list[dict[str, Any]], table: str) -> list[dict[str, Any]]:
    """The largest changes of a table in tonnes."""
    sized = [row for row in rows if row["table"] == table and row["change_t_reo"] is not None]
    return sorted(sized, key=lambda row: -abs(row["change_t_reo"]))[:SHOWN]


def by_edition(rows: list[dict[str, Any]]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Changes grouped by the two editions between which they lie."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["from_edition"], row["to_edition"]), []).append(row)
    return groups


def revised_page(release: Release) -> str:
    """The page."""
    rows = changes(release)
    return page(
        "largest-revisions.md.j2",
        titles=TITLES,
        found={table: largest(rows, table) for table in TITLES},
        groups=by_edition(rows),
        counts=Counter(row["table"] for row in rows),
        total=len(rows),
        shown=SHOWN,
    )
