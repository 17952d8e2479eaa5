"""Rules of the table ``sources``."""

from rare_earths.validate.rule import Rule

RULES = (
    Rule(
        "restated-is-marked",
        "restated_by",
        "a name in restated_by where the key says that a restatement was read (…-via-…)",
        "say who restated the document, so that a citation does not claim that the document was read",
        lambda t, _: ~t.source_id.contains("-via-") | t.restated_by.notnull(),
    ),
    Rule(
        "date-exists",
        "published_on",
        "a day that exists in the calendar",
        "correct the date from the source",
        lambda t, _: (t.published_on.length() < 10) | t.published_on.try_cast("date").notnull(),
    ),
)
