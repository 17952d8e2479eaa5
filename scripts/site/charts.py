"""Write what the pages of charts include: data as CSV and JSON, a summary in words, and the figures as a table."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from scripts.site import chart_flows as pictures
from scripts.site import chart_mirror as mirror
from scripts.site import chart_production as production
from scripts.site import chart_reserves as reserves
from scripts.site import chart_trade as trade
from scripts.site import concentration, flows
from scripts.site.credit import work
from scripts.site.release import Release
from scripts.site.render import plain, render
from scripts.tables import write_text


@dataclass(frozen=True)
class Chart:
    """What is written for one chart.

    Attributes
    ----------
    frame
        The figures, as a reader downloads them.
    payload
        What its script reads.
    table, figures
        Template of the figures as a table, and what it needs.
    words
        What the summary in words needs.
    source
        Source line, where the publishers of the rows do not say it.
    """

    frame: pd.DataFrame
    payload: dict[str, Any]
    table: str
    figures: dict[str, Any]
    words: dict[str, Any]
    source: str = ""

    def write(self, name: str, sources: pd.DataFrame, assets: Path, parts: Path) -> None:
        """Write the chart's data into ``assets`` and what its page includes into ``parts``."""
        write_text(assets / f"{name}.csv", chart_csv(self.frame))
        source = self.source or source_line(self.frame, sources)
        works = documents(self.frame, sources)
        chart = render(
            "chart.html.j2",
            name=name,
            data=inline_json(self.payload),
            source=source,
            frame=self.frame,
            documents=works,
        )
        write_text(parts / f"{name}.html", chart)
        write_text(parts / f"{name}-words.md", render(f"{name}-words.md.j2", **self.words))
        write_text(parts / f"{name}-table.html", render(self.table, name=name, works=dict(works), **self.figures))


def inline_json(data: dict[str, Any]) -> str:
    """JSON that may stand inside a ``script`` element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=plain).replace("<", "\\u003c")


def chart_csv(frame: pd.DataFrame) -> str:
    """The points of a chart as CSV, spelled as in the tables."""
    return frame.map(plain).to_csv(index=False, lineterminator="\n")


def source_line(frame: pd.DataFrame, sources: pd.DataFrame) -> str:
    """Publishers with their series, as far as the rows of a chart rest on them; pages that quote them are only counted."""
    used = sources[sources["source_id"].isin(frame["source_id"])]
    quoted = used["kind"] == "news"
    works = used.assign(
        work=used["series"].fillna(used["title"]).mask(quoted & (used["series"].isna()), "as quoted by the press")
    )
    titles = works.groupby("publisher")["work"].unique()
    return "; ".join(f"{publisher}, {', '.join(sorted(found))}" for publisher, found in titles.items())


def documents(frame: pd.DataFrame, sources: pd.DataFrame) -> list[tuple[str, str]]:
    """Sources that the rows of a chart rest on, in the order of their names: key and name."""
    used = sources[sources["source_id"].isin(frame["source_id"])].to_dict("records")
    return sorted(((source["source_id"], work(source)) for source in used), key=lambda pair: (pair[1], pair[0]))


def all_charts(release: Release) -> dict[str, Chart]:
    """Every chart by its name."""
    return {**_production(release), **_reserves(release), **_trade(release), **_concentration(release), **_flows(release)}


def _production(release: Release) -> dict[str, Chart]:
    mined = production.mine_production(release)
    countries, long_run = production.by_country(mined), production.since_1900(mined)
    newest = {
        "newest": production.newest(mined),
        "quota_years": production.quota_years(mined),
        "china": mined[mined["area"] == "CHN"].iloc[-1],
    }
    first = {"first": long_run[long_run["area"] == "WLD"].iloc[0], "newest": production.newest(long_run)}
    return {
        name: Chart(frame, production.payload(frame), "pivot.html.j2", {"pivot": production.pivot(frame)}, words)
        for name, frame, words in [("production-by-country", countries, newest), ("production-since-1900", long_run, first)]
    }


def _reserves(release: Release) -> dict[str, Chart]:
    stated = reserves.points(release)
    pivot, words = {"pivot": reserves.pivot(stated)}, {"changes": reserves.changes(stated)}
    return {"reserves-by-edition": Chart(stated, reserves.payload(stated), "pivot.html.j2", pivot, words)}


def _trade(release: Release) -> dict[str, Chart]:
    sold, quoted = trade.exports(release), trade.headlines(release)
    years = [(year, trade.ranking(sold, year)) for year in reversed(trade.complete_years(sold))]
    said = {flow: quoted[quoted["flow"] == flow].to_dict("records") for flow in trade.HEADLINES.values()}
    return {
        "exports-850511": Chart(
            sold,
            trade.exports_payload(sold),
            "grid.html.j2",
            trade.exports_grid(sold),
            {"years": years, "shown": trade.COLOURED},
        ),
        "headlines-by-year": Chart(
            quoted,
            trade.headlines_payload(quoted),
            "grid.html.j2",
            trade.headlines_grid(quoted),
            {"said": said, "about": trade.about},
        ),
    }


def _concentration(release: Release) -> dict[str, Chart]:
    frame = concentration.indices(release)
    words = {"newest": concentration.newest(frame)}
    return {"concentration": Chart(frame, concentration.payload(frame), "grid.html.j2", concentration.grid(frame), words)}


def _flows(release: Release) -> dict[str, Chart]:
    drawn, told = pictures.drawn(release), mirror.sides(release)
    return {
        "flows-of-a-product": Chart(
            drawn,
            pictures.payload(drawn, release),
            "flows-table.html.j2",
            pictures.table(drawn, release),
            pictures.words(drawn, release),
        ),
        "mirror-gaps": Chart(told, mirror.payload(told), "grid.html.j2", mirror.grid(told), mirror.words(told)),
    }


def write_charts(charts: dict[str, Chart], release: Release, assets: Path, parts: Path) -> None:
    """Write the data of charts, and the rows that pages of tables offer.

    Parameters
    ----------
    charts
        The charts by their names.
    release
        The release.
    assets
        Folder for what a reader can download.
    parts
        Folder for what pages include.
    """
    sources = release.load("sources")
    for name, chart in charts.items():
        chart.write(name, sources, assets, parts)
    for name, frame in flows.downloads(release).items():
        write_text(assets / f"{name}.csv", chart_csv(frame))
