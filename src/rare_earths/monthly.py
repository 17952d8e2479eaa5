"""Cumulative and fiscal periods turned into months, where a source gives both ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from rare_earths.additive import STATISTICS, require_columns, same_columns
from rare_earths.frames import like, metadata_of, package_of, to_pandas
from rare_earths.package import Package
from rare_earths.periods import Period, parse, written

TABLE = "trade_flows"


class Part(NamedTuple):
    """A figure of a run of months: printed, or the difference of two others."""

    first: int
    last: int
    figure: float
    row: int
    made_from: tuple[str, ...]


def months(frame: Any, /, *, value: str = "net_weight_kg", package: Package | None = None) -> Any:
    """Monthly figures of flows, those that follow from cumulative ones included.

    A cumulative period less one that begins or ends with it leaves the months between, if both
    are of the same source and statistic: January to August less August is January to July; a year
    less January to November is December. Nothing else is turned into months, and nothing is
    spread evenly.

    Parameters
    ----------
    frame
        Rows of ``trade_flows``, in any engine.
    value
        Column of the figure: ``net_weight_kg``, ``quantity_t_reo``, ``quantity_pieces`` or ``value``.
    package
        The package that they are from; default: as the frame says, else the one installed.

    Returns
    -------
    frame
        In the engine of ``frame``: one row for each month and statistic, in the order of time within it; the
        columns of the statistic, ``period``, the figure, and ``derived_from``: empty where the month itself
        was printed, else the periods whose difference it is. Rounded figures leave a difference as
        uncertain as their rounding.

    Raises
    ------
    ValueError
        When the rows are of another table, no month follows from them, or a difference is negative, so that one of the figures was
        revised before the other was printed.

    Examples
    --------
    >>> import rare_earths
    >>> rows = rare_earths.load("trade_flows", source_id="gacc-via-udn.com-cbf25f")
    >>> rare_earths.months(rows)[["period", "net_weight_kg", "derived_from"]].values.tolist()
    [['2025-11', 5493900.0, nan], ['2025-12', 4392100.0, '2025 less 2025-01/2025-11']]
    """
    package, said = package_of(frame, package), metadata_of(frame).get("table", TABLE)
    if said != TABLE:
        raise ValueError(f"these are rows of {said!r}; expected rows of {TABLE!r}, whose periods may be cumulative")
    rows = to_pandas(frame)
    statistic = STATISTICS[TABLE]
    if value not in statistic.figures:
        raise ValueError(f"{value!r} is no figure of {TABLE!r}; expected one of {', '.join(statistic.figures)}")
    same = [*statistic.holders, *(name for name in same_columns(TABLE, package, value) if name not in ("period", "freq"))]
    require_columns(rows, TABLE, [*same, "period", value])
    found = []
    for key, group in rows.dropna(subset=value).groupby(same, dropna=False, sort=False):
        printed = [
            Part(*parse(period)[:2], figure, place, ())
            for place, (period, figure) in enumerate(zip(group["period"], group[value], strict=True))
        ]
        shared = dict(zip(same, key, strict=True))
        found += [shared | row for row in _monthly(printed, value, shared["source_id"])]
    if not found:
        periods = ", ".join(sorted(set(rows["period"]))[:4]) or "none"
        raise ValueError(
            f"no month follows from the periods of these rows ({periods}): that takes a printed month, or two figures of the "
            "same source and statistic that begin or end together and differ by one month"
        )
    import pandas as pd

    result = pd.DataFrame(found)[[*same, "period", value, "derived_from"]].astype({"derived_from": "str"})
    result.attrs = {name: rows.attrs[name] for name in ("table", "version", "units") if name in rows.attrs}
    return like(frame, result)


def _monthly(printed: list[Part], value: str, source: str) -> Iterable[dict[str, Any]]:
    known = {(part.first, part.last): part for part in printed}
    fresh = list(known.values())
    while fresh:
        made = [part for new in fresh for old in list(known.values()) if (part := _difference(new, old, source))]
        fresh = [part for part in made if (part.first, part.last) not in known]
        known |= {(part.first, part.last): part for part in reversed(fresh)}
    for part in sorted(known.values()):
        if part.first == part.last:
            less = " less ".join(part.made_from) or None
            yield {"period": written(Period(part.first, part.last, False)), value: part.figure, "derived_from": less}


def _difference(one: Part, other: Part, source: str) -> Part | None:
    """What the longer of two periods has more than the shorter, where they begin or end together."""
    long, short = (one, other) if one.last - one.first > other.last - other.first else (other, one)
    if (long.first == short.first) == (long.last == short.last):
        return None
    first, last = (short.last + 1, long.last) if long.first == short.first else (long.first, short.first - 1)
    figure = long.figure - short.figure
    names = tuple(name for part in (long, short) for name in (part.made_from or (_name(part),)))
    if figure < 0:
        raise ValueError(
            f"{' less '.join(names)} of {source} is negative ({figure:,.0f}): one of the figures was revised before the other was "
            "printed, so that no month follows; leave one of them out"
        )
    return Part(first, last, figure, long.row, names)


def _name(part: Part) -> str:
    return written(Period(part.first, part.last, part.last > part.first))
