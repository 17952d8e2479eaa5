"""Rules for dates that are known to the day, the month or the year only."""

from __future__ import annotations

import ibis

from rare_earths.validate.rule import Rule


def before(a, b):
    """Whether one date is before another for certain: compared at the precision that both have."""
    shared = ibis.least(a.length(), b.length())
    return a.left(shared) < b.left(shared)


def precision(column: str) -> Rule:
    """The precision column says how long the date is, and a day exists in the calendar."""

    def holds(t, _):
        date, kind = t[column], t[f"{column}_precision"]
        length = kind.cases(("year", 4), ("month", 7), ("day", 10))
        exists = (date.length() != 10) | date.try_cast("date").notnull()
        return (date.isnull() & kind.isnull()) | (date.notnull() & kind.notnull() & (date.length() == length) & exists)

    return Rule(
        f"precision-of-{column.replace('_', '-')}",
        column,
        "a date that exists, as long as its precision says; neither without the other",
        "write the date as its source gives it, and set the precision to day, month or year",
        holds,
    )
