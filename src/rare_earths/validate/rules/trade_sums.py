"""Rules on figures of trade that should add up."""

import ibis

from rare_earths.validate.rule import Rule
from rare_earths.validate.rules.keys import key, keys

#: What two rows must share to be parts of one sum.
SAME = ["reporter", "partner", "product", "flow", "weight_basis"]
MONTHS = 12
FIGURE = [*SAME, "freq", "period", "net_weight_kg"]


def annual_is_sum_of_months(tolerance: float) -> Rule:
    """Notice where the twelve months of a year do not add up to the figure of the year.

    Months may come from several sources; a year counts as complete when each of its months
    stands exactly once. Cumulative figures contain their months and are left out.

    Parameters
    ----------
    tolerance
        Share of the annual figure that rounding may explain.
    """

    def beyond(_, lookup):
        weighed = lookup("trade_flows").filter(ibis._.net_weight_kg.notnull()).mutate(_year=ibis._.period.left(4))
        months = weighed.filter(ibis._.freq == "M", ibis._.period.length() == 7).group_by(*SAME, "_year")
        sums = months.aggregate(_total=ibis._.net_weight_kg.sum(), _count=ibis._.count(), _distinct=ibis._.period.nunique())
        complete = sums.filter(ibis._["_count"] == MONTHS, ibis._["_distinct"] == MONTHS)
        annual = weighed.filter(ibis._.freq == "A", ibis._.period.length() == 4)
        gap = (ibis._["_total"] - ibis._.net_weight_kg).abs()
        return annual.join(complete, [*SAME, "_year"]).filter(gap > tolerance * ibis._.net_weight_kg)[FIGURE]

    def holds(t, lookup):
        return key(t, FIGURE).notin(keys(beyond(t, lookup), FIGURE))

    return Rule(
        "annual-sum",
        "net_weight_kg",
        f"the sum of its twelve months, within {tolerance:.1%}",
        "nothing: statistics are revised after they appear; both are kept as printed",
        holds,
        "notice",
        counterexamples=beyond,
    )
