"""Rules of the table ``policy_citations``."""

from rare_earths.validate.rule import Rule

RULES = (
    Rule(
        "tracker-is-rechecked",
        "recheck",
        "true for a copy of a tracker's export, and for nothing else",
        "set recheck, or say what was seen",
        lambda t, _: t.recheck == (t.seen_as == "tracker_copy"),
    ),
    Rule(
        "grade-fits-copy",
        "grade",
        "A only where the official document itself was seen",
        "set the grade to B for a copy or a tracker's record, to C for an abstract, the press or a digest",
        lambda t, _: (t.grade == "A") == (t.seen_as == "official"),
    ),
)
