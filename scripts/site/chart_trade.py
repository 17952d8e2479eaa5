"""Data of the charts on the page Trade: exports of magnets by exporter, and the headlines of China's customs."""

from typing import Any

import pandas as pd

from scripts.site.flows import MAGNETS
from scripts.site.release import Release

#: Exporters with a colour of their own: the largest of the newest year of which every flow is known.
COLOURED = 6
EXPORT_COLUMNS = ["area", "name", "year", "value_usd", "flows", "scope", "valuation", "source_id", "grade"]
HEADLINES = {"gacc-rare-earths-export": "export", "gacc-rare-earths-import": "import"}
HEADLINE_COLUMNS = [
    "product",
    "flow",
    "year",
    "quantity_t",
    "quantity_qualifier",
    "grade",
    "quoted_by",
    "source_id",
    "locator",
    "note",
]


def exports(release: Release) -> pd.DataFrame:
    """Exports of magnets by exporter and year: each the sum of one source's flows, so that nothing is counted twice."""
    rows = release.load("trade_flows")
    rows = rows[(rows["product"] == MAGNETS) & (rows["basis"] == "reconciled") & (rows["freq"] == "A")]
    names = release.load("areas").set_index("area")["name"]
    same = ["reporter", "period", "scope", "valuation", "source_id"]
    sums = rows.groupby(same, as_index=False).agg(value_usd=("value", "sum"), flows=("value", "size"), grade=("grade", "max"))
    sums = sums.assign(area=sums["reporter"], name=sums["reporter"].map(names), year=sums["period"].astype("int64"))
    return sums.sort_values(["area", "year"])[EXPORT_COLUMNS].reset_index(drop=True)


def complete_years(frame: pd.DataFrame) -> list[int]:
    """Years of which every flow is known."""
    return sorted(int(year) for year in frame.loc[frame["scope"] == "complete", "year"].unique())


def ranking(frame: pd.DataFrame, year: int) -> pd.DataFrame:
    """Exporters of a year, the largest first, with their share in percent."""
    rows = frame[frame["year"] == year].sort_values(["value_usd", "area"], ascending=[False, True], kind="stable")
    return rows.assign(share=100 * rows["value_usd"] / rows["value_usd"].sum())


def pieces(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Parts of the columns: exporters with a colour, the largest first, then all others of the year together."""
    coloured = list(ranking(frame, complete_years(frame)[-1])["area"][:COLOURED])
    named = frame["area"].where(frame["area"].isin(coloured), "others")
    parts = frame.assign(area=named, name=frame["name"].where(frame["area"].isin(coloured), "all others"))
    sums = parts.groupby(["year", "area", "name", "scope"], as_index=False)["value_usd"].sum()
    order = {area: place for place, area in enumerate([*coloured, "others"])}
    return sums.sort_values(["year", "area"], key=lambda keys: keys.map(order) if keys.name == "area" else keys).to_dict(
        "records"
    )


def exports_payload(frame: pd.DataFrame) -> dict[str, Any]:
    """What the script of the chart reads."""
    return {"pieces": pieces(frame)}


def exports_grid(frame: pd.DataFrame) -> dict[str, Any]:
    """The same figures as a table: years in rows, newest first, the parts of the columns in columns."""
    found = pieces(frame)
    names = list(dict.fromkeys(piece["name"] for piece in found))
    names.sort(key=lambda name: name == "all others")
    cells = {(piece["year"], piece["name"]): f"{piece['value_usd'] / 1e6:,.1f}" for piece in found}
    whole = complete_years(frame)
    years = sorted({piece["year"] for piece in found}, reverse=True)
    titles = {year: "every flow" if year in whole else "main flows only" for year in years}
    # Each year rests on one source.
    sources = frame.drop_duplicates("year").set_index("year")["source_id"]
    rows = [
        (
            f"{year}{'' if year in whole else ' *'}",
            [(cells[year, name], titles[year], sources[year]) if (year, name) in cells else None for name in names],
        )
        for year in years
    ]
    return {"head": "Year", "names": names, "rows": rows}


def headlines(release: Release) -> pd.DataFrame:
    """What pages quote as China's yearly exports and imports of rare earths, by flow and year."""
    rows = release.load("trade_flows")
    chosen = rows["product"].isin(list(HEADLINES)) & (rows["freq"] == "A") & (rows["partner"] == "WLD")
    rows = rows[chosen & (rows["weight_basis"] == "goods") & rows["net_weight_kg"].notna()]
    pages = release.load("sources").set_index("source_id")["restated_by"]
    rows = rows.assign(
        year=rows["period"].astype("int64"), quantity_t=rows["net_weight_kg"] / 1000, quoted_by=rows["source_id"].map(pages)
    )
    return rows.sort_values(["flow", "year", "source_id"])[HEADLINE_COLUMNS].reset_index(drop=True)


def headlines_payload(frame: pd.DataFrame) -> dict[str, Any]:
    """What the script of the chart reads."""
    kept = frame[["flow", "year", "quantity_t", "quantity_qualifier", "grade", "quoted_by"]]
    return {"points": kept.astype(object).to_dict("records")}


def about(row: dict[str, Any]) -> str:
    """A quoted figure in tonnes, marked where it is rounded."""
    figure = f"{row['quantity_t']:,.1f}".removesuffix(".0")
    return f"about {figure}" if row["quantity_qualifier"] == "rounded" else figure


def headlines_grid(frame: pd.DataFrame) -> dict[str, Any]:
    """The same figures as a table: years in rows, newest first."""
    cells = {
        (row["year"], row["flow"]): (about(row), f"{row['quoted_by']}, grade {row['grade']}", row["source_id"])
        for row in frame.to_dict("records")
    }
    years = sorted(frame["year"].unique(), reverse=True)
    rows = [(str(year), [cells.get((year, flow)) for flow in HEADLINES.values()]) for year in years]
    return {"head": "Year", "names": ["Exports, t", "Imports, t"], "rows": rows}
