"""The rule that chooses one quota for a whole year among those that sources give. This is its only home.

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

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

RULE = "whole-year-1"
KEY = ("area", "year", "quota_type")
#: What may make up a year, in parts that do not overlap.
PARTS = (("1", "1-supplement", "2", "3"), ("h1", "h2"))

Row = Mapping[str, Any]


def tonnes(row: Row) -> float | None:
    """The figure of a row, whatever its tonnes are."""
    return row["quantity_t"] if row["quantity_t_reo"] is None else row["quantity_t_reo"]


def ranked(rows: Sequence[Row]) -> list[Row]:
    """Candidates for a whole year in the order of the rule, the chosen one first.

    Parameters
    ----------
    rows
        Rows of ``quotas`` of one area, year and kind of quota.

    Returns
    -------
    list
        Empty when no row is of the whole year.
    """
    totals = [row for row in rows if row["rare_earth_class"] == "total" and tonnes(row) is not None]
    candidates = next((found for batch in ("year", "1-2") if (found := [r for r in totals if r["batch"] == batch])), [])
    # Stable sorts from the least to the most important criterion.
    candidates = sorted(candidates, key=lambda row: row["source_id"])
    candidates.sort(key=lambda row: batches_of(totals, row)[1] != tonnes(row))
    candidates.sort(key=lambda row: row["announced_on"] or "", reverse=True)
    candidates.sort(key=lambda row: row["grade"] in "CD")
    return candidates


def batches_of(rows: Sequence[Row], chosen: Row) -> tuple[list[str], float | None]:
    """Batches that may make up the year and their sum; nothing where fewer than two are known.

    Parameters
    ----------
    rows
        Rows of ``quotas`` of one area, year and kind of quota.
    chosen
        The row of the whole year; batches of its source come first.
    """
    totals = [row for row in rows if row["rare_earth_class"] == "total" and tonnes(row) is not None]
    for parts in PARTS:
        found: dict[str, Row] = {}
        for row in sorted(totals, key=lambda row: (row["source_id"] != chosen["source_id"], row["source_id"])):
            if row["batch"] in parts:
                found.setdefault(row["batch"], row)
        if len(found) > 1:
            return sorted(found), sum(tonnes(row) for row in found.values())
    return [], None
