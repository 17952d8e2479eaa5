"""Data of the chart of prices: one line per source, material, basis and terms of delivery, never merged."""

from typing import Any

import pandas as pd

from scripts.site.credit import edition
from scripts.site.release import Release

BASES = {
    "annual_average": "average of the year",
    "year_end": "end of the year",
    "range_of_averages": "range of averages",
}
DELIVERIES = {
    "fob": "FOB",
    "fob_china": "FOB China",
    "ex_works_china": "ex works China",
    "unspecified": "delivery not stated",
}
COLUMNS = [
    "element",
    "material",
    "material_name",
    "price_basis",
    "delivery",
    "year",
    "price",
    "price_low",
    "price_high",
    "currency",
    "per_unit",
    "price_as_printed",
    "value_qualifier",
    "status",
    "grade",
    "source_id",
    "locator",
    "note",
]
LINE = ["material", "price_basis", "delivery", "source_id"]
#: A price of several elements together, or of a concentrate, belongs to none of them.
MIXED = "mixed"


def prices(release: Release) -> pd.DataFrame:
    """All prices with the name of the material and the element it is of, in the order of atomic numbers."""
    materials = release.load("materials").set_index("material")
    elements = release.load("elements").set_index("symbol")["atomic_number"].to_dict()
    frame = release.load("prices")
    of = materials["elements"].where(materials["elements"].isin(elements), MIXED)
    frame = frame.assign(element=frame["material"].map(of), material_name=frame["material"].map(materials["name"]))
    order = frame["element"].map(elements | {MIXED: 200})
    return frame.assign(order=order).sort_values(["order", *LINE, "year"])[COLUMNS].reset_index(drop=True)


def lines(frame: pd.DataFrame, release: Release) -> list[dict[str, Any]]:
    """Lines of the chart: what each is of, in which source, and its points."""
    sources = release.load("sources").set_index("source_id")
    found = []
    for (material, basis, delivery, source_id), group in frame.groupby(LINE, sort=False):
        first = group.iloc[0]
        points = group[["year", "price", "price_low", "price_high", "price_as_printed", "status", "grade"]].astype(object)
        found.append(
            {
                "element": first["element"],
                "material": material,
                "kind": f"{first['material_name']}; {BASES[basis]}; {DELIVERIES[delivery]}",
                "edition": edition(sources.loc[source_id]),
                "source_id": source_id,
                "url": sources.loc[source_id, "url"],
                "unit": f"{first['currency']}/{first['per_unit']}",
                "points": points.where(points.notna(), None).to_dict("records"),
            }
        )
    return found


def names(frame: pd.DataFrame, release: Release) -> dict[str, str]:
    """Elements with a price, in order: symbol to words for the list."""
    known = release.load("elements").set_index("symbol")["name"].to_dict()
    return {
        symbol: f"{symbol}, {known[symbol]}" if symbol in known else "mixed or not one element"
        for symbol in frame["element"].unique()
    }


def payload(frame: pd.DataFrame, release: Release) -> dict[str, Any]:
    """What the script of the chart reads."""
    return {"elements": names(frame, release), "lines": lines(frame, release)}


def table(frame: pd.DataFrame, release: Release) -> dict[str, Any]:
    """The same figures as a table: one row per line, one column per year."""
    years = sorted(set(frame["year"]), reverse=True)
    rows = []
    for line in lines(frame, release):
        points = {point["year"]: point for point in line["points"]}
        rows.append((line, [points.get(year) for year in years]))
    return {"years": years, "rows": rows}


def words(frame: pd.DataFrame) -> dict[str, Any]:
    """Facts for the sentences: how many prices there are, and those of the newest year and source."""
    newest = int(frame["year"].max())
    now = frame[(frame["year"] == newest) & frame["price"].notna() & (frame["currency"] == "USD") & (frame["per_unit"] == "kg")]
    top = now.sort_values("price", ascending=False)
    return {
        "prices": len(frame),
        "materials": frame["material"].nunique(),
        "lines": frame.groupby(LINE).ngroups,
        "newest": newest,
        "shown": [row for row in top.to_dict("records") if row["element"] in {"Nd", "Dy", "Tb", "Ce", "La"}],
    }
