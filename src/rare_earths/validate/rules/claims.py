"""Rules of the table ``claims``."""

from rare_earths.validate.rule import Rule
from rare_earths.validate.rules.keys import among

RULES = (
    Rule(
        "is-checked",
        "claim_id",
        "a verdict in claim_checks for every claim",
        "make claim_checks again with `make data`",
        lambda t, lookup: among(t.claim_id, lookup("claim_checks"), "claim_id"),
    ),
    Rule(
        "value-has-unit",
        "unit",
        "a unit for a value, and none without one",
        "fill the unit of the value",
        lambda t, _: t.value.notnull() == t.unit.notnull(),
    ),
)
