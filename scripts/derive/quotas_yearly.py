"""The table ``quotas_yearly``: one total for each year and kind of quota.

The rule ``whole-year-1``:

1. Only totals for the whole year are candidates: rows of the batch ``year``, else of the
   batches ``1-2`` together. A single batch is no year.
2. Grades A and B come before C and D.
3. The figure announced last comes first; one whose announcement is unknown comes last.
4. A candidate to which the batches of its own source add up comes first.
5. What is still equal is settled by the key of the source.

Batches are added up beside it where at least two are known, from the source of the chosen
figure first, so that a gap is seen and never hidden.
"""

from collections import defaultdict

from scripts.derive.chosen import Row

RULE = "whole-year-1"
KEY = ("area", "year", "quota_type")
#: What may make up a year, in parts that do not overlap.
PARTS = (("1", "1-supplement", "2", "3"), ("h1", "h2"))


def tonnes(row: Row) -> float | None:
    """The figure of a row, whatever its tonnes are."""
    return row["quantity_t"] if row["quantity_t_reo"] is None else row["quantity_t_reo"]


def rows(tables: dict[str, list[Row]]) -> list[Row]:
    """Rows of ``quotas_yearly``."""
    groups: dict[tuple, list[Row]] = defaultdict(list)
    for row in tables["quotas"]:
        if row["rare_earth_class"] == "total" and tonnes(row) is not None:
            groups[tuple(row[name] for name in KEY)].append(row)
    return [found for group in groups.values() if (found := _year(group))]


def _year(group: list[Row]) -> Row | None:
    candidates = next((found for batch in ("year", "1-2") if (found := [r for r in group if r["batch"] == batch])), [])
    if not candidates:
        return None
    candidates = sorted(candidates, key=lambda row: row["source_id"])
    candidates.sort(key=lambda row: _sum(group, row)[1] != tonnes(row))
    candidates.sort(key=lambda row: row["announced_on"] or "", reverse=True)
    candidates.sort(key=lambda row: row["grade"] in "CD")
    best, figures = candidates[0], [tonnes(row) for row in candidates]
    batches, total = _sum(group, best)
    kept = {name: best[name] for name in (*KEY, "quantity_t_reo", "quantity_t", "source_id", "locator", "grade", "note")}
    return kept | {
        "candidates": len(candidates),
        "lowest_t": min(figures),
        "highest_t": max(figures),
        "batches": "; ".join(batches),
        "batches_sum_t": total,
        "gap_t": None if total is None else tonnes(best) - total,
        "rule": RULE,
    }


def _sum(group: list[Row], chosen: Row) -> tuple[list[str], float | None]:
    """Batches that may make up the year and their sum; nothing where fewer than two are known."""
    for parts in PARTS:
        found: dict[str, Row] = {}
        for row in sorted(group, key=lambda row: (row["source_id"] != chosen["source_id"], row["source_id"])):
            if row["batch"] in parts:
                found.setdefault(row["batch"], row)
        if len(found) > 1:
            return sorted(found), sum(tonnes(row) for row in found.values())
    return [], None
