"""The pages in which China's quotas were read, each a source of its own."""

import re
from functools import cache
from urllib.parse import urlparse

from scripts.ingest.raw import Raw
from scripts.ingest.rows import Row

QUOTAS = "china_quotas.csv"
POLICY_SOURCES = "policy_sources.csv"
NOT_A_NAME = {
    "www",
    "m",
    "mobile",
    "news",
    "global",
    "europe",
    "business",
    "au",
    "japanese",
    "big5",
    "finance",
    "com",
    "cn",
    "co",
}
TITLE_IS_OURS = "The title is ours: that of the page was not recorded."
Page = dict[str, str]


@cache
def _pages(folder: str) -> dict[str, list[Page]]:
    pages: dict[str, list[Page]] = {}
    for _, row in Raw(folder).transcription(QUOTAS):
        pages.setdefault(_address(row), []).append(row)
    return pages


@cache
def _known(folder: str) -> dict[str, str]:
    """Pages that the evidence on policy has as a source too."""
    return {row["url"]: row["source_id"] for _, row in Raw(folder).transcription(POLICY_SOURCES) if row["url"]}


def _address(row: Page) -> str:
    return row["found_at"].removeprefix("page: ")


def _name(address: str) -> str:
    labels = [label for label in urlparse(address).netloc.split(".") if label not in NOT_A_NAME]
    return re.sub(r"[^a-z0-9]+", "-", (labels or ["page"])[0])


def source_id(raw: Raw, row: Page) -> str:
    """Key of the page in which a row of the evidence was read: its host and the first year that it gives."""
    address = _address(row)
    first = min(other["year"] for other in _pages(str(raw.folder))[address])
    return _known(str(raw.folder)).get(address) or f"china-quotas-{_name(address)}-{first}"


def cited_for_year(raw: Raw, year: str, kind: str) -> list[tuple[str, str, str]]:
    """Pages that give a year's total quota: key, place and grade, best grade first."""
    found = {}
    for _, row in raw.transcription(QUOTAS):
        if (row["year"], row["quota_type"]) == (year, kind) and row["class_as_printed"] == "total":
            found[source_id(raw, row)] = row["grade"]
    return [(key, f"quota of {year}", grade) for key, grade in sorted(found.items(), key=lambda item: item[::-1])]


def source_rows(raw: Raw, known: set[str]) -> list[Row]:
    """Rows of ``sources`` for pages that no other module gives.

    Raises
    ------
    ValueError
        When two pages get one key.
    """
    result: dict[str, Row] = {}
    for address, rows in _pages(str(raw.folder)).items():
        row = _source(raw, address, rows)
        if row["source_id"] in result:
            raise ValueError(f"{QUOTAS}: {address} and {result[row['source_id']]['url']} get one key {row['source_id']!r}")
        result[row["source_id"]] = row
    return [row for key, row in result.items() if key not in known]


def _source(raw: Raw, address: str, rows: list[Page]) -> Row:
    years = sorted({row["year"] for row in rows})
    when = years[0] if len(years) == 1 else f"{years[0]}-{years[-1]}"
    official = rows[0]["grade"] == "A"
    host = urlparse(address).netloc
    publisher = "Government of China (gov.cn)" if official else host.removeprefix("www.")
    title = f"Rare-earth quotas of China, {when}"
    url = rows[0]["source_url"] or address
    return {
        "source_id": source_id(raw, rows[0]),
        "kind": "notice" if official else "web page",
        "publisher": publisher,
        "title": title,
        "url": url,
        "read_at": address if url != address else "",
        "language": _language(rows),
        "licence": "facts-cite",
        "redistributable": True,
        "attribution": f"{publisher}, {title}.",
        "note": TITLE_IS_OURS,
    }


def _language(rows: list[Page]) -> str:
    text = "".join(row["value_as_printed"] + row["unit"] for row in rows)
    if "トン" in text:
        return "ja"
    return "zh" if re.search(r"[吨噸万萬]", text) else "en"
