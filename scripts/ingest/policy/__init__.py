"""Policy actions, as our own research recorded them from official pages, trackers and the press.

The module reads two files of evidence: one row per action, one row per source. It stops at
everything that it does not know: a source, a relation, a locator, an amount without a kind.
"""

from scripts.ingest.policy.actions import action_rows
from scripts.ingest.policy.amounts import amount_rows
from scripts.ingest.policy.citations import citation_rows
from scripts.ingest.policy.compared import comparison as compare_rows
from scripts.ingest.policy.evidence import actions
from scripts.ingest.policy.relations import relation_rows
from scripts.ingest.policy.source_rows import source_rows
from scripts.ingest.policy.types import type_rows
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, Row


def sources(raw: Raw) -> list[Row]:
    """Rows of ``sources`` for every source that an action cites and no other module gives."""
    return source_rows(raw)


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Rows of the five policy tables."""
    found = actions(raw)
    citations = citation_rows(raw, found)
    rows_of_actions = action_rows(raw, found, citations)
    return {
        "policy_types": type_rows(found),
        "policy_actions": rows_of_actions,
        "policy_citations": citations,
        "policy_amounts": amount_rows(found, rows_of_actions),
        "policy_relations": relation_rows(found),
    }


def comparison(raw: Raw) -> Comparison:
    """Rows of actions and sources against the evidence."""
    return compare_rows(raw, rows(raw)["policy_actions"], sources(raw))
