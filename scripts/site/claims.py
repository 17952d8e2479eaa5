"""The pages of claims: what the news says, and what the tables have to say to it."""

from collections import Counter
from typing import Any

import pandas as pd

from scripts.site.release import Release
from scripts.site.render import number, page

VERDICTS = {
    "supported": "the newest figure agrees",
    "outdated": "an older vintage agrees, the newest does not",
    "contradicted": "no vintage agrees",
    "depends_on_definition": "the claim leaves open what it measures",
    "no_official_figure": "no table of this package has a figure for it",
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
        }
        for row in rows
    ]


def _source(sources: pd.DataFrame, key: str | None) -> dict[str, str] | None:
    """Key, name and title of a source."""
    if key is None:
        return None
    return {"key": key, "name": sources.loc[key, "publisher"], "title": sources.loc[key, "title"]}


def _figure(row: dict[str, Any]) -> str:
    if row["official_value"] is None:
        return ""
    return f"{BOUNDS.get(row['official_qualifier'], '')}{number(row['official_value'])} {row['unit']}"


def claims_pages(release: Release) -> dict[str, str]:
    """The page of all claims and one page for each group, by their paths under ``docs/``."""
    rows = tested(release)
    groups = {topic: [row for row in rows if row["topic"] == topic] for topic in sorted({row["topic"] for row in rows})}
    counts = {topic: Counter(row["verdict"] for row in group) for topic, group in groups.items()}
    total = Counter(row["verdict"] for row in rows)
    pages = {"tables/claims-tested.md": page("claims.md.j2", counts=counts, total=total, verdicts=VERDICTS, claims=len(rows))}
    for topic, group in groups.items():
        pages[f"tables/claims-on-{topic}.md"] = page("claims-group.md.j2", topic=topic, rows=group, verdicts=VERDICTS)
    return pages
