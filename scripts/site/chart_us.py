"""Data of the charts of the United States since 1900, from Data Series 140."""

from typing import Any

import pandas as pd

from scripts.site.release import Release

#: Series of quantities and of unit values, as the workbook names them, with their names for readers.
QUANTITIES = {
    "Production": "production",
    "Imports": "imports",
    "Exports": "exports",
    "Apparent consumption": "apparent consumption",
}
VALUES = {"Unit value ($/t)": "in dollars of the day", "Unit value (98$/t)": "in dollars of 1998"}
COLUMNS = ["series", "year", "value", "unit", "value_as_printed", "value_qualifier", "grade", "source_id", "locator", "note"]


def long_series(release: Release, series: dict[str, str]) -> pd.DataFrame:
    """Rows of some series of Data Series 140, those without a figure included."""
    sources = release.load("sources")
    workbooks = set(sources.loc[sources["series"] == "Data Series 140", "source_id"])
    frame = release.load("us_salient_statistics")
    frame = frame[frame["source_id"].isin(workbooks) & frame["series"].isin(series)]
    order = frame["series"].map(list(series).index)
    return frame.assign(order=order).sort_values(["order", "year"])[COLUMNS].reset_index(drop=True)


def payload(frame: pd.DataFrame, series: dict[str, str]) -> dict[str, Any]:
    """What the script of a chart reads: all years, null where there is no figure."""
    points = frame[["series", "year", "value", "value_qualifier"]].astype(object)
    return {"series": series, "points": points.where(points.notna(), None).to_dict("records")}


def table(frame: pd.DataFrame, series: dict[str, str]) -> dict[str, Any]:
    """The same figures as a table: years in rows, newest first, series in columns."""
    cells = {(row["year"], row["series"]): row for row in frame.astype(object).where(frame.notna(), None).to_dict("records")}
    years = sorted(set(frame["year"]), reverse=True)
    return {"series": series.values(), "rows": [(year, [cells.get((year, name)) for name in series]) for year in years]}


def words(frame: pd.DataFrame, series: dict[str, str]) -> dict[str, Any]:
    """Facts for the sentences: first and newest figure of each series, its highest, and how many years have none."""
    facts = []
    for name, label in series.items():
        rows = frame[(frame["series"] == name) & frame["value"].notna()]
        facts.append(
            {
                "label": label,
                "first": rows.iloc[0].to_dict(),
                "newest": rows.iloc[-1].to_dict(),
                "highest": rows.loc[rows["value"].idxmax()].to_dict(),
                "without": int((frame["series"] == name).sum() - len(rows)),
            }
        )
    return {"facts": facts}
