"""Rules on figures of trade that should add up."""

import ibis

from rare_earths.validate.rule import Rule

#: What two rows must share to be parts of one sum.
SAME = ["reporter", "partner", "product", "flow", "weight_basis"]
MONTHS = 12


def annual_is_sum_of_months(tolerance: float) -> Rule:
    """Notice where the twelve months of a year do not add up to the figure of the year.

    Months may come from several sources; a year counts as complete when each of its months
    stands exactly once. Cumulative figures contain their months and are left out.

    Parameters
    ----------
    tolerance
        Share of the annual figure that rounding may explain.
    """

    def holds(t, _):
        window = ibis.window(group_by=[*(t[name] for name in SAME), t.period.substr(0, 4)])
        month = (t.freq == "M") & (t.period.length() == 7) & t.net_weight_kg.notnull()
        total = t.net_weight_kg.sum(where=month).over(window)
        count = month.sum().over(window)
        distinct = t.period.nunique(where=month).over(window)
        annual = (t.freq == "A") & (t.period.length() == 4) & t.net_weight_kg.notnull()
        complete = (count == MONTHS) & (distinct == MONTHS)
        return ~annual | ~complete | ((total - t.net_weight_kg).abs() <= tolerance * t.net_weight_kg)

    return Rule(
        "annual-sum",
        "net_weight_kg",
        f"the sum of its twelve months, within {tolerance:.1%}",
        "nothing: statistics are revised after they appear; both are kept as printed",
        holds,
        "notice",
    )
