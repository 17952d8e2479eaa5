"""The table ``quotas_yearly``: one total for each year and kind of quota, by the rule of ``rare_earths.whole_year``."""

from collections import defaultdict

from rare_earths.whole_year import KEY, RULE, batches_of, ranked, tonnes
from scripts.derive.chosen import Row


def rows(tables: dict[str, list[Row]]) -> list[Row]:
    """Rows of ``quotas_yearly``."""
    groups: dict[tuple, list[Row]] = defaultdict(list)
    for row in tables["quotas"]:
        groups[tuple(row[name] for name in KEY)].append(row)
    return [found for group in groups.values() if (found := _year(group))]


def _year(group: list[Row]) -> Row | None:
    candidates = ranked(group)
    if not candidates:
        return None
    best, figures = candidates[0], [tonnes(row) for row in candidates]
    batches, total = batches_of(group, best)
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
