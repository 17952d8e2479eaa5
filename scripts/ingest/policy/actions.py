"""Rows of ``policy_actions``."""

import re

from rare_earths.dates import last_day
from scripts.ingest.policy.dates import dated
from scripts.ingest.policy.evidence import Evidence, declared, listed, sources
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Row, join_notes
from scripts.reference.elements import ELEMENTS

CONFIDENCE = {"official": "official", "secondary": "secondary", "reported-unconfirmed": "reported_unconfirmed"}
#: What was seen of a source, the best first.
RANK = ("official", "official_copy", "official_abstract", "tracker_copy", "secondary", "news_digest")
DATES = {
    "announced_on": "announced_date",
    "effective_on": "effective_date",
    "ended_on": "end_date",
    "suspended_from": "suspended_from",
    "suspended_until": "suspended_until",
}
#: Words of the research that mean nothing to a reader of the tables.
WORDS = (
    (re.compile(r"SEED ITEM(?: \([^)]*\))?(?: outcome)?[;:.]?\s*"), ""),
    (re.compile(r" \(document 000/001\)"), ""),
    (re.compile(r"\bseed digest\b"), "news digest"),
    (re.compile(r"\bchina_quotas\.csv\b"), "the table quotas"),
    (re.compile(r"([-;]) verify\b"), r"\1 to be verified"),
)


def plain_words(text: str) -> str:
    """Text without words that only the research used.

    Raises
    ------
    ValueError
        When two spaces stand side by side: a word or a figure between them is missing.
    """
    for pattern, word in WORDS:
        text = pattern.sub(word, text)
    text = text.strip()
    if "  " in text:
        raise ValueError(f"{text!r}: between two spaces a word or a figure is missing; correct it in corrections.toml")
    return text[:1].upper() + text[1:]


def elements(text: str, place: str) -> Row:
    """Symbols in the order of atomic numbers, and whether the text lists them or means all.

    Raises
    ------
    ValueError
        When a symbol is not one of the 17.
    """
    found = listed(text)
    if unknown := set(found) - set(ELEMENTS):
        raise ValueError(f"{place}, column elements: {sorted(unknown)} are no rare earths")
    ordered = "; ".join(symbol for symbol in ELEMENTS if symbol in found)
    scope = "none" if not found else "all" if len(found) == len(ELEMENTS) else "listed"
    return {"elements": ordered, "elements_scope": scope}


def _targets(text: str) -> str:
    """Areas aimed at; measures against everybody aim at the world."""
    return "; ".join("WLD" if code == "ALL" else code for code in listed(text))


def _known_until(action: Evidence, published: list[str]) -> tuple[str, str]:
    """Date of the newest evidence, and whether the research stated it or its sources show it."""
    if action["status_as_of"]:
        return action["status_as_of"], "stated"
    seen = [date for date in published if date] or [action["announced_date"] or action["effective_date"]]
    return max(seen, key=lambda date: (last_day(date), len(date))), "newest_source"


def _best(citations: list[Row]) -> Row:
    """The best source: an official one, or a copy of it, before all others; the first of equals."""
    return min(citations, key=lambda row: RANK.index(row["seen_as"]))


def action_rows(raw: Raw, actions: list[Evidence], citations: list[Row]) -> list[Row]:
    """One row for each action."""
    published = {key: source["published"] for key, source in sources(raw).items()}
    cited: dict[str, list[Row]] = {}
    for row in citations:
        cited.setdefault(row["action_id"], []).append(row)
    return [_row(action, cited[action["action_id"]], published) for action in actions]


def _row(action: Evidence, cited: list[Row], published: dict[str, str]) -> Row:
    place = action["action_id"]
    best = _best(cited)
    known_until, basis = _known_until(action, [published.get(row["source_id"], "") for row in cited])
    dates: Row = {}
    for column, name in DATES.items():
        dates |= dated(column, action[name], place)
    return {
        "action_id": place,
        "jurisdiction": action["jurisdiction"],
        "issuing_body": action["issuing_body"],
        "title": action["title"],
        "policy_type": action["action_type"],
        "subtype": action["action_subtype"],
        "instrument_id": action["instrument_id"],
        "direction": action["direction"],
        **dates,
        "retroactive": place in declared()["retroactive"],
        "action_status": action["status"],
        "status_detail": action["status_detail"] if action["status_detail"] != action["status"] else "",
        **dated("status_as_of", known_until, place),
        "status_as_of_basis": basis,
        **elements(action["elements"], place),
        "products": plain_words(action["products"]),
        "hs_codes": "; ".join(listed(action["hs_codes"])),
        "targets": _targets(action["target_countries"]),
        "quantity": float(action["quantity"]) if action["quantity"] else None,
        "quantity_unit": action["quantity_unit"],
        "external_ids": "; ".join(listed(action["external_ids"])),
        "summary": plain_words(action["summary"]),
        "confidence": CONFIDENCE[action["confidence"]],
        "source_id": best["source_id"],
        "locator": best["locator"],
        "grade": best["grade"],
        "note": join_notes(plain_words(action["notes"]), declared()["retroactive"].get(place, "")),
    }
