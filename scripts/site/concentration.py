"""Data of the chart Concentration: the Herfindahl-Hirschman index of production, reserves and exports by year."""

from typing import Any

import pandas as pd

from scripts.site.release import Release

TOPICS = {
    "mine_production": "Mine production",
    "reserves": "Reserves",
    "export_value": "Exports of metal magnets",
}


def indices(release: Release) -> pd.DataFrame:
    """Rows of ``concentration`` with the name of the largest holder."""
    names = release.load("areas").set_index("area")["name"]
    frame = release.load("concentration")
    return frame.assign(largest_name=frame["largest_holder"].map(names), source_id=frame["largest_source_id"])


def payload(frame: pd.DataFrame) -> dict[str, Any]:
    """What the script of the chart reads; a hollow mark stands for main flows only, or for figures of grade C or D alone."""
    kept = frame[["topic", "year", "hhi", "holders", "largest_name", "largest_share"]]
    hollow = (frame["scope"] == "main_partners") | frame["lowest_grade"].isin(["C", "D"])
    return {"topics": TOPICS, "points": kept.assign(hollow=hollow.fillna(False)).astype(object).to_dict("records")}


def grid(frame: pd.DataFrame) -> dict[str, Any]:
    """The same figures as a table: years in rows, newest first, topics in columns."""
    cells = {(row["year"], row["topic"]): _cell(row) for row in frame.to_dict("records")}
    years = sorted(frame["year"].unique(), reverse=True)
    rows = [(str(year), [cells.get((year, topic)) for topic in TOPICS]) for year in years]
    return {"head": "Year", "names": list(TOPICS.values()), "rows": rows}


def _cell(row: dict[str, Any]) -> tuple[str, str, str]:
    text = f"{row['hhi']:,.0f} ({row['largest_name']} {row['largest_share']:.0f} %)"
    return text, f"{row['holders']} holders. {'' if pd.isna(row['note']) else row['note']}".strip(), row["source_id"]


def newest(frame: pd.DataFrame) -> list[tuple[str, dict[str, Any]]]:
    """The newest row of each topic."""
    return [(title, frame[frame["topic"] == topic].iloc[-1].to_dict()) for topic, title in TOPICS.items()]
