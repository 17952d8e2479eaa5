"""Rules for columns that hold a figure beside the text that was printed."""

from __future__ import annotations

import ibis

from rare_earths.validate.rule import Rule
from rare_earths.validate.rules.keys import key, keys

WITHOUT_FIGURE = ["not_available", "withheld", "blank"]


def rules(figure: str, printed: str) -> tuple[Rule, ...]:
    """Rules for a figure column and its printed column."""
    return (
        Rule(
            "figure-or-reason",
            figure,
            "a figure exactly where the qualifier says that one was printed",
            "set the qualifier to not_available, withheld or blank, or enter the figure",
            lambda t, _: t[figure].isnull() == t.qualifier.isin(WITHOUT_FIGURE),
        ),
        Rule(
            "nil-is-zero",
            figure,
            "0 for the qualifier nil, and more than 0 for every other figure",
            "correct the figure or the qualifier",
            lambda t, _: t[figure].isnull() | ((t[figure] == 0) == (t.qualifier == "nil")),
        ),
        Rule(
            "blank-cell",
            printed,
            "printed text unless the qualifier is blank",
            "copy the cell from the source as printed, or set the qualifier to blank",
            lambda t, _: t[printed].notnull() | (t.qualifier == "blank"),
        ),
        Rule(
            "figure-as-printed",
            figure,
            f"the number that {printed} shows",
            "correct the figure; the printed text is what the source shows",
            lambda t, _: t[figure].isnull() | (t.qualifier == "nil") | ((t[figure] - _number(t[printed])).abs() < 0.001),
        ),
    )


def _number(text):
    digits = text.re_replace("[<>, ]|million", "").try_cast("float64")
    return digits * ibis.ifelse(text.contains("million"), 1_000_000, 1)


def world_total(figure: str, same: list[str], tolerance: float, listed: int) -> Rule:
    """Notice where the areas that a source lists do not add up to the world total that it prints.

    Parameters
    ----------
    figure
        Column of the figure.
    same
        Columns that make up one printed column of one source.
    tolerance
        Share of the printed total that rounding may explain.
    listed
        Number of areas with a figure from which a list counts as complete.
    """

    def holds(t, _):
        window = ibis.window(group_by=same)
        area = t.area != "WLD"
        total = t[figure].sum(where=area).over(window)
        count = t[figure].count(where=area & (t[figure] > 0)).over(window)
        return (t.area != "WLD") | t[figure].isnull() | (count < listed) | ((total - t[figure]).abs() <= tolerance * t[figure])

    return Rule(
        "world-total",
        figure,
        f"the sum of the areas listed, within {tolerance:.0%}",
        "nothing: both are kept as printed; the page World totals explains the gap",
        holds,
        "notice",
    )


def chosen(reported: str, figure: str, same: list[str]) -> tuple[Rule, ...]:
    """Rules for a table of chosen figures.

    Parameters
    ----------
    reported
        Table of the candidates.
    figure
        Column of the figure in both tables.
    same
        Columns of the key in both tables.
    """

    def is_reported(t, lookup):
        named = [*same, "source_id", figure]
        return key(t, named).isin(keys(lookup(reported), named))

    def within_world(t, _):
        window = ibis.window(group_by=[name for name in same if name != "area"])
        exact = (t.area == "WLD") & ~t.qualifier.isin(["greater_than", "less_than"])
        return t[figure] <= t[figure].max(where=exact).over(window)

    return (
        Rule(
            "chosen-is-reported",
            figure,
            f"a figure that {reported} has for this key from this source",
            "make the table again with `make data`; it is never edited by hand",
            is_reported,
        ),
        Rule(
            "within-candidates",
            figure,
            "a figure between the lowest and the highest candidate",
            "make the table again with `make data`; it is never edited by hand",
            lambda t, _: (t[figure] >= t.lowest_t_reo) & (t[figure] <= t.highest_t_reo),
        ),
        Rule(
            "within-world",
            figure,
            "no area above the world total chosen for the same key",
            "look at the vintages with explain(): area and world come from different editions",
            within_world,
            "notice",
        ),
    )
