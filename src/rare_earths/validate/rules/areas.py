"""Rules of the table ``areas``."""

from rare_earths.validate.rule import Rule

RULES = (
    Rule(
        "iso-has-codes",
        "iso_alpha2",
        "an alpha-2 and an M49 code for every country and territory",
        "fill the codes of ISO 3166-1",
        lambda t, _: t.kind.isin(["group", "residual"]) | (t.iso_alpha2.notnull() & t.m49.notnull()),
    ),
)
