"""The page of the fault matrix: which faults are found in which tables on which engines."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rare_earths.validate.run import rules_of
from scripts.site.release import Release
from scripts.site.render import page
from scripts.tables import ROOT

QUALITY = ROOT / "docs" / "quality"
ENGINES = {"duckdb": "DuckDB", "spark": "Spark"}
#: Groups of faults as a reader knows them, in order; those of our own rules are shown by table.
GROUPS = {
    "cell": "Faults of a cell",
    "key": "Faults between rows and tables",
    "file": "Faults of a file",
}


def cell(told: Mapping[str, Any], noun: str = "column") -> dict[str, str]:
    """What one field of the grid shows: text, class, and words for who cannot see it."""
    if "not_applicable" in told:
        return {"text": "·", "state": "none", "words": f"not applicable: {told['not_applicable']}"}
    found = [name for engine, name in ENGINES.items() if engine in told and not told[engine]["missed"]]
    missed = [name for engine, name in ENGINES.items() if engine in told and told[engine]["missed"]]
    columns = max(entry["columns"] for entry in told.values())
    state = "missed" if missed else "both" if len(found) == len(ENGINES) else "one"
    place = f"in {columns} {noun}{'s' * (columns != 1)}, " if columns else ""
    words = f"{place}found by {' and '.join(found) or 'nobody'}" + (f", missed by {' and '.join(missed)}" if missed else "")
    return {"text": "✗" if missed else str(columns) if columns else "✓", "state": state, "words": words}


def grids(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A grid per group: faults down, tables across."""
    return [
        {
            "title": title,
            "rows": [
                {
                    "fault": fault["fault"],
                    "rule": fault["rule"],
                    "cells": {t: cell(told) for t, told in fault["tables"].items()},
                }
                for fault in record["faults"]
                if fault["group"] == group
            ],
        }
        for group, title in GROUPS.items()
    ]


def own_rules(record: Mapping[str, Any], release: Release) -> list[dict[str, Any]]:
    """Our own rules by table, each with what it expects and what became of its faults."""
    own = {fault["rule"]: fault["tables"] for fault in record["faults"] if fault["group"] == "own"}
    found = []
    for table in release.package.tables:
        expected: dict[str, list[str]] = {}
        for rule in rules_of(release.package.schema(table)):
            if "not_applicable" not in own.get(rule.name, {}).get(table, {"not_applicable": ""}):
                expected.setdefault(rule.name, []).append(rule.expected)
        rules = [{"name": name, "expected": texts[0]} | cell(own[name][table], "row") for name, texts in expected.items()]
        if rules:
            found.append({"table": table, "rules": rules})
    return found


def sums(record: Mapping[str, Any]) -> dict[str, int]:
    """How many faults there are, and how many were put in, by engine."""
    told = [entry for fault in record["faults"] for entry in fault["tables"].values() if "not_applicable" not in entry]
    put_in = {engine: sum(max(entry[engine]["columns"], 1) for entry in told if engine in entry) for engine in ENGINES}
    missed = sum(bool(entry[engine]["missed"]) for entry in told for engine in ENGINES if engine in entry)
    kinds = sum(fault["group"] != "own" for fault in record["faults"])
    return {"kinds": kinds, "own": len(record["faults"]) - kinds, "missed": missed, **put_in}


def read(name: str, folder: Path = QUALITY) -> dict[str, Any]:
    """A record of the tests."""
    return json.loads((folder / name).read_text(encoding="utf-8"))


def fault_matrix_page(release: Release) -> str:
    """The page."""
    record = read("fault-matrix.json")
    return page(
        "fault-matrix.md.j2",
        hide=("toc",),
        tables=release.package.tables,
        engines={ENGINES[engine]: facts for engine, facts in record["engines"].items()},
        grids=grids(record),
        own=own_rules(record, release),
        sums=sums(record),
        removed=read("rule-mutation.json"),
    )
