"""Pieces on trade that hand-written pages include: figures that show what the traps are."""

from functools import partial
from typing import Any

from scripts.site.credit import credit
from scripts.site.flows import MAGNETS
from scripts.site.mirror import gaps
from scripts.site.release import Release
from scripts.site.render import render
from scripts.site.values import values_part

#: Columns whose values the page on trade explains.
COLUMNS = ("valuation", "scope", "basis", "concept", "weight_basis", "quantity_qualifier")


def two_lines(release: Release) -> dict[str, Any]:
    """China's exports of the newest year in which both 850511 and its own line for rare-earth magnets are weighed.

    Returns
    -------
    dict
        ``year``; ``heading_t``, the sum of one source's flows of 850511; ``line_t``, the figure quoted for 85051110; the
        number of flows without a weight (``unweighed``); and the rows of both sources.
    """
    flows = release.records("trade_flows", product=MAGNETS, reporter="CHN", basis="reconciled", scope="complete")
    quoted = release.records(
        "trade_flows", product="gacc-rare-earth-permanent-magnets", reporter="CHN", partner="WLD", flow="export", freq="A"
    )
    sources = {row["source_id"]: row for row in release.records("sources")}
    weighed = {row["period"] for row in flows if row["net_weight_kg"] is not None}
    line = max((row for row in quoted if row["period"] in weighed), key=lambda row: row["period"])
    year = [row for row in flows if row["period"] == line["period"]]
    return {
        "year": line["period"],
        "heading_t": sum(row["net_weight_kg"] or 0 for row in year) / 1000,
        "line_t": line["net_weight_kg"] / 1000,
        "unweighed": sum(row["net_weight_kg"] is None for row in year),
        "credits": [credit(sources[row["source_id"]]) for row in (year[0], line)],
    }


def traps(release: Release) -> str:
    """The traps of trade figures, each with what the tables hold of it."""
    (monazite,) = release.records("trade_flows", product="chn-26122000", reporter="CHN", partner="WLD", freq="A")
    held = [row for row in release.records("sources") if not row["redistributable"]]
    return render("trade-traps.md.j2", two=two_lines(release), gap=gaps(release)[0], monazite=monazite, held=held)


TRADE_PARTS = {
    "trade-traps.md": traps,
    **{f"values-trade-{column}.md": partial(values_part, column=column, tables=("trade_flows",)) for column in COLUMNS},
}
