"""The page Validation report: what was checked in this release, with which result, and what was left out."""

import json
from typing import Any

from scripts.site.release import Release
from scripts.site.render import page

REPORT = "validation-report.json"
#: What becomes of a failure of a level, for a reader.
LEVELS = {"error": "errors", "notice": "notices"}


def validation_page(release: Release) -> str:
    """The page, made from the report in the release.

    Raises
    ------
    FileNotFoundError
        When the release holds no report.
    """
    report = json.loads((release.folder / REPORT).read_text(encoding="utf-8"))
    tables = list(dict.fromkeys(rule["table"] for rule in report["rules"]))
    return page(
        "validation.md.j2",
        report=report,
        summary=[_summary(report, table) for table in tables],
        rules={table: _rules(report, table) for table in tables},
        examples={table: [problem for problem in report["problems"] if problem["table"] == table] for table in tables},
        known=set(release.package.tables),
    )


def _summary(report: dict[str, Any], table: str) -> dict[str, Any]:
    rules = [rule for rule in report["rules"] if rule["table"] == table]
    counts = {
        name: sum(rule["failures"] for rule in rules if rule["level"] == level and not rule["skipped"])
        for level, name in LEVELS.items()
    }
    return {
        "table": table,
        "rows": report["rows_checked"].get(table),
        "rules": sum(not rule["skipped"] for rule in rules),
        "skipped": sum(bool(rule["skipped"]) for rule in rules),
        **counts,
    }


def _rules(report: dict[str, Any], table: str) -> list[dict[str, Any]]:
    """Rules of a table by name: the columns that each looks at, its failures, and what it expects where that is one thing."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for rule in report["rules"]:
        if rule["table"] == table:
            one = found.setdefault(
                (rule["rule"], rule["level"]),
                {**rule, "columns": [], "failures": 0, "texts": set()},
            )
            one["columns"] += [rule["column"]] if rule["column"] else []
            one["failures"] += rule["failures"]
            one["texts"].add(rule["expected"])
    return list(found.values())
