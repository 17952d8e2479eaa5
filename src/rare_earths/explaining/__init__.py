"""Show where a chosen figure comes from: every reported figure, the chosen one and the rule."""

from __future__ import annotations

from typing import Any

from rare_earths.explaining import figures, quotas, sides
from rare_earths.explaining.explanation import Explanation
from rare_earths.loading import chosen_package
from rare_earths.package import Package

__all__ = ["Explanation", "explain"]

#: Table of chosen figures -> the module that explains it.
EXPLAINERS = {"production": figures, "reserves": figures, "quotas_yearly": quotas, "trade_mirror": sides}


def explain(table: str, /, *, version: str | None = None, package: Package | None = None, **key: Any) -> Explanation:
    """Explain the chosen figures of a key.

    Parameters
    ----------
    table
        ``"production"``, ``"reserves"``, ``"quotas_yearly"``, or ``"trade_mirror"`` (whose
        sides are shown beside each other, none is called right).
    version
        Version of the data; default: the one installed.
    package
        The package to look into, instead of a version.
    **key
        Columns with the values asked for, such as ``area="VNM"``; a year is optional.

    Returns
    -------
    Explanation
        Every reported figure as a number and as printed, vintages in order; which are chosen; the
        rule; and for each where in the source it stands and where to look it up.

    Raises
    ------
    ValueError
        When the table holds no chosen figures, or the key asks for what can stand in no row.
    KeyError
        When the table has no such column, or nothing was reported for this key.

    Examples
    --------
    >>> import rare_earths
    >>> brazil = rare_earths.explain("reserves", area="BRA", as_of_year=2025)
    >>> [(row["source_id"], row["reserves_t_reo"], row["chosen"]) for row in brazil.records]
    [('usgs-mcs-2026-v1.0', 21000000.0, False), ('usgs-mcs-2026-v1.3', 11000000.0, True)]
    """
    if table not in EXPLAINERS:
        raise ValueError(f"table {table!r} holds no chosen figures; explain one of {', '.join(EXPLAINERS)}")
    return EXPLAINERS[table].explanation(chosen_package(package, version), table, key)
