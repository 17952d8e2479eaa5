"""The pages of claims: what the news says, and what the tables have to say to it."""

import re
from collections import Counter
from typing import Any

import pandas as pd

from scripts.site.release import Release
from scripts.site.render import cell, number, page, sentence

VERDICTS = {
    "supported": "the newest figure agrees",
    "outdated": "an older vintage agrees, the newest does not",
    "contradicted": "no vintage agrees",
    "depends_on_definition": "the claim leaves open what it measures",
    "no_official_figure": "no table of this package has a figure for it",
}
#: How many claims have a verdict, in words.
COUNTED = {
    "supported": "supported",
    "outdated": "outdated",
    "contradicted": "contradicted",
    "depends_on_definition": "depending on a definition",
    "no_official_figure": "without an official figure",
}
BOUNDS = {"less_than": "less than ", "greater_than": "more than "}


def tested(release: Release) -> list[dict[str, Any]]:
    """Claims with their checks and the names of their sources, in the order of the table ``claims``."""
    sources = release.load("sources").set_index("source_id")
    claims = release.load("claims").merge(release.load("claim_checks"), on="claim_id", suffixes=("", "_of_check"))
    rows = claims.astype(object).where(claims.notna(), None).to_dict("records")
    return [
        row
        | {
            "stated_by": _source(sources, row["source_id"]),
            "official_source": _source(sources, row["source_id_of_check"]),
            "figure": _figure(row),
            "why": _linked(sources, row["explanation"]),
        }
        for row in rows
    ]


def _source(sources: pd.DataFrame, key: str | None) -> dict[str, str] | None:
    """Key, name and title of a source."""
    if key is None:
        return None
    return {"key": key, "name": sources.loc[key, "publisher"], "title": sources.loc[key, "title"]}


def _linked(sources: pd.DataFrame, text: str) -> str:
    """An explanation with links where it names a source by its key."""

    def link(found: re.Match[str]) -> str:
        return f"[{found[0]}](../sources/{found[0]}/index.md)" if found[0] in sources.index else found[0]

    return re.sub(r"[a-z][\w.-]*\w", link, cell(sentence(text)))


def _figure(row: dict[str, Any]) -> str:
    if row["official_value"] is None:
        return ""
    percent = row["unit"] == "%"
    value = number(round(row["official_value"], 1) if percent else row["official_value"])
    return f"{BOUNDS.get(row['official_qualifier'], '')}{value} {row['unit']}"


def claims_pages(release: Release) -> dict[str, str]:
    """The page of all claims and one page for each group, by their paths under ``docs/``."""
    rows = tested(release)
    groups = {topic: [row for row in rows if row["topic"] == topic] for topic in sorted({row["topic"] for row in rows})}
    counts = {topic: Counter(row["verdict"] for row in group) for topic, group in groups.items()}
    total = Counter(row["verdict"] for row in rows)
    pages = {"tables/claims-tested.md": page("claims.md.j2", counts=counts, total=total, verdicts=VERDICTS, claims=len(rows))}
    for topic, group in groups.items():
        ranked = sorted(group, key=lambda row: list(VERDICTS).index(row["verdict"]))
        found = [f"{counts[topic][verdict]} {words}" for verdict, words in COUNTED.items() if counts[topic][verdict]]
        pages[f"tables/claims-on-{topic}.md"] = page(
            "claims-group.md.j2", hide=("toc",), topic=topic, rows=ranked, counts=found
        )
    return pages
