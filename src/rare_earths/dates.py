"""Dates that are known to the day, the month or the year only (ISO 8601, never padded)."""

from __future__ import annotations

import re
from datetime import date, timedelta

FORM = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")


def precision(text: str) -> str:
    """Precision of a date: ``day``, ``month`` or ``year``.

    Raises
    ------
    ValueError
        When the text is no date of this form, or not in the calendar.

    Examples
    --------
    >>> precision("2011-04")
    'month'
    """
    first_day(text)
    return {4: "year", 7: "month", 10: "day"}[len(text)]


def first_day(text: str) -> date:
    """First day that a date can mean.

    Raises
    ------
    ValueError
        When the text is no date of this form, or not in the calendar.

    Examples
    --------
    >>> first_day("2011-04")
    datetime.date(2011, 4, 1)
    """
    match = FORM.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no date: expected YYYY, YYYY-MM or YYYY-MM-DD")
    try:
        return date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError as error:
        raise ValueError(f"{text!r} is not in the calendar: {error}") from None


def last_day(text: str) -> date:
    """Last day that a date can mean.

    Raises
    ------
    ValueError
        When the text is no date of this form, or not in the calendar.

    Examples
    --------
    >>> last_day("2012-02")
    datetime.date(2012, 2, 29)
    """
    first = first_day(text)
    if len(text) == 10:
        return first
    if len(text) == 4 or first.month == 12:
        return date(first.year, 12, 31)
    return date(first.year, first.month + 1, 1) - timedelta(days=1)
