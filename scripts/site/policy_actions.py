"""Data of the policy timeline: what each action was, what stands on a day, and the documents behind it."""

from typing import Any

import pandas as pd

from rare_earths.policy import superseded_on
from scripts.site.release import Release, records

#: What the rule for a day looks at; the page's script has the same rule.
DATES = ("announced_on", "effective_on", "ended_on", "suspended_from", "suspended_until", "action_status", "status_as_of")
#: Relations that change what stands, read from the other end. `related_to` says nothing of that kind.
REVERSED = {
    "suspends": "suspended by",
    "supersedes": "superseded by",
    "amends": "amended by",
    "implements": "implemented by",
    "part_of": "includes",
    "responds_to": "answered by",
}
UNDATED = "undated"


def words(name: str) -> str:
    """A word of a closed list for readers: ``export_ban`` becomes ``export ban``."""
    return name.replace("_", " ").replace("wto", "WTO")


def dated(action: dict[str, Any]) -> str:
    """Day, month or year in which an action was announced or, where no source says, took effect."""
    return action["announced_on"] or action["effective_on"] or ""


def sources(release: Release) -> dict[str, list[dict[str, Any]]]:
    """Cited sources of each action with address and title, the best one first."""
    known = {row["source_id"]: row for row in records(release.load("sources"))}
    best = release.load("policy_actions").set_index("action_id")["source_id"]
    found: dict[str, list[dict[str, Any]]] = {}
    for row in records(release.load("policy_citations")):
        source = known[row["source_id"]]
        cited = row | {name: source[name] for name in ("title", "publisher", "url", "published_on")}
        found.setdefault(row["action_id"], []).append(cited)
    return {
        action: sorted(rows, key=lambda row: (row["source_id"] != best[action], row["grade"], row["source_id"]))
        for action, rows in found.items()
    }


def relations(release: Release) -> dict[str, list[tuple[str, str]]]:
    """Typed relations of each action, those that others have to it included: word and the other action."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in records(release.load("policy_relations")):
        if row["relation"] in REVERSED:
            found.setdefault(row["action_id"], []).append((words(row["relation"]), row["target_action_id"]))
            found.setdefault(row["target_action_id"], []).append((REVERSED[row["relation"]], row["action_id"]))
    return found


def actions(release: Release) -> list[dict[str, Any]]:
    """All actions with names, year, sources and relations, the newest first."""
    names = release.load("areas").set_index("area")["name"]
    cited, related = sources(release), relations(release)
    rows = [
        row
        | {
            "name": names[row["jurisdiction"]],
            "year": dated(row)[:4] or UNDATED,
            "sources": cited[row["action_id"]],
            "relations": related.get(row["action_id"], []),
        }
        for row in records(release.load("policy_actions"))
    ]
    rows.sort(key=lambda row: row["action_id"])
    return sorted(rows, key=dated, reverse=True)


def by_year(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Actions grouped by year, the newest first, undated ones last."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["year"], []).append(row)
    return groups


def payload(release: Release, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What the script of the timeline reads of each action; empty values are left out."""
    overtaken = superseded_on(release.load("policy_relations"), release.package)
    kept = ("action_id", "jurisdiction", "policy_type", "direction", "year", "elements", *DATES)
    points = [{name: row[name] for name in kept} | {"superseded_on": overtaken.get(row["action_id"])} for row in rows]
    return {"actions": [{name: value for name, value in point.items() if value is not None} for point in points]}


def options(release: Release, rows: list[dict[str, Any]]) -> dict[str, list[tuple[str, str, int]]]:
    """Values to filter by: value, words for it and number of actions."""
    frame = pd.DataFrame(rows)
    jurisdictions = frame.groupby(["name", "jurisdiction"]).size()
    types = frame.groupby("policy_type").size()
    years = frame.groupby("year").size().sort_index(ascending=False)
    elements = release.load("elements").sort_values("atomic_number")
    concerned = frame["elements"].fillna("").str.split("; ")
    return {
        "jurisdiction": [(code, name, int(count)) for (name, code), count in jurisdictions.items()],
        "type": [(value, words(value), int(count)) for value, count in types.items()],
        "element": [
            (row["symbol"], f"{row['symbol']}, {row['name']}", int(sum(row["symbol"] in found for found in concerned)))
            for row in records(elements)
        ],
        "year": [(value, value, int(count)) for value, count in sorted(years.items(), key=lambda item: item[0] == UNDATED)],
    }
