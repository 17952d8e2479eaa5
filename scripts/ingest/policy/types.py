"""The closed vocabulary of policy types with its crosswalk to other inventories."""

from collections import Counter

from scripts.ingest.policy.evidence import Evidence
from scripts.ingest.rows import Row

#: Column of the evidence -> column of the table.
CROSSWALK = {
    "gta_intervention_type": "gta_term",
    "mast_chapter": "mast_term",
    "oecd_measure_type": "oecd_term",
    "iea_policy_type": "iea_term",
}


def type_rows(actions: list[Evidence]) -> list[Row]:
    """One row for each subtype; the terms of other inventories stand here and not on every action.

    Raises
    ------
    ValueError
        When two actions of one subtype map to two terms of the same inventory.
    """
    found: dict[tuple[str, str], Row] = {}
    for action in actions:
        key = (action["action_type"], action["action_subtype"])
        terms = {column: action[name] for name, column in CROSSWALK.items()}
        known = found.setdefault(key, {"policy_type": key[0], "subtype": key[1], **terms})
        if any(known[column] != term for column, term in terms.items()):
            raise ValueError(
                f"{action['action_id']}: {key} maps to two terms: {known} and {terms}; give it a subtype of its own"
            )
    used = Counter(action["action_subtype"] for action in actions)
    return [row | {"title": _title(row["subtype"]), "actions": used[row["subtype"]]} for row in found.values()]


def _title(subtype: str) -> str:
    return subtype.replace("_", " ").capitalize()
