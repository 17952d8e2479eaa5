"""The page Largest revisions: where one edition took back most of what another had printed."""

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


def largest(release: Release, table: str) -> list[dict[str, Any]]:
    """The largest changes of a table in tonnes, with names of areas and editions."""
    frame = release.load("revisions")
    names = release.load("areas").set_index("area")["name"]
    sources = release.load("sources").set_index("source_id")
    frame = frame[(frame["table"] == table) & frame["change_t_reo"].notna()]
    order = frame["change_t_reo"].abs().sort_values(ascending=False, kind="stable").index
    rows = frame.loc[order].head(SHOWN).astype(object).to_dict("records")
    return [
        row
        | {
            "name": names[row["area"]],
            "from_edition": edition(sources.loc[row["from_source_id"]]),
            "to_edition": edition(sources.loc[row["to_source_id"]]),
        }
        for row in rows
    ]


def revised_page(release: Release) -> str:
    """The page."""
    frame = release.load("revisions")
    return page(
        "largest-revisions.md.j2",
        titles=TITLES,
        found={table: largest(release, table) for table in TITLES},
        counts=frame["table"].value_counts().to_dict(),
        total=len(frame),
        shown=SHOWN,
    )
