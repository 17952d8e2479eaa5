"""Rules of the table ``claim_checks``."""

from rare_earths.validate.rule import Rule

MEND = "make the table again with `make data`; it is never edited by hand"

RULES = (
    Rule(
        "outdated-names-vintage",
        "true_in_source_id",
        "the vintage that agrees, for an outdated claim and for no other",
        MEND,
        lambda t, _: t.true_in_source_id.notnull() == (t.verdict == "outdated"),
    ),
    Rule(
        "verdict-has-rows",
        "rows_used",
        "the rows behind a claim that is supported, contradicted or outdated",
        MEND,
        lambda t, _: t.verdict.isin(["no_official_figure", "depends_on_definition"]) | t.rows_used.notnull(),
    ),
    Rule(
        "figure-has-source",
        "official_value",
        "a source and a qualifier for every figure, and no figure where the verdict says that there is none",
        MEND,
        lambda t, _: (
            t.official_value.isnull()
            | (t.source_id.notnull() & t.official_qualifier.notnull() & (t.verdict != "no_official_figure"))
        ),
    ),
)
