"""Rules of the table ``concentration``."""

from rare_earths.validate.rule import Rule
from rare_earths.validate.rules.keys import among

ANEW = "make the table again with `make data`; it is never edited by hand"


def _within_bounds(t, _):
    """The index lies between the square of the largest share and what equal largest holders would give."""
    share = t.largest_share
    return (t.hhi >= share * share - 1.5) & (t.hhi <= share * 100 + 1.5)


def _single_area(t, lookup):
    areas = lookup("areas")
    return among(t.largest_holder, areas.filter(areas.kind.isin(["country", "territory"])), "area")


RULES = (
    Rule(
        "index-of-shares", "hhi", "at least the square of the largest share, at most 100 times that share", ANEW, _within_bounds
    ),
    Rule("holder-is-one-area", "largest_holder", "a country or territory, no group or residual", ANEW, _single_area),
    Rule(
        "alone-holds-all",
        "holders",
        "several holders, unless one holds everything",
        ANEW,
        lambda t, _: (t.holders > 1) | (t.largest_share == 100),
    ),
    Rule(
        "largest-is-cited",
        "largest_source_id",
        "a source that source_ids names",
        ANEW,
        lambda t, _: t.source_ids.contains(t.largest_source_id),
    ),
)
