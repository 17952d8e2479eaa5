"""Rows of ``sources`` for what only the policy tables cite."""

import re
import tomllib
from functools import cache
from pathlib import Path

from scripts.ingest.policy.citations import QUOTA_LIST, seen_as
from scripts.ingest.policy.evidence import Evidence, actions, listed, sources
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Row

LANGUAGES = Path(__file__).with_name("languages.toml")
PUBLIC_DOMAIN = re.compile(r"^US public domain")
TERMS = {
    "GTA": "Own terms of Global Trade Alert: facts with the number of the intervention, no text.",
    "IEA": "Terms of the International Energy Agency: facts with the record, no text.",
}
#: Keys of records -> the series that they belong to.
SERIES = (
    (re.compile(r"^gta-\d"), "Global Trade Alert interventions"),
    (re.compile(r"^ieat-"), "IEA Critical Minerals Policy Tracker"),
    (re.compile(r"^iea-"), "IEA Policies database"),
)
LAW = re.compile(r"\b(regulations?|law|act|decree|executive order|e\.o\.)\b", re.IGNORECASE)
NEWS = re.compile(
    r"reuters|bloomberg|xinhua|afp|china daily|news|times|herald|post\b|daily|weekly|mail|bernama|global times|argus|"
    r"fastmarkets|kallanish|mining\.com|japan forward|antara|vedomosti|star\b|standard|bbc|jiji|yicai|sankei",
    re.IGNORECASE,
)
COPY_ADDRESS = re.compile(r"^text via copy (https?://\S+)$")


@cache
def _languages() -> dict[str, str]:
    table = tomllib.loads(LANGUAGES.read_text(encoding="utf-8"))
    return {source_id: language for language, ids in table.items() for source_id in ids}


def _series(source: Evidence) -> str:
    return next((name for pattern, name in SERIES if pattern.match(source["source_id"])), "")


def _kind(source: Evidence, seen: str) -> str:
    if seen == "tracker_copy" or _series(source):
        return "dataset"
    if seen.startswith("official"):
        return "law" if LAW.search(source["title"]) else "notice"
    return "news" if NEWS.search(source["publisher"]) else "web page"


def _licence(source: Evidence) -> tuple[str, str]:
    if PUBLIC_DOMAIN.match(source["licence"]):
        return "US-Government-Work", ""
    words = next((text for key, text in TERMS.items() if key in source["licence"]), "")
    return "facts-cite", words


def _place(source: Evidence, seen: str) -> tuple[str, str]:
    """Who restated the document, and where the copy was read."""
    found = source["found_at"]
    if match := COPY_ADDRESS.match(found):
        return "", match[1]
    if seen == "official_abstract":
        return "a third-party abstract", found
    if found.startswith(("web page", "seed")):
        return "", ""
    return "", found


def _source(source: Evidence) -> Row:
    seen = seen_as(source)
    licence, terms = _licence(source)
    restated_by, read_at = _place(source, seen)
    words = {
        "official_abstract": "An abstract of the official page was read, not the page itself.",
        "official_copy": "A copy of the official text was read.",
        "tracker_copy": "Read in a copy of an export: to be checked again at the source.",
    }
    malformed = "The address was malformed in the copy that was read." if "malformed" in source["found_at"] else ""
    return {
        "source_id": source["source_id"],
        "kind": _kind(source, seen),
        "publisher": source["publisher"],
        "title": source["title"],
        "series": _series(source),
        "published_on": source["published"],
        "restated_by": restated_by,
        "read_at": read_at,
        "url": source["url"],
        "language": _languages().get(source["source_id"], "en"),
        "licence": licence,
        "redistributable": True,
        "attribution": f"{source['publisher']}, {source['title'].rstrip('.')}.",
        "note": " ".join(filter(None, [words.get(seen, ""), malformed, terms])),
    }


def cited(raw: Raw) -> dict[str, Evidence]:
    """Sources of the evidence that some action cites, without digests and our own list of quotas."""
    wanted = {source_id for action in actions(raw) for source_id in listed(action["source_ids"])}
    found = sources(raw)
    return {key: found[key] for key in sorted(wanted) if key != QUOTA_LIST and found[key]["confidence"] != "seed"}


def source_rows(raw: Raw) -> list[Row]:
    """One row for each cited source."""
    return [_source(source) for source in cited(raw).values()]
