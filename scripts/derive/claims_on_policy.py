"""Claims on policy, tested against actions and their amounts.

An action counts when its jurisdiction, type and period fit, when it is more than reported
(``reported_unconfirmed``), and when something else than the claim's own document stands
behind it.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from scripts.derive.verdicts import Finding, Row, agrees, no_figure, reference

RULE = "policy-actions-1"
FITS = Path(__file__).with_suffix(".toml")


@cache
def fits() -> dict[str, dict]:
    """For each indicator the actions that can bear it out: types, words, direction, and how the period counts."""
    return tomllib.loads(FITS.read_text(encoding="utf-8"))


def check(claim: Row, tables: dict[str, list[Row]]) -> Finding:
    """Check a claim whose indicator has an entry in the list beside this module."""
    wanted = fits()[claim["indicator"]]
    actions = [row for row in tables["policy_actions"] if _fits(claim, row, wanted)]
    known = [row for row in actions if row["confidence"] != "reported_unconfirmed" and _independent(claim, row, tables)]
    if not known:
        only = f" Reported without confirmation: {', '.join(row['action_id'] for row in actions)}." if actions else ""
        return no_figure(RULE, f"No confirmed action of this kind is known for the period.{only}")
    if wanted.get("amount"):
        return _amount(claim, known, tables, wanted)
    words = "; ".join(f"{row['title']} ({row['action_id']}, {row['confidence']})" for row in known)
    return _found("supported", f"Actions that bear it out: {words}.", known)


def _fits(claim: Row, action: Row, wanted: dict) -> bool:
    areas = {action["jurisdiction"], *(action["targets"] or "").split("; ")}
    by = claim["partner"] if wanted.get("by_partner") else claim["subject_area"]
    if wanted.get("talks"):
        right_area = {claim["subject_area"], claim["partner"]} <= areas | set(wanted["talks"]) and claim["partner"] in areas
    else:
        right_area = action["jurisdiction"] == by
    text = f"{action['title']} {action['summary']}".lower()
    return (
        right_area
        and action["policy_type"] in wanted["types"]
        and action["direction"] in wanted.get("directions", [action["direction"]])
        and all(re.search(word, text) for word in wanted.get("words", []))
        and _in_time(claim, action, wanted.get("after", ""))
    )


def _in_time(claim: Row, action: Row, after: str) -> bool:
    announced = action["announced_on"] or ""
    if after:
        return bool(announced) and after < announced[: len(after)] and announced <= claim["stated_on"]
    if claim["period"]:
        shared = min(len(announced), len(claim["period"]))
        return bool(announced) and announced[:shared] == claim["period"][:shared] and announced <= claim["stated_on"]
    return announced <= claim["stated_on"]


def _independent(claim: Row, action: Row, tables: dict[str, list[Row]]) -> bool:
    cited = {row["source_id"] for row in tables["policy_citations"] if row["action_id"] == action["action_id"]}
    return bool(cited - {claim["source_id"]})


def _amount(claim: Row, actions: list[Row], tables: dict[str, list[Row]], wanted: dict) -> Finding:
    names = {row["action_id"] for row in actions}
    amounts = [
        row
        for row in tables["policy_amounts"]
        if row["action_id"] in names and row["currency"] == claim["unit"] and not row["per_unit"]
    ]
    agreeing = [row for row in amounts if agrees(claim, row["amount"])]
    if not amounts or (wanted.get("total") and not agreeing):
        return no_figure(RULE, "No amount of a known action is the total that is claimed.")
    best = (agreeing or sorted(amounts, key=lambda row: (row["item"] != "total", row["action_id"])))[0]
    words = f"{best['action_id']}: {best['amount']:,.0f} {best['currency']} ({best['kind']}, {best['item']})."
    action = next(row for row in actions if row["action_id"] == best["action_id"])
    found = _found("supported" if agreeing else "contradicted", f"{words} Confidence: {action['confidence']}.", [action])
    found.official_value, found.official_qualifier = best["amount"], "exact"
    found.rows_used.append(reference("policy_amounts", best, "action_id", "kind", "item", "currency"))
    return found


def _found(verdict: str, words: str, actions: list[Row]) -> Finding:
    keys = [reference("policy_actions", row, "action_id") for row in actions]
    return Finding(verdict, RULE, words, source_id=actions[0]["source_id"], rows_used=keys)
