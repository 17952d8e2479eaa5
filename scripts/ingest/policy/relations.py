"""Relations between actions: typed where titles or summaries say how, else only related."""

import tomllib
from functools import cache
from pathlib import Path

from scripts.ingest.policy.evidence import Evidence, listed
from scripts.ingest.rows import Row

TYPED = Path(__file__).with_suffix(".toml")


@cache
def _typed() -> dict[tuple[str, str], str]:
    table = tomllib.loads(TYPED.read_text(encoding="utf-8"))
    return {tuple(pair): relation for relation, pairs in table.items() for pair in pairs}


def relation_rows(actions: list[Evidence]) -> list[Row]:
    """Rows of ``policy_relations``, one for each pair of actions and relation.

    Raises
    ------
    ValueError
        When a relation names an action that does not exist, or a typed pair is not related in the evidence.
    """
    known = {action["action_id"]: number for number, action in enumerate(actions)}
    supersedes, related = set(), set()
    for action in actions:
        name = action["action_id"]
        supersedes |= {(name, target) for target in listed(action["supersedes"])}
        related |= {frozenset((name, target)) for target in listed(action["related_actions"])}
    named = {name for pair in related | supersedes for name in pair}
    if missing := named - set(known):
        raise ValueError(f"relations name actions that do not exist: {sorted(missing)}")
    if stray := [pair for pair in _typed() if frozenset(pair) not in related]:
        raise ValueError(f"{TYPED.name}: the evidence does not relate {stray}")
    found = {pair: "supersedes" for pair in supersedes} | _typed()
    spoken_for = {frozenset(pair) for pair in found}
    for pair in related - spoken_for:
        later, earlier = sorted(pair, key=known.__getitem__, reverse=True)
        found[later, earlier] = "related_to"
    rows = [{"action_id": a, "relation": relation, "target_action_id": b} for (a, b), relation in found.items()]
    return [row | {"basis": _basis(row["relation"])} for row in rows]


def _basis(relation: str) -> str:
    return {"supersedes": "recorded", "related_to": "recorded_without_type"}.get(relation, "title_or_summary")
