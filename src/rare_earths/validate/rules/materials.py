"""Rules of the table ``materials``."""

from rare_earths.validate.rule import Rule

RULES = (
    Rule(
        "purity-is-told",
        "purity_is_minimum",
        "whether the purity is a minimum, exactly where a purity is stated",
        "fill both or neither",
        lambda t, _: t.purity_percent.notnull() == t.purity_is_minimum.notnull(),
    ),
)
