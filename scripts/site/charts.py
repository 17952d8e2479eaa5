"""Write what the pages of charts include: data as CSV and JSON, a summary in words, and the figures as a table."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from scripts.site import chart_production as production
from scripts.site import chart_reserves as reserves
from scripts.site.release import Release
from scripts.site.render import plain, render
from scripts.tables import write_text


def inline_json(data: dict[str, Any]) -> str:
    """JSON that may stand inside a ``script`` element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=plain).replace("<", "\\u003c")


def chart_csv(frame: pd.DataFrame) -> str:
    """The points of a chart as CSV, spelled as in the tables."""
    return frame.map(plain).to_csv(index=False, lineterminator="\n")


def source_line(frame: pd.DataFrame, sources: pd.DataFrame) -> str:
    """Publishers with their series, as far as the rows of a chart rest on them."""
    used = sources[sources["source_id"].isin(frame["source_id"])]
    works = used.assign(work=used["series"].fillna(used["title"])).groupby("publisher")["work"].unique()
    return "; ".join(f"{publisher}, {', '.join(sorted(titles))}" for publisher, titles in works.items())


def write_charts(release: Release, assets: Path, parts: Path) -> None:
    """Write the data of all charts.

    Parameters
    ----------
    release
        The release.
    assets
        Folder for what a reader can download.
    parts
        Folder for what pages include.
    """
    stated = reserves.points(release)
    mined = production.mine_production(release)
    countries, long_run = production.by_country(mined), production.since_1900(mined)
    charts = {
        "reserves-by-edition": (stated, reserves.payload(stated), {"pivot": reserves.pivot(stated)}),
        "production-by-country": (countries, production.payload(countries), {"pivot": production.pivot(countries)}),
        "production-since-1900": (long_run, production.payload(long_run), {"pivot": production.pivot(long_run)}),
    }
    words = {
        "reserves-by-edition": {"changes": reserves.changes(stated)},
        "production-by-country": {
            "newest": production.newest(mined),
            "quota_years": production.quota_years(mined),
            "china": mined[mined["area"] == "CHN"].iloc[-1],
        },
        "production-since-1900": {"first": long_run[long_run["area"] == "WLD"].iloc[0], "newest": production.newest(long_run)},
    }
    for name, (frame, data, table) in charts.items():
        write_text(assets / f"{name}.csv", chart_csv(frame))
        source = source_line(frame, release.load("sources"))
        chart = render("chart.html.j2", name=name, data=inline_json(data), source=source, frame=frame)
        write_text(parts / f"{name}.html", chart)
        write_text(parts / f"{name}-words.md", render(f"{name}-words.md.j2", **words[name]))
        write_text(parts / f"{name}-table.html", render("pivot.html.j2", name=name, **table))
