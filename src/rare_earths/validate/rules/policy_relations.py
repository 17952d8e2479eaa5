"""Rules of the table ``policy_relations``."""

from __future__ import annotations

from rare_earths.validate.rule import Rule
from rare_earths.validate.rules.keys import among


def circular(edges: list[tuple[str, str]]) -> set[str]:
    """Names that lead back to themselves.

    Examples
    --------
    >>> sorted(circular([("a", "b"), ("b", "a"), ("c", "a")]))
    ['a', 'b']
    """
    ahead: dict[str, set[str]] = {}
    for start, end in edges:
        ahead.setdefault(start, set()).add(end)

    def leads_back(name: str) -> bool:
        seen, waiting = set(), list(ahead[name])
        while waiting:
            step = waiting.pop()
            if step == name:
                return True
            if step not in seen:
                seen.add(step)
                waiting += ahead.get(step, ())
        return False

    return {name for name in ahead if leads_back(name)}


def _no_cycle(t, lookup):
    # No engine of ibis can recurse, and these are few rows: they are walked here.
    table = lookup("policy_relations")
    few = table.filter(table.relation == "supersedes")[["action_id", "target_action_id"]].to_pyarrow().to_pylist()
    names = circular([tuple(row.values()) for row in few])
    return (t.relation != "supersedes") | ~t.action_id.isin(sorted(names) or ["(none)"])


def _suspension_shows(t, lookup):
    actions = lookup("policy_actions")
    return (t.relation != "suspends") | among(t.target_action_id, actions.filter(actions.suspended_from.notnull()), "action_id")


RULES = (
    Rule(
        "two-actions",
        "target_action_id",
        "another action than action_id",
        "correct one of the two",
        lambda t, _: t.action_id != t.target_action_id,
    ),
    Rule(
        "supersedes-no-cycle",
        "action_id",
        "an action that does not supersede itself by way of others",
        "take out the relation that points back in time",
        _no_cycle,
    ),
    Rule(
        "suspension-shows",
        "target_action_id",
        "a suspended action that shows its suspension",
        "fill suspended_from of that action",
        _suspension_shows,
    ),
)
