"""Rules of the table ``sources``."""

from rare_earths.validate.rule import Rule

#: Publishers who let nobody pass their trade figures on, however they were come by.
RESTRICTED = r"(?i)comtrade|\bWITS\b|international trade centre|\bITC\b|observatory of economic complexity|\bOEC\b"

RULES = (
    Rule(
        "restated-is-marked",
        "restated_by",
        "a name in restated_by where the key says that a restatement was read (…-via-…)",
        "say who restated the document, so that a citation does not claim that the document was read",
        lambda t, _: ~t.source_id.contains("-via-") | t.restated_by.notnull(),
    ),
    Rule(
        "unconfirmed-is-held-back",
        "redistributable",
        "false where the licence is unconfirmed",
        "confirm the licence and name it, or set redistributable to false",
        lambda t, _: (t.licence != "unconfirmed") | ~t.redistributable,
    ),
    Rule(
        "restricted-publisher",
        "publisher",
        "no publisher who lets nobody pass the figures on (UN Comtrade, WITS, ITC, OEC) among redistributable sources",
        "take its rows out; they may be used to check ours, and stay outside the package",
        lambda t, _: ~t.redistributable | ~(t.publisher + " " + t.title).re_search(RESTRICTED),
    ),
)
