"""Rules of the table ``policy_actions``."""

from __future__ import annotations

from rare_earths.validate.rule import Rule
from rare_earths.validate.rules.dated import before, precision
from rare_earths.validate.rules.keys import among, key, keys

DATES = ("announced_on", "effective_on", "ended_on", "suspended_from", "suspended_until", "status_as_of")
ELEMENTS = 17
OFFICIAL = ["official", "official_copy", "official_abstract"]


def _targets_known(t, lookup):
    actions, areas = lookup("policy_actions"), lookup("areas")
    single = actions.select("action_id", target=actions.targets.split("; ").unnest())
    unknown = single.filter(single.target.notin(areas.drop_null("area").area))
    targets = t.targets.split("; ")
    return t.action_id.notin(unknown.action_id) & (targets.unique().length() == targets.length())


def _elements_fit(t, _):
    count = t.elements.isnull().ifelse(0, t.elements.split("; ").unique().length())
    return (
        ((t.elements_scope == "none") & (count == 0))
        | ((t.elements_scope == "listed") & (count > 0))
        | ((t.elements_scope == "all") & (count == ELEMENTS))
    )


def _officially_seen(t, lookup):
    citations = lookup("policy_citations")
    seen = citations.filter(citations.seen_as.isin(OFFICIAL))
    return (t.confidence != "official") | among(t.action_id, seen, "action_id")


def _best_is_cited(t, lookup):
    names = ["action_id", "source_id"]
    return key(t, names).isin(keys(lookup("policy_citations"), names))


RULES = (
    *(precision(column) for column in DATES),
    Rule(
        "effective-after-announcement",
        "effective_on",
        "a day not before the announcement at the precision that both have, or the mark retroactive",
        "correct the dates from the sources; if they say so, set retroactive and say why in the note",
        lambda t, _: before(t.effective_on, t.announced_on).fill_null(False) == t.retroactive,
    ),
    Rule(
        "ends-after-start",
        "ended_on",
        "a day not before effective_on",
        "correct the dates from the sources",
        lambda t, _: ~before(t.ended_on, t.effective_on),
    ),
    Rule(
        "suspended-has-suspension",
        "suspended_from",
        "the first day of the suspension of an action that is suspended",
        "fill suspended_from from the source of the suspension",
        lambda t, _: (t.action_status != "suspended") | t.suspended_from.notnull(),
    ),
    Rule(
        "suspension-in-order",
        "suspended_until",
        "a first day, and a last day not before it",
        "correct the dates from the source of the suspension",
        lambda t, _: t.suspended_until.isnull() | (t.suspended_from.notnull() & ~before(t.suspended_until, t.suspended_from)),
    ),
    Rule(
        "elements-fit-scope",
        "elements",
        "all 17 for the scope all, some for listed, nothing for none",
        "list the elements that the measure names, or correct the scope",
        _elements_fit,
    ),
    Rule("targets-known", "targets", "areas of the table areas, each once", "use the code of the area", _targets_known),
    Rule(
        "official-is-seen",
        "confidence",
        "official only where an official document, a copy or an abstract of one is cited",
        "cite the official document in policy_citations, or set the confidence to secondary",
        _officially_seen,
    ),
    Rule(
        "best-is-cited",
        "source_id",
        "a source that policy_citations has for this action",
        "add the citation to policy_citations",
        _best_is_cited,
    ),
)
