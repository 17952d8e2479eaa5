"""The evidence on policy as it lies in the files, with declared corrections."""

import tomllib
from functools import cache
from pathlib import Path

from scripts.ingest.raw import Raw

ACTIONS = "policy_actions.csv"
SOURCES = "policy_sources.csv"
CORRECTIONS = Path(__file__).with_name("corrections.toml")

Evidence = dict[str, str]


@cache
def declared() -> dict:
    """Declared corrections (which cell, what it held, what it becomes, why) and retroactive actions."""
    return tomllib.loads(CORRECTIONS.read_text(encoding="utf-8"))


def actions(raw: Raw) -> list[Evidence]:
    """Rows of the actions, corrected.

    Raises
    ------
    ValueError
        When a correction no longer finds what it was declared for.
    """
    found = {row["action_id"]: dict(row) for _, row in raw.transcription(ACTIONS)}
    for change in declared()["correction"]:
        row, column = found[change["action"]], change["column"]
        if row[column] != change["expect"]:
            raise ValueError(
                f"{ACTIONS}, {change['action']}, column {column}: expected {change['expect']!r}, found {row[column]!r}; "
                f"the evidence changed: look at it and take the correction out of {CORRECTIONS.name}"
            )
        row[column] = change["becomes"]
        row["notes"] = " ".join(filter(None, [row["notes"], change["note"]]))
    return list(found.values())


def sources(raw: Raw) -> dict[str, Evidence]:
    """Rows of the sources by their key."""
    return {row["source_id"]: row for _, row in raw.transcription(SOURCES)}


def listed(text: str) -> list[str]:
    """Parts of a cell that holds a list separated by semicolons."""
    return [part.strip() for part in text.split(";") if part.strip()]
