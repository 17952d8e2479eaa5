"""The table ``claim_checks``: each claim against the tables of this package, by a rule."""

from scripts.derive import claims_by_vintage, claims_on_policy, claims_on_trade
from scripts.derive.verdicts import Finding, Row, no_figure

RULE = "no-table-1"
#: Why no table can answer a claim, by its topic.
NO_TABLE = {
    "use": "This package has no table of the uses of rare earths.",
    "refining": "This package has no table of refining or of its capacity.",
    "price": "The prices of this package are yearly averages of single materials.",
    "environment": "This package has no table of the environment.",
    "technology": "This package has no table of patents.",
}


def check(claim: Row, tables: dict[str, list[Row]]) -> Finding:
    """Check one claim by the rule that its indicator and topic call for.

    Raises
    ------
    KeyError
        When no rule is there for the claim.
    """
    if claim["indicator"] in claims_by_vintage.KINDS:
        return claims_by_vintage.check(claim, tables)
    if claim["indicator"] in claims_on_policy.fits():
        return claims_on_policy.check(claim, tables)
    if claim["topic"] == "trade":
        return claims_on_trade.check(claim, tables)
    return no_figure(RULE, NO_TABLE[claim["topic"]])


def rows(tables: dict[str, list[Row]]) -> list[Row]:
    """Rows of ``claim_checks``."""
    return [check(claim, tables).row(claim) for claim in map(_with_texts, tables["claims"])]


def _with_texts(claim: Row) -> Row:
    """The claim with empty texts for missing ones."""
    return claim | {name: claim[name] or "" for name in ("period", "product_as_stated", "partner", "note", "unit")}
