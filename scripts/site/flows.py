"""The page Trade flows by product: the largest flows of each year, and the headlines of China's customs."""

from typing import Any

import pandas as pd

from scripts.site.credit import credits
from scripts.site.release import Release
from scripts.site.render import page

Row = dict[str, Any]
MAGNETS = "850511"
#: Flows shown for each year of ``MAGNETS``.
LARGEST = 10
#: Headings whose every annual flow of the United States is shown, and directions in the order to show them.
HEADINGS = ("2846", "2805")
#: What the products of this page are called for short.
CALLED = {MAGNETS: "Permanent magnets of metal", "2846": "Rare-earth compounds", "2805": "Rare-earth and alkali metals"}
DIRECTIONS = ("export", "import")
#: Years of these headings that stand open; older ones are folded.
OPEN_YEARS = 10
#: What the customs of China are quoted on, widest headline first; its ore line is quoted by partner only.
HEADLINES = (
    "gacc-rare-earths-export",
    "gacc-rare-earths-import",
    "gacc-rare-earth-compounds-and-metals",
    "gacc-rare-earth-permanent-magnets",
    "chn-25309020",
)


def magnets(release: Release) -> list[Row]:
    """Years of reconciled flows of magnets, complete ones first, the newest of each first.

    Returns
    -------
    list
        ``year``, ``complete``, the largest ``rows``, how many flows there are (``count``), their sum (``total``, USD) and
        the percentage of it that ``rows`` have (``share``). Each year is the sum of one source, never of several.
    """
    groups: dict[str, list[Row]] = {}
    for row in release.records("trade_flows", product=MAGNETS, basis="reconciled", freq="A"):
        groups.setdefault(row["period"], []).append(row)
    years = [_year(year, rows) for year, rows in groups.items()]
    return sorted(years, key=lambda year: (not year["complete"], -year["year"]))


def _year(year: str, rows: list[Row]) -> Row:
    largest = sorted(rows, key=lambda row: (-row["value"], row["reporter"], row["partner"]))[:LARGEST]
    total = sum(row["value"] for row in rows)
    return {
        "year": int(year),
        "complete": {row["scope"] for row in rows} == {"complete"},
        "rows": largest,
        "weighed": any(row["net_weight_kg"] is not None for row in largest),
        "count": len(rows),
        "total": total,
        "share": 100 * sum(row["value"] for row in largest) / total,
    }


def american(release: Release, heading: str, flow: str) -> list[Row]:
    """Every annual flow of a heading that the United States reports."""
    rows = release.records("trade_flows", reporter="USA", product=heading, flow=flow, freq="A", basis="reported")
    return [row for row in rows if row["scope"] == "named_partners"]


def grid(rows: list[Row], names: dict[str, str]) -> Row:
    """Flows as a table: years in rows, newest first, partners in columns, the one with the largest value first."""
    most: dict[str, float] = {}
    for row in rows:
        most[row["partner"]] = most.get(row["partner"], 0) + row["value"]
    partners = sorted(most, key=lambda partner: (-most[partner], partner))
    cells = {(row["period"], row["partner"]): row for row in rows}
    years = sorted({row["period"] for row in rows}, reverse=True)
    return {
        "names": [names[partner] for partner in partners],
        "rows": [(year, [cells.get((year, partner)) for partner in partners]) for year in years],
    }


def headlines(release: Release) -> dict[str, list[Row]]:
    """Annual figures of what the customs of China are quoted on, newest first, by product."""
    found = {}
    for product in HEADLINES:
        rows = release.records("trade_flows", reporter="CHN", product=product, freq="A", weight_basis="goods")
        rows = [row for row in rows if row["partner"] == "WLD" or product.startswith("chn-")]
        found[product] = sorted(rows, key=lambda row: row["period"], reverse=True)
    return found


def downloads(release: Release) -> dict[str, pd.DataFrame]:
    """Rows that the page shows, as in ``trade_flows``, by the name of the file that offers them."""
    return {
        "flows-850511": pd.DataFrame([row for year in magnets(release) for row in year["rows"]]),
        **{
            f"flows-usa-{heading}": pd.DataFrame([row for flow in DIRECTIONS for row in american(release, heading, flow)])
            for heading in HEADINGS
        },
        "headlines-china": pd.DataFrame([row for rows in headlines(release).values() for row in rows]),
    }


def flows_page(release: Release) -> str:
    """The page."""
    sources = {row["source_id"]: row for row in release.records("sources")}
    names = release.load("areas").set_index("area")["name"].to_dict()
    flows = {heading: {flow: american(release, heading, flow) for flow in DIRECTIONS} for heading in HEADINGS}
    return page(
        "trade-flows-by-product.md.j2",
        names=names,
        called=CALLED,
        sources=sources,
        credits=lambda rows: credits(rows, sources, root="../../"),
        products={row["product"]: row for row in release.records("products")},
        magnets=magnets(release),
        american={
            heading: {flow: {"rows": rows, "grid": grid(rows, names)} for flow, rows in found.items()}
            for heading, found in flows.items()
        },
        open_years=OPEN_YEARS,
        headlines=headlines(release),
    )
