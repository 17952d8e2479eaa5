"""Rules of the table ``quotas``."""

from rare_earths.validate.rule import Rule

RULES = (
    Rule(
        "one-figure-or-reason",
        "quantity_t_reo",
        "a figure in t REO or in t, not both, and none exactly where it was withheld or is not available",
        "enter the figure in the column of its unit, or set the qualifier",
        lambda t, _: (
            ~(t.quantity_t_reo.notnull() & t.quantity_t.notnull())
            & ((t.quantity_t_reo.isnull() & t.quantity_t.isnull()) == t.qualifier.isin(["withheld", "not_available", "blank"]))
        ),
    ),
    Rule(
        "year-is-cumulative",
        "cumulative_year_to_date",
        "true for a whole year and for batches 1-2 together, false for a single batch",
        "set the mark: rows that hold the year so far are never added to its batches",
        lambda t, _: t.cumulative_year_to_date == t.batch.isin(["year", "1-2"]),
    ),
    Rule(
        "announced-in-time",
        "announced_on",
        "an announcement not after the year that the quota is for",
        "leave it empty where the source looks back, and say so in the note",
        lambda t, _: t.announced_on.isnull() | (t.announced_on.left(4).try_cast("int64") <= t.year),
    ),
)
