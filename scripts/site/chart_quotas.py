"""Data of the charts of China's quotas: mining and smelting against mine production as printed, and exports."""

from typing import Any

import pandas as pd

from scripts.site.chart_production import mine_production
from scripts.site.release import Release

#: Kinds in the order of the table, with their names for readers.
KINDS = {
    "production": "mine production as printed",
    "mining": "mining quota",
    "mineral_products_directive_plan": "production plan for mineral products",
    "smelting_separation": "smelting and separation quota",
    "export": "export quota",
}
COLUMNS = [
    "year",
    "kind",
    "quantity_t_reo",
    "quantity_t",
    "lowest_t",
    "highest_t",
    "candidates",
    "measurement",
    "grade",
    "source_id",
    "locator",
    "note",
]


def quotas(release: Release) -> pd.DataFrame:
    """Chosen yearly quotas in t REO and China's production of the same years.

    Returns
    -------
    pandas.DataFrame
        ``COLUMNS``. Production is what `production` holds; ``measurement`` tells the years in which it is a quota.
    """
    yearly = release.load("quotas_yearly").rename(columns={"quota_type": "kind"})
    yearly = yearly[yearly["quantity_t_reo"].notna()]
    first = yearly["year"].min()
    mined = mine_production(release)
    mined = mined[(mined["area"] == "CHN") & (mined["year"] >= first)].assign(kind="production")
    return _ordered(pd.concat([yearly, mined]))


def exports(release: Release) -> pd.DataFrame:
    """Chosen yearly export quotas, in tonnes of which the sources do not say what they count."""
    yearly = release.load("quotas_yearly").rename(columns={"quota_type": "kind"})
    return _ordered(yearly[yearly["kind"] == "export"])


def _ordered(frame: pd.DataFrame) -> pd.DataFrame:
    order = frame["kind"].map(list(KINDS).index)
    return frame.assign(order=order).sort_values(["order", "year"]).reindex(columns=COLUMNS).reset_index(drop=True)


def payload(frame: pd.DataFrame) -> dict[str, Any]:
    """What the script of a chart reads: one point per year and kind, quantities in tonnes."""
    points = frame.assign(quantity=frame["quantity_t_reo"].fillna(frame["quantity_t"]))
    kept = points[["year", "kind", "quantity", "lowest_t", "highest_t", "candidates", "measurement", "grade", "source_id"]]
    kept = kept.astype(object).where(kept.notna(), None)
    return {"kinds": {kind: KINDS[kind] for kind in dict.fromkeys(frame["kind"])}, "points": kept.to_dict("records")}


def table(frame: pd.DataFrame, release: Release) -> dict[str, Any]:
    """The same figures as a table: years in rows, newest first, kinds in columns; each quota with its source."""
    addresses = release.load("sources").set_index("source_id")["url"].to_dict()
    rows = payload(frame)["points"]
    cells = {(row["year"], row["kind"]): row | {"url": addresses[row["source_id"]]} for row in rows}
    kinds = list(dict.fromkeys(frame["kind"]))
    years = sorted(set(frame["year"]), reverse=True)
    return {"kinds": [KINDS[kind] for kind in kinds], "rows": [(y, [cells.get((y, kind)) for kind in kinds]) for y in years]}


def words(frame: pd.DataFrame, release: Release) -> dict[str, Any]:
    """Facts for the sentences: the newest quotas, years without one, and what is announced without a figure."""
    mining = frame[frame["kind"] == "mining"].set_index("year")
    smelting = frame[frame["kind"] == "smelting_separation"].set_index("year")
    produced = frame[frame["kind"] == "production"].set_index("year")
    both = sorted(set(mining.index) & set(produced.index))
    equal = [y for y in both if mining.loc[y, "quantity_t_reo"] == produced.loc[y, "quantity_t_reo"]]
    silent = release.load("quotas")
    return {
        "newest": int(mining.index.max()),
        "mining": mining["quantity_t_reo"],
        "smelting": smelting["quantity_t_reo"],
        "first": int(mining.index.min()),
        "compared": len(both),
        "equal": equal,
        "missing": [y for y in range(int(mining.index.min()), int(mining.index.max()) + 1) if y not in mining.index],
        "withheld": sorted(int(y) for y in silent.loc[silent["qualifier"] == "withheld", "year"].unique()),
        "quota_years": [int(y) for y in produced.index[produced["measurement"] == "production_quota"]],
        "documents": frame.loc[frame["kind"] != "production", "source_id"].nunique(),
    }


def export_words(frame: pd.DataFrame) -> dict[str, Any]:
    """Facts for the sentences on export quotas."""
    return {"rows": payload(frame)["points"]}
