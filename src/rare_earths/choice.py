"""The rule that chooses one figure among several reported ones. This is its only home.

The rule ``best-grade-newest-1``:

1. Only rows with a figure are candidates (`NA`, blank and withheld are not).
2. Grades A and B come before C and D.
3. The source published last comes first. Dates are compared at the precision that is
   known: a year alone counts as its beginning, an unknown date as the oldest.
4. Minerals Yearbook before Mineral Commodity Summaries before Data Series 140, before
   any other series.
5. What is still equal is settled by the better grade, then by the key of the source.

World totals are rows like all others: the printed ones, never sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

RULE = "best-grade-newest-1"
SERIES = ("Minerals Yearbook", "Mineral Commodity Summaries", "Data Series 140")

Row = Mapping[str, Any]


def ranked(rows: Iterable[Row], sources: Mapping[str, Row], figure: str) -> list[Row]:
    """Candidates in the order of the rule, the chosen one first.

    Parameters
    ----------
    rows
        Reported rows of one key (one area, year and stage).
    sources
        Rows of the table ``sources`` by ``source_id``.
    figure
        Column of the figure, in t REO: ``quantity_t_reo`` or ``reserves_t_reo``.

    Returns
    -------
    list
        Rows with a figure, best first; empty when there is none.

    Raises
    ------
    KeyError
        When a row names a source that is not in ``sources``.
    """
    candidates = [row for row in rows if row[figure] is not None]
    # Stable sorts from the least to the most important criterion.
    candidates.sort(key=lambda row: (row["grade"], row["source_id"]))
    candidates.sort(key=lambda row: _series_rank(sources[row["source_id"]]["series"]))
    candidates.sort(key=lambda row: sources[row["source_id"]]["published_on"] or "", reverse=True)
    candidates.sort(key=lambda row: row["grade"] in "CD")
    return candidates


def _series_rank(series: str | None) -> int:
    return SERIES.index(series) if series in SERIES else len(SERIES)
