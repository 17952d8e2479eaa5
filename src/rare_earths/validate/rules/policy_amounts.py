"""Rules of the table ``policy_amounts``; that each has a currency and a kind stands in its schema."""

from rare_earths.validate.rule import Rule

RULES = (
    Rule(
        "rates-have-units",
        "per_unit",
        "a unit for a rate or a price floor, and none for a sum",
        "say what the rate is for, or take the unit away",
        lambda t, _: t.per_unit.notnull() == t.kind.isin(["rate", "price_floor"]),
    ),
)
