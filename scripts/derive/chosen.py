"""What the derived tables of chosen figures have in common."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from rare_earths.choice import RULE, ranked

Row = dict[str, Any]
NO_BETTER = "No figure of grade A or B exists for this key."


def chosen_rows(reported: Iterable[Row], sources: Iterable[Row], key: list[str], figure: str, carried: list[str]) -> list[Row]:
    """The chosen row for each key.

    Parameters
    ----------
    reported
        Rows of the reported table; those without a full key are no candidates.
    sources
        Rows of ``sources``.
    key
        Columns of the derived table's primary key.
    figure
        Column of the figure in t REO.
    carried
        Columns taken over from the chosen row besides key, figure and evidence.
    """
    by_id: Mapping[str, Row] = {source["source_id"]: source for source in sources}
    groups: dict[tuple, list[Row]] = defaultdict(list)
    for row in reported:
        if all(row[name] is not None for name in key):
            groups[tuple(row[name] for name in key)].append(row)
    result = []
    for group in groups.values():
        candidates = ranked(group, by_id, figure)
        if not candidates:
            continue
        best = candidates[0]
        figures = [row[figure] for row in candidates]
        notes = [best["note"] or ""] + ([NO_BETTER] if best["grade"] in "CD" else [])
        result.append(
            {name: best[name] for name in [*key, figure, *carried, "source_id", "locator", "grade"]}
            | {
                "candidates": len(candidates),
                "lowest_t_reo": min(figures),
                "highest_t_reo": max(figures),
                "rule": RULE,
                "note": " ".join(filter(None, notes)),
            }
        )
    return result
