"""Claims: every figure and statement of the news digests that the project started from.

A claim is recorded, never taken as data; ``claim_checks`` tests it.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from scripts.ingest.areas import area_names
from scripts.ingest.news_digests import CLAIMS, document_id
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Row, join_notes

WORDING = Path(__file__).with_suffix(".toml")
COMPARATORS = {
    "": "exactly",
    "approximately": "about",
    "around": "about",
    "about": "about",
    "near": "about",
    "projected": "exactly",
    "only": "exactly",
    "nearly": "nearly",
    "over": "over",
}
UNITS = {"t": "t", "percent": "%", "CNY": "CNY", "USD": "USD", "ratio": "1", "boolean": "", "direction": "", "": ""}
AREAS = {"W00": "WLD"}
WORDS = {"about": "about ", "nearly": "nearly ", "over": "more than ", "under": "less than ", "exactly": ""}
#: How some areas are called within a sentence.
NAMES = {"USA": "the United States", "WLD": "the world", "EUU": "the European Union"}
NOT_A_PRODUCT = {"rare earth exports", "rare earth imports"}
#: Words of a claim that its comparator does not keep.
SAID = {"projected": "The document calls it a projection.", "only": "The document says that it is only this much."}
PRODUCT = re.compile(r"^(rare earths?, all products|(?:rare earth|NdFeB|high-end rare-earth)[a-z -]*)")
QUARTER, HALF = re.compile(r"^(\d{4})-Q([1-4])$"), re.compile(r"^(\d{4})-H([12])$")


@cache
def _sentences() -> dict[str, str]:
    return tomllib.loads(WORDING.read_text(encoding="utf-8"))


def period(text: str) -> str:
    """Period of a claim (ISO 8601): quarters and halves as months from and to; empty where none is stated."""
    for pattern, months in ((QUARTER, 3), (HALF, 6)):
        if match := pattern.match(text):
            last = int(match[2]) * months
            return f"{match[1]}-{last - months + 1:02}/{match[1]}-{last:02}"
    return text if re.match(r"^\d{4}(-\d{2}(/\d{4}-\d{2})?)?$", text) else ""


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows: one for each claim, numbered within its document in the order of the transcription.

    Raises
    ------
    ValueError
        When a claim speaks of something that has no sentence, or uses an unknown word.
    """
    numbers: dict[str, int] = {}
    found = []
    for line, row in raw.transcription(CLAIMS):
        document = document_id(row)
        numbers[document] = numbers.get(document, 0) + 1
        found.append(_row(row, document, numbers[document], f"{CLAIMS}, line {line}"))
    return {"claims": found}


def sources(raw: Raw) -> list[Row]:
    """None: the module of the digests gives the documents."""
    return []


def _row(row: dict[str, str], document: str, number: int, place: str) -> Row:
    if row["comparator"] not in COMPARATORS or row["unit"] not in UNITS:
        raise ValueError(f"{place}: unknown comparator {row['comparator']!r} or unit {row['unit']!r}")
    subject, _, second = row["subject"].partition(";")
    partner = AREAS.get(row["partner"], row["partner"]) or second
    is_number = bool(re.fullmatch(r"-?\d[\d.]*(e\d+)?", row["value"]))
    trade = row["area"] == "trade" and PRODUCT.match(row["note"])
    claim = {
        "claim_id": f"{document}-{number:02}",
        "subject_area": AREAS.get(subject, subject),
        "partner": partner,
        "topic": row["area"],
        "indicator": row["indicator"],
        "product_as_stated": trade[1].strip() if trade and trade[1].strip() not in NOT_A_PRODUCT else "",
        "period": period(row["period"]),
        "value": float(row["value"]) if is_number else None,
        "unit": UNITS[row["unit"]],
        "comparator": COMPARATORS[row["comparator"]],
        "stated_on": row["published"],
        "source_id": document,
        "locator": f"record={number}",
        "grade": "C",
        "note": join_notes(_sentence(row["note"]), SAID.get(row["comparator"], "")),
    }
    return claim | {"statement": _statement(claim, place)}


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("." if text and text[-1] not in ".!?" else "")


def _statement(claim: Row, place: str) -> str:
    sentence = _sentences().get(claim["indicator"])
    if sentence is None:
        raise ValueError(f"{place}: no sentence for {claim['indicator']!r}; add one to {WORDING.name}")
    names = area_names() | NAMES
    value = claim["value"]
    number = "" if value is None else f"{value:,.0f}" if value == int(value) else f"{value:,}"
    subject, partner = (names.get(claim[key], "") for key in ("subject_area", "partner"))
    text = sentence.format(
        subject=subject,
        subjects=f"{subject}'" if subject.endswith("s") else f"{subject}'s",
        partner=partner,
        about=WORDS[claim["comparator"]] + number,
        unit=claim["unit"].replace("%", " %") if claim["unit"] == "%" else f" {claim['unit']}",
        product=claim["product_as_stated"] or "rare earths",
        to=f" to {partner}" if claim["partner"] not in {"", "WLD"} else "",
        when=f", {claim['period']}" if claim["period"] else "",
    )
    return text[:1].upper() + text[1:]
