"""Money, split by what it is, so that nobody adds unlike amounts."""

import tomllib
from functools import cache
from pathlib import Path

from scripts.ingest.policy.evidence import Evidence
from scripts.ingest.rows import Row

KINDS = Path(__file__).with_suffix(".toml")
#: The amount as a whole; other items are named.
WHOLE = "total"


@cache
def _table() -> dict:
    return tomllib.loads(KINDS.read_text(encoding="utf-8"))


def _kinds() -> dict[str, str]:
    return {action: kind for kind, actions in _table()["kind"].items() for action in actions}


def amount_rows(actions: list[Evidence], rows: list[Row]) -> list[Row]:
    """Rows of ``policy_amounts``: the amount of each action, then the further ones that its note names.

    Raises
    ------
    ValueError
        When an action has an amount and no kind, or a kind and no amount.
    """
    kinds, cited = _kinds(), {row["action_id"]: row for row in rows}
    result = []
    for action in actions:
        name = action["action_id"]
        if bool(action["amount"]) != (name in kinds):
            raise ValueError(f"{name}: amount {action['amount']!r}, kind {kinds.get(name)!r}; say in {KINDS.name} what it is")
        if not action["amount"]:
            continue
        main = _table()["main"].get(name, {})
        result.append(
            _row(cited[name], kinds[name], main.get("item", WHOLE), float(action["amount"]), action["currency"])
            | {"per_unit": main.get("per_unit", ""), "note": action["amount_note"]}
        )
        for more in _table()["more"].get(name, []):
            result.append(
                _row(cited[name], more["kind"], more["item"], float(more["amount"]), more["currency"])
                | {"per_unit": more.get("per_unit", ""), "note": more.get("note", "")}
            )
    return result


def _row(action: Row, kind: str, item: str, amount: float, currency: str) -> Row:
    evidence = {name: action[name] for name in ("action_id", "source_id", "locator", "grade")}
    return {**evidence, "kind": kind, "item": item, "amount": amount, "currency": currency}
