"""The table ``concentration``: Herfindahl-Hirschman index of production, reserves and exports.

HHI = sum over holders of (100 * figure / everything listed) squared, from 0 to 10,000: U.S.
Department of Justice and Federal Trade Commission, Merger Guidelines (2023), section 2.1.
Groups and residuals are no holders: they count in what is listed and add nothing to the index.

A year of production or reserves stands here only if a world total is printed and the areas
listed cover at least ``MINIMUM`` of it: an index of half a list would say nothing.
"""

from collections import defaultdict

from scripts.derive import production, reserves
from scripts.derive.chosen import Row
from scripts.reference import areas

MINIMUM = 90.0
#: Sums that exceed the printed total by more than rounding are said to.
NOTICEABLE = 105.0
ALL = "rare-earths-reo"
ABOVE = "The areas' figures were chosen from other sources than the total and add up to more."
OTHERS = "Other areas are listed together; each may hold a part, so that the index is a lower bound."
MAIN_FLOWS = "Main flows only: the smallest exporters are missing."
WEAK = "Rests on figures of grade C or D alone."


def rows(tables: dict[str, list[Row]]) -> list[Row]:
    """Rows of ``concentration``, from the chosen figures and from reconciled flows."""
    return concentrated(production.rows(tables), reserves.rows(tables), tables["trade_flows"])


def concentrated(produced: list[Row], held: list[Row], flows: list[Row]) -> list[Row]:
    """Rows of ``concentration``.

    Parameters
    ----------
    produced, held
        Chosen figures of production and reserves, in t REO.
    flows
        Rows of ``trade_flows``.
    """
    single = {row["area"] for row in areas.rows() if row["kind"] in {"country", "territory"}}
    mines = [{**row, "figure": row["quantity_t_reo"]} for row in produced if row["stage"] == "mine"]
    ground = [{**row, "figure": row["reserves_t_reo"], "year": row["as_of_year"]} for row in held]
    return [*_by_year("mine_production", mines, single), *_by_year("reserves", ground, single), *_exports(flows, single)]


def _by_year(topic: str, rows: list[Row], single: set[str]) -> list[Row]:
    by_year: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_year[row["year"]].append(row)
    result = []
    for year, group in by_year.items():
        total = next((row["figure"] for row in group if row["area"] == "WLD"), None)
        listed = [row for row in group if row["area"] != "WLD" and row["figure"]]
        covered = 100 * sum(row["figure"] for row in listed) / total if total else 0
        if covered >= MINIMUM:
            result.append(_row(topic, year, ALL, listed, single, covered, None))
    return result


def _exports(flows: list[Row], single: set[str]) -> list[Row]:
    """Exports by value from reconciled data: the sum of each exporter's flows."""
    groups: dict[tuple[str, int], dict[str, Row]] = defaultdict(dict)
    for row in flows:
        if row["basis"] != "reconciled" or row["freq"] != "A" or row["value"] is None:
            continue
        exporters = groups[row["product"], int(row["period"])]
        exporter = exporters.setdefault(row["reporter"], {**row, "area": row["reporter"], "figure": 0.0})
        exporter["figure"] += row["value"]
    result = []
    for (product, year), exporters in groups.items():
        scopes = {row["scope"] for row in exporters.values()}
        if len(scopes) != 1:
            raise ValueError(f"exports of {product} in {year} mix the scopes {sorted(scopes)}")
        result.append(_row("export_value", year, product, list(exporters.values()), single, None, scopes.pop()))
    return result


def _row(
    topic: str, year: int, product: str, listed: list[Row], single: set[str], covered: float | None, scope: str | None
) -> Row:
    everything = sum(row["figure"] for row in listed)
    holders = sorted((row for row in listed if row["area"] in single), key=lambda row: (-row["figure"], row["area"]))
    grades = sorted(row["grade"] for row in listed)
    notes = [
        ABOVE if (covered or 0) > NOTICEABLE else "",
        OTHERS if len(holders) < len(listed) else "",
        MAIN_FLOWS if scope == "main_partners" else "",
        WEAK if grades[0] > "B" else "",
    ]
    return {
        "topic": topic,
        "year": year,
        "product": product,
        "hhi": round(sum((100 * row["figure"] / everything) ** 2 for row in holders), 1),
        "holders": len(holders),
        "largest_holder": holders[0]["area"],
        "largest_share": round(100 * holders[0]["figure"] / everything, 2),
        "covered_share": None if covered is None else round(covered, 1),
        "scope": scope,
        "lowest_grade": grades[-1],
        "largest_source_id": holders[0]["source_id"],
        "source_ids": "; ".join(sorted({row["source_id"] for row in listed})),
        "note": " ".join(filter(None, notes)),
    }
