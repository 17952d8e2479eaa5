"""Periods of trade figures and the frequency they belong to.

A period is a year (``2024``), a month (``2025-03``) or an interval of whole months
(``2025-01/2025-09``), all as ISO 8601 writes them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

PERIOD = re.compile(r"^(\d{4})(?:-(\d{2})(?:/(\d{4})-(\d{2}))?)?$")
MONTHS = 12


class Period(NamedTuple):
    """First and last month, counted from January of year 0, and how the text was written."""

    first: int
    last: int
    interval: bool

    @property
    def months(self) -> int:
        """Number of months."""
        return self.last - self.first + 1

    @property
    def year(self) -> int:
        """Calendar year of the last month."""
        return self.last // MONTHS


def parse(period: str) -> Period:
    """Read a period.

    Raises
    ------
    ValueError
        When the text is no period, has a month that does not exist, or ends before it begins.

    Examples
    --------
    >>> parse("2025-01/2025-09").months
    9
    """
    match = PERIOD.match(period)
    if not match:
        raise ValueError(f"{period!r} is no period: expected YYYY, YYYY-MM or YYYY-MM/YYYY-MM")
    year, month, last_year, last_month = (int(part) if part else None for part in match.groups())
    if month is None:
        return Period(year * MONTHS, year * MONTHS + MONTHS - 1, False)
    first = _month(period, year, month)
    if last_year is None:
        return Period(first, first, False)
    last = _month(period, last_year, last_month)
    if last <= first:
        raise ValueError(f"{period!r} ends before it begins, or is one month: write that month alone")
    return Period(first, last, True)


def _month(period: str, year: int, month: int) -> int:
    if not 1 <= month <= MONTHS:
        raise ValueError(f"{period!r} has month {month:02}")
    return year * MONTHS + month - 1


def frequency(period: str, quarter: bool = False) -> str:
    """Frequency that a period has: ``A``, ``M``, ``YTD``, or ``Q`` where the source says that it is a quarter.

    Raises
    ------
    ValueError
        When the text is no period, or is called a quarter and is none.
    """
    found = parse(period)
    if quarter:
        if found.months != 3 or found.first % 3:
            raise ValueError(f"{period!r} is no quarter of a calendar year")
        return "Q"
    if found.months == MONTHS:
        return "A"
    return "YTD" if found.interval else "M"


def interval(first: str, last: str) -> str:
    """Period from the first month to the last (``YYYY-MM`` each)."""
    parse(f"{first}/{last}")
    return f"{first}/{last}"


def written(period: Period) -> str:
    """Text of a period; twelve months from January are written as their year.

    Examples
    --------
    >>> written(parse("2025-01/2025-12"))
    '2025'
    """
    first, last = (f"{month // MONTHS:04}-{month % MONTHS + 1:02}" for month in (period.first, period.last))
    if period.months == MONTHS and period.first % MONTHS == 0:
        return first[:4]
    return first if period.months == 1 else interval(first, last)
