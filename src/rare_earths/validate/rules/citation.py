"""Rules for every table whose rows cite a source."""

from __future__ import annotations

from typing import Any

from rare_earths.validate.rule import Rule


def rules(schema: dict[str, Any]) -> list[Rule]:
    """A rule for each column that names a source: figures of that source may be released."""
    if schema["name"] == "sources":
        return []
    names = [field["name"] for field in schema["fields"]]
    return [_redistributable(name) for name in names if name == "source_id" or name.endswith("_source_id")]


def _redistributable(column: str) -> Rule:
    def holds(t, lookup):
        sources = lookup("sources")
        withheld = sources.filter(sources.redistributable == False)  # noqa: E712 (an expression, not a truth value)
        return t[column].isnull() | t[column].notin(withheld.source_id)

    return Rule(
        "redistributable",
        column,
        "a source whose licence allows its figures in a release",
        "take the row out, or confirm the licence and set redistributable in sources",
        holds,
    )
