"""Which source an action cites, where in it, and what kind of copy was seen."""

import re

from scripts.ingest.policy.evidence import Evidence, listed, sources
from scripts.ingest.policy.locators import locator
from scripts.ingest.quota_sources import cited_for_year
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Row

#: How the evidence names what was seen -> our word.
SEEN_AS = {
    "official": "official",
    "official text reproduced by third party": "official_copy",
    "official page, seen as third-party abstract": "official_abstract",
    "official, seen as third-party abstract": "official_abstract",
    "secondary": "secondary",
    "seed": "news_digest",
}
GRADES = {
    "official": "A",
    "official_copy": "B",
    "official_abstract": "C",
    "tracker_copy": "B",
    "secondary": "C",
    "news_digest": "C",
}
TRACKER_EXPORT = re.compile(r"^GitHub mirror")
COPY = re.compile(r"\bcopy\b", re.IGNORECASE)
#: A digest of the evidence holds several documents: which of them an action rests on.
DIGESTS = {
    ("seed-000", None): "qianzhan-2025-05-28",
    ("seed-001", "IND-2025-IREL-JAPAN"): "news-flash-2025-06-13",
    ("seed-001", "CHN-2025-LICENCE-EASING"): "sohu-2025-06-03",
    ("seed-002", None): "sohu-2025-10-28",
    ("seed-004", None): "sohu-2025-08-12",
}
#: Our own list of quotas is no source: the pages behind it are.
QUOTA_LIST = "cq-csv"


def seen_as(source: Evidence) -> str:
    """What kind of copy of a source was seen.

    Raises
    ------
    KeyError
        When the evidence uses a word that is not known.
    """
    if TRACKER_EXPORT.match(source["found_at"]):
        return "tracker_copy"
    found = SEEN_AS[source["confidence"]]
    return "official_copy" if found == "official" and COPY.search(source["publisher"]) else found


def _digest(source_id: str, action_id: str) -> str:
    return DIGESTS.get((source_id, None)) or DIGESTS[source_id, action_id]


def _one(action: Evidence, source_id: str, place: str, seen: str, recheck: bool) -> Row:
    return {
        "action_id": action["action_id"],
        "source_id": source_id,
        "seen_as": seen,
        "recheck": recheck,
        "locator": locator(place, source_id),
        "grade": GRADES[seen],
    }


def citation_rows(raw: Raw, actions: list[Evidence]) -> list[Row]:
    """Rows of ``policy_citations``: every source of every action.

    Raises
    ------
    ValueError
        When an action names a source that the evidence does not have.
    """
    known = sources(raw)
    result: dict[tuple[str, str], Row] = {}
    for action in actions:
        for number, source_id in enumerate(listed(action["source_ids"])):
            if source_id not in known:
                raise ValueError(f"{action['action_id']}: unknown source {source_id!r}")
            place = action["locator"] if number == 0 else ""
            for row in _citations(raw, action, known[source_id], place):
                result.setdefault((row["action_id"], row["source_id"]), row)
    return list(result.values())


def _citations(raw: Raw, action: Evidence, source: Evidence, place: str) -> list[Row]:
    if source["source_id"] == QUOTA_LIST:
        kind = "export" if action["action_subtype"] == "export_quota" else "mining"
        year = re.match(r"^[A-Z]{3}-(\d{4})-", action["action_id"])[1]
        return [
            _one(action, page, text, "official" if grade == "A" else "secondary", False)
            for page, text, grade in cited_for_year(raw, year, kind)
        ]
    if source["confidence"] == "seed":
        return [_one(action, _digest(source["source_id"], action["action_id"]), place, "news_digest", False)]
    seen = seen_as(source)
    return [_one(action, source["source_id"], place, seen, seen == "tracker_copy")]
