"""Shares and ranks that count nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from rare_earths.additive import (
    STATISTICS,
    WORLD,
    figure_of,
    require_addable,
    require_columns,
    require_one_statistic,
    same_columns,
    table_of,
)
from rare_earths.frames import like, package_of, to_pandas
from rare_earths.package import Package

if TYPE_CHECKING:
    import pandas as pd

#: What the true figure is, seen from the one given.
BOUNDS = {"greater_than": "at_least", "partly_withheld": "at_least", "less_than": "at_most"}
OPPOSITE = {"at_least": "at_most", "at_most": "at_least"}


def share(
    frame: Any,
    /,
    by: str | Sequence[str],
    *,
    value: str | None = None,
    among: str | None = None,
    of: Literal["listed", "world"] = "listed",
    table: str | None = None,
    package: Package | None = None,
) -> Any:
    """Share and rank of each row within its group.

    Parameters
    ----------
    frame
        Rows of ``production``, ``reserves``, one of their reported tables, or ``trade_flows``, in any engine.
    by
        Columns that make the groups, such as ``"year"``.
    value
        Column of the figure; needed where there are several (``trade_flows``).
    among
        One column of who holds the figure, such as ``"reporter"``: figures of the others are added
        up first, and a row of the result is one holder.
    of
        ``"listed"``: share of the sum of the rows. ``"world"``: share of the printed world total
        (``WLD``), which must be among the rows and is not among the result; printed totals
        may be below the sum of their rows.
    table
        Table that the rows are from, where the frame cannot say it.
    package
        The package that they are from; default: as the frame says, else the one installed.

    Returns
    -------
    frame
        In the engine of ``frame``: its rows with ``share_percent``, ``share_qualifier`` (``exact``; ``at_most``,
        ``at_least`` where a figure is a bound or is missing; ``unclear`` where both), ``share_of``
        (what the share is of) and ``rank`` (1 is the largest; missing figures have none).

    Raises
    ------
    ValueError
        When the rows are of several statistics, or contain each other, so that adding them
        up would count something twice; when columns that tell this are missing; when there is no
        world total to take a share of.

    Examples
    --------
    >>> import rare_earths
    >>> rows = rare_earths.load("reserves", as_of_year=2025)
    >>> shares = rare_earths.share(rows, "as_of_year", of="world").set_index("area")
    >>> print(*shares.loc["CHN", ["share_percent", "share_qualifier", "rank"]])
    58.67 at_most 1
    >>> rare_earths.share(rows, "as_of_year")
    Traceback (most recent call last):
    ...
    ValueError: rows of 'reserves' of as_of_year 2025 hold WLD in 'area' beside its members, which would count them twice; ...
    """
    package = package_of(frame, package)
    table = table_of(frame, table, package)
    if table not in STATISTICS:
        raise ValueError(f"rows of {table!r} are not for adding up; shares are of {', '.join(STATISTICS)}")
    if of not in ("listed", "world"):
        raise ValueError(f"no share of {of!r}; expected 'listed' or 'world'")
    groups, rows = [by] if isinstance(by, str) else list(by), to_pandas(frame).reset_index(drop=True)
    statistic = STATISTICS[table]
    figure = figure_of(list(rows), table, value, list(statistic.figures))
    same = same_columns(table, package, figure)
    require_columns(rows, table, [*same, *statistic.holders, *groups])
    require_one_statistic(rows, table, same, groups)
    rows["share_qualifier"] = _bounds(rows, figure, statistic.figures[figure])
    totals = _take_world(rows, statistic.holders, groups) if of == "world" else None
    listed = rows if totals is None else rows.drop(totals.index).reset_index(drop=True)
    require_addable(listed, table, package, groups)
    if totals is None and "single_figures" in set(listed.get("scope", ())):
        raise ValueError(
            "scope is 'single_figures': nothing is said of the rest, so that their sum is of nothing; use of='world'"
        )
    if among is not None:
        listed = _summed(listed, statistic.holders, among, groups, figure)
    result = _shared(listed, groups, figure, totals)
    result.attrs = dict(getattr(rows, "attrs", {}))
    return like(frame, result)


def _bounds(rows: pd.DataFrame, figure: str, qualifier: str) -> pd.Series:
    """For each figure: exact, a bound, or missing."""
    bounds = rows[qualifier].map(BOUNDS).fillna("exact") if qualifier in rows else "exact"
    import pandas as pd

    return pd.Series(bounds, rows.index).where(rows[figure].notna(), "missing")


def _take_world(rows: pd.DataFrame, holders: Sequence[str], by: list[str]) -> pd.DataFrame:
    """The printed world totals, one for each group."""
    is_world = (rows[[name for name in holders if name != "product"]] == WORLD).any(axis=1)
    totals = rows[is_world]
    counted = is_world.groupby([rows[name] for name in by], dropna=False).sum()
    if wrong := [key for key, count in counted.items() if count != 1]:
        key = wrong[0] if isinstance(wrong[0], tuple) else (wrong[0],)
        where = ", ".join(f"{name} {one}" for name, one in zip(by, key, strict=True))
        raise ValueError(f"of='world' needs one printed world total (WLD) in each group; {where} has {counted[wrong[0]]}")
    return totals


def _summed(rows: pd.DataFrame, holders: Sequence[str], among: str, by: list[str], figure: str) -> pd.DataFrame:
    """One row for each group and holder, with the sum of its figures and all its sources."""
    if among not in holders:
        raise ValueError(f"nobody holds a figure in {among!r}; expected one of {', '.join(holders)}")
    grouped = rows.groupby([*by, among], dropna=False, sort=False)
    summed = grouped[figure].sum(min_count=1).reset_index()
    summed["share_qualifier"] = grouped["share_qualifier"].agg(lambda found: _joined(set(found))).to_numpy()
    summed["rows"] = grouped.size().to_numpy()
    if "source_id" in rows:
        summed["source_ids"] = grouped["source_id"].agg(lambda keys: "; ".join(sorted(set(keys)))).to_numpy()
    return summed


def _joined(found: set[str]) -> str:
    """Bound of a sum: a missing part makes it larger."""
    found = {"at_least" if one == "missing" else one for one in found} - {"exact"} if found != {"missing"} else {"missing"}
    return found.pop() if len(found) == 1 else "unclear" if found else "exact"


def _shared(rows: pd.DataFrame, by: list[str], figure: str, totals: pd.DataFrame | None) -> pd.DataFrame:
    parts = []
    for key, group in rows.groupby(by, dropna=False, sort=False):
        group = group.copy()
        own = group["share_qualifier"]
        if totals is None:
            total, of = group[figure].sum(), f"sum of {group[figure].notna().sum()} rows"
            counts = own.value_counts()
            group["share_qualifier"] = [_qualifier(one, {o for o, n in counts.items() if n > (o == one)}) for one in own]
        else:
            (world,) = totals[(totals[by] == list(key)).all(axis=1)].to_dict("records")
            total, of = world[figure], "printed world total"
            group["share_qualifier"] = [_qualifier(one, {world["share_qualifier"]}) for one in own]
        if not total > 0:
            where = ", ".join(f"{name} {value}" for name, value in zip(by, key, strict=True))
            raise ValueError(f"there is nothing to take a share of: the {of} of {where} is {total}")
        group["share_percent"] = (100 * group[figure] / total).round(2)
        group["share_of"] = of
        group["rank"] = group[figure].rank(method="min", ascending=False).astype("Int64")
        parts.append(group)
    import pandas as pd

    result = pd.concat(parts) if parts else rows.assign(share_percent=[], share_of=[], rank=[])
    last = ["share_percent", "share_qualifier", "share_of", "rank"]
    return result[[*(name for name in result if name not in last), *last]].reset_index(drop=True)


def _qualifier(own: str, others: set[str]) -> str | None:
    """Bound of a share: a larger whole makes it smaller, a larger part larger."""
    if own == "missing":
        return None
    found = {own, *(OPPOSITE.get("at_least" if other == "missing" else other, other) for other in others)} - {"exact"}
    return "unclear" if len(found) > 1 or "unclear" in found else found.pop() if found else "exact"
