"""Rules of the table ``revisions``."""

from rare_earths.validate.rule import Rule

RULES = (
    Rule(
        "change-adds-up",
        "change_t_reo",
        "to_t_reo less from_t_reo",
        "make the table again with `make data`; it is never edited by hand",
        lambda t, _: t.change_t_reo == t.to_t_reo - t.from_t_reo,
    ),
    Rule(
        "two-vintages",
        "to_source_id",
        "another source than from_source_id",
        "make the table again with `make data`; it is never edited by hand",
        lambda t, _: t.from_source_id != t.to_source_id,
    ),
)
