"""Rules of the table ``quotas_yearly``."""

import ibis

from rare_earths.validate.rule import Rule
from rare_earths.validate.rules.keys import key, keys

FIGURES = ["area", "year", "quota_type", "source_id", "quantity_t_reo", "quantity_t"]


def _is_reported(t, lookup):
    totals = lookup("quotas").filter(ibis._.rare_earth_class == "total", ibis._.cumulative_year_to_date)
    return key(t, FIGURES).isin(keys(totals, FIGURES))


RULES = (
    Rule(
        "chosen-is-reported",
        "source_id",
        "a total for the whole year that quotas has from this source",
        "make the table again with `make data`; it is never edited by hand",
        _is_reported,
    ),
    Rule(
        "within-candidates",
        "lowest_t",
        "a figure between the lowest and the highest candidate",
        "make the table again with `make data`; it is never edited by hand",
        lambda t, _: ibis.coalesce(t.quantity_t_reo, t.quantity_t).between(t.lowest_t, t.highest_t),
    ),
    Rule(
        "batches-add-up",
        "gap_t",
        "batches that add up to the total of the year",
        "nothing: all are kept as printed; the gap is shown",
        lambda t, _: t.gap_t.isnull() | (t.gap_t == 0),
        "notice",
    ),
)
