"""Data of the chart Reserves by edition: one point per area and vintage of the Mineral Commodity Summaries."""

from typing import Any

import pandas as pd

from rare_earths.choice import ranked
from scripts.site.release import Release, records

SERIES = "Mineral Commodity Summaries"
#: An area has a panel of its own if some edition gives it this much, in t REO; the table has all areas.
PANEL_FROM = 1_000_000
COLUMNS = [
    "area",
    "name",
    "vintage",
    "as_of_year",
    "reserves_t_reo",
    "reserves_as_printed",
    "qualifier",
    "grade",
    "source_id",
    "locator",
    "note",
]


def vintage(source: dict[str, Any]) -> str:
    """Edition, with its version where the publisher numbers versions: ``2025``, ``2026 v1.3``."""
    version = source["edition_version"] or ""
    return f"{source['edition']} {version}" if version.startswith("v") and version[1:2].isdigit() else source["edition"]


def points(release: Release) -> pd.DataFrame:
    """One row per area and vintage, the best-read copy speaking for each vintage.

    Returns
    -------
    pandas.DataFrame
        ``COLUMNS``, ordered by area and vintage. Rows without an edition cannot be placed and are left out.
    """
    sources = {row["source_id"]: row for row in records(release.load("sources"))}
    names = release.load("areas").set_index("area")["name"]
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in records(release.load("reserves_reported")):
        source = sources[row["source_id"]]
        if source["series"] == SERIES and source["edition"]:
            groups.setdefault((row["area"], vintage(source)), []).append(row)
    rows = []
    for (area, label), group in sorted(groups.items()):
        best = (ranked(group, sources, "reserves_t_reo") or sorted(group, key=lambda row: (row["grade"], row["source_id"])))[0]
        rows.append(best | {"name": names[area], "vintage": label})
    return pd.DataFrame(rows, columns=COLUMNS)


def panels(frame: pd.DataFrame) -> list[str]:
    """Areas that get a panel, the one with the largest figure of any edition first."""
    named = frame[~frame["area"].isin(["WLD", "XOT"])]
    most = named.groupby("area")["reserves_t_reo"].max()
    return list(most[most >= PANEL_FROM].sort_values(ascending=False, kind="stable").index)


def positions(frame: pd.DataFrame) -> list[str]:
    """Places on the axis: every edition from the first to the last, gaps included, and every version."""
    found = set(frame["vintage"])
    editions = {label.split()[0] for label in found}
    years = [str(year) for year in range(int(min(editions)), int(max(editions)) + 1)]
    # An edition of which only numbered versions were read has no place of its own.
    gaps = [year for year in years if not any(label.split()[0] == year for label in found)]
    return sorted(found | set(gaps))


def changes(frame: pd.DataFrame) -> list[tuple[str, list[tuple[str, pd.Series]]]]:
    """For each panel's area and the world, the vintages in which the figure became another."""
    result = []
    for area in ["WLD", *panels(frame)]:
        rows = frame[frame["area"] == area]
        printed = rows["reserves_t_reo"].fillna(-1)
        changed = rows[printed.ne(printed.shift())]
        result.append((rows["name"].iloc[0], [(row["vintage"], row) for _, row in changed.iterrows()]))
    return result


def payload(frame: pd.DataFrame) -> dict[str, Any]:
    """What the script of the chart reads."""
    return {"panels": panels(frame), "positions": positions(frame), "points": records(frame)}


def pivot(frame: pd.DataFrame) -> dict[str, Any]:
    """The same figures as a table: areas in rows, vintages in columns."""
    order = ["WLD", *panels(frame)]
    names = frame.drop_duplicates("area").set_index("area")["name"]
    rest = sorted((area for area in names.index if area not in order), key=lambda area: (area == "XOT", names[area]))
    cells = {(row["area"], row["vintage"]): row for row in records(frame)}
    vintages = sorted(frame["vintage"].unique(), reverse=True)
    grades = {label: "/".join(sorted(frame.loc[frame["vintage"] == label, "grade"].unique())) for label in vintages}
    rows = [(names[area], [cells.get((area, label)) for label in vintages]) for area in [*order, *rest]]
    return {"vintages": vintages, "grades": grades, "rows": rows}
