"""The documents of the news digests that the project started from: sources of claims and of a few policy actions."""

from scripts.ingest.raw import Raw
from scripts.ingest.rows import Row

CLAIMS = "seed_claims.csv"
#: Document as the transcription names it (publisher, date) -> key, publisher in Latin letters.
DOCUMENTS = {
    ("Qian Zhan Wang", "2025-05-28"): ("qianzhan-2025-05-28", "Qianzhan"),
    ("news flash (publisher not named)", "2025-06-13"): ("news-flash-2025-06-13", "News flash, publisher not named"),
    ("Sou Hu Cai Jing", "2025-06-03"): ("sohu-2025-06-03", "Sohu Finance"),
    ("Sou Hu Cai Jing", "2025-10-28"): ("sohu-2025-10-28", "Sohu Finance"),
    ("Zhitong Caijing (智通财经网), reporting Antaike (安泰科)", "2025-10-23"): (
        "zhitong-2025-10-23",
        "Zhitong Finance, reporting Antaike",
    ),
    ("Sou Hu Cai Jing", "2025-08-12"): ("sohu-2025-08-12", "Sohu Finance"),
}


def document_id(row: dict[str, str]) -> str:
    """Key of the document that makes a claim.

    Raises
    ------
    KeyError
        When the document is not one that this module knows.
    """
    return DOCUMENTS[row["publisher"], row["published"]][0]


def sources(raw: Raw) -> list[Row]:
    """One row of ``sources`` for each document."""
    found: dict[str, Row] = {}
    for _, row in raw.transcription(CLAIMS):
        key, publisher = DOCUMENTS[row["publisher"], row["published"]]
        title = row["title"].rstrip("。")
        found[key] = {
            "source_id": key,
            "kind": "news",
            "publisher": publisher,
            "title": title,
            "published_on": row["published"],
            "restated_by": "a news digest",
            "read_at": "a news digest that gives no address",
            "language": "zh",
            "licence": "facts-cite",
            "redistributable": True,
            "attribution": f"{publisher}, {title}.",
            "note": "Read in a digest, not in the document itself. What it claims is tested in claim_checks, not taken as data.",
        }
    return list(found.values())


def rows(raw: Raw) -> dict[str, list[Row]]:
    """No fact rows: a claim is tested, it is no data."""
    return {}
