"""Rules for values that may be a number, a range or a word."""

from __future__ import annotations

import ibis

from rare_earths.validate.rule import Rule

WITHOUT_FIGURE = ["net_exporter", "not_applicable", "not_available", "withheld", "blank"]


def rules(value: str, printed: str) -> tuple[Rule, ...]:
    """Rules for a value column, its ``…_low`` and ``…_high`` columns and its printed column."""
    low, high = f"{value}_low", f"{value}_high"

    def fits(t, _):
        ranged = t.value_qualifier == "range"
        none = t.value_qualifier.isin(WITHOUT_FIGURE)
        return (
            (t[low].notnull() == ranged)
            & (t[high].notnull() == ranged)
            & (t[value].isnull() == (ranged | none))
            & ((t.value_qualifier != "nil") | (t[value] == 0))
        )

    def shown(t, _):
        first = ibis.ifelse(t.value_qualifier == "range", t[low], t[value])
        number = t[printed].re_replace("–.*$", "").re_replace("[<>,]", "").try_cast("float64")
        return first.isnull() | (t.value_qualifier == "nil") | ((first - number).abs() < 0.0001)

    return (
        Rule(
            f"{value}-or-reason",
            value,
            "a number, two ends of a range, or none, as value_qualifier says",
            "correct the value or value_qualifier; the printed text is what the source shows",
            fits,
        ),
        Rule(
            f"{value}-in-order",
            low,
            f"{low} not above {high}, and {value} between them where all are given",
            "correct the ends of the range from the printed text",
            lambda t, _: (t[low] <= t[high]) & ((t[value] >= t[low]) & (t[value] <= t[high])).fill_null(True),
        ),
        Rule(
            f"{value}-as-printed",
            value,
            f"the number that {printed} shows",
            "correct the value; the printed text is what the source shows",
            shown,
        ),
    )
