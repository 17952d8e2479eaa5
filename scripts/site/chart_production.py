"""Data of the charts of mine production: by country since the yearbooks give countries, and the world since 1900."""

from typing import Any

import pandas as pd

from scripts.site.release import Release

#: The first year for which a yearbook was read that gives countries; before it only the world and the United States are whole.
COUNTRIES_FROM = 1998
#: Areas with a colour of their own: the largest producers of the newest year and of all years together.
COLOURED = 6
COLUMNS = [
    "area",
    "name",
    "year",
    "quantity_t_reo",
    "measurement",
    "qualifier",
    "status",
    "grade",
    "source_id",
    "locator",
    "note",
]


def mine_production(release: Release) -> pd.DataFrame:
    """Chosen figures of mine production with names of areas, ordered by area and year."""
    frame = release.load("production")
    frame = frame[frame["stage"] == "mine"]
    names = release.load("areas").set_index("area")["name"]
    return frame.assign(name=frame["area"].map(names))[COLUMNS].reset_index(drop=True)


def by_country(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows since ``COUNTRIES_FROM``, the printed world totals included."""
    return frame[frame["year"] >= COUNTRIES_FROM].reset_index(drop=True)


def since_1900(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of the world and of the United States."""
    return frame[frame["area"].isin(["WLD", "USA"])].reset_index(drop=True)


def coloured(frame: pd.DataFrame) -> list[str]:
    """Areas with a colour of their own, the largest first."""
    countries = by_country(frame)
    countries = countries[~countries["area"].isin(["WLD", "XOT", "CIS"])]
    return list(countries.groupby("area")["quantity_t_reo"].sum().nlargest(COLOURED).index)


def quota_years(frame: pd.DataFrame) -> list[int]:
    """Years whose figure for China is a quota."""
    quotas = frame[(frame["area"] == "CHN") & (frame["measurement"] == "production_quota")]
    return [int(year) for year in quotas["year"]]


def payload(frame: pd.DataFrame) -> dict[str, Any]:
    """What the script of a chart reads; texts that a tooltip does not show are left out."""
    kept = frame[["area", "name", "year", "quantity_t_reo", "measurement", "grade", "source_id"]]
    return {"coloured": coloured(frame), "points": kept.astype(object).to_dict("records")}


def newest(frame: pd.DataFrame) -> tuple[int, list[dict[str, Any]]]:
    """The newest year and its figures above zero, largest first."""
    year = int(frame["year"].max())
    rows = frame[(frame["year"] == year) & (frame["quantity_t_reo"] > 0)]
    return year, rows.sort_values("quantity_t_reo", ascending=False, kind="stable").to_dict("records")


def pivot(frame: pd.DataFrame) -> dict[str, Any]:
    """The same figures as a table: years in rows, newest first, areas in columns, largest first."""
    most = frame.groupby("area")["quantity_t_reo"].sum().sort_values(ascending=False, kind="stable")
    names = frame.drop_duplicates("area").set_index("area")["name"]
    # An area of which every figure is nil says nothing in a column of its own.
    areas = sorted((area for area in most.index if most[area] > 0), key=lambda area: (area != "WLD", -most[area]))
    cells = {(row["year"], row["area"]): row for row in frame.to_dict("records")}
    years = sorted(frame["year"].unique(), reverse=True)
    return {"names": [names[area] for area in areas], "rows": [(y, [cells.get((y, area)) for area in areas]) for y in years]}
