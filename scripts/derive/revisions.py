"""The table ``revisions``: each change between consecutive vintages of the same series.

A vintage is an edition and, within it, a version. Where several copies of one vintage
were read, the best grade speaks for it. Blank cells say nothing and are passed over;
NA is a statement, and its change to or from a number is a revision without a percentage.
"""

from collections import defaultdict
from datetime import date
from itertools import pairwise

from scripts.derive.chosen import Row

#: table -> (column of the figure, its printed form, year; reserves have one column per edition)
TABLES = {
    "production_reported": ("quantity_t_reo", "quantity_as_printed", "year"),
    "reserves_reported": ("reserves_t_reo", "reserves_as_printed", "as_of_year"),
}


def rows(tables: dict[str, list[Row]]) -> list[Row]:
    """Rows of ``revisions``."""
    sources = {source["source_id"]: source for source in tables["sources"]}
    result: list[Row] = []
    for table, (figure, printed, year) in TABLES.items():
        for series in _series(tables[table], sources, year):
            vintages = _vintages(series, sources)
            for older, newer in pairwise(vintages):
                if older[figure] != newer[figure]:
                    result.append(_revision(table, older, newer, sources, figure, printed, year))
    return result


def _series(reported: list[Row], sources: dict[str, Row], year: str) -> list[list[Row]]:
    """Rows that speak of the same thing in one series of editions."""
    groups: dict[tuple, list[Row]] = defaultdict(list)
    for row in reported:
        source = sources[row["source_id"]]
        if source["series"] and source["edition"] and row["qualifier"] != "blank" and row[year] is not None:
            # Reserves have no year of their own: each edition states the newest belief.
            same = (row["year"], row["stage"]) if "stage" in row else ()
            groups[source["series"], row["area"], *same].append(row)
    return list(groups.values())


def _vintages(rows: list[Row], sources: dict[str, Row]) -> list[Row]:
    """The row that speaks for each vintage, oldest first."""

    def vintage(row: Row) -> tuple[str, str]:
        source = sources[row["source_id"]]
        return source["edition"], _version(source)

    best: dict[tuple[str, str], Row] = {}
    for row in sorted(rows, key=lambda row: (row["grade"], row["source_id"])):
        best.setdefault(vintage(row), row)
    return [best[key] for key in sorted(best)]


def _version(source: Row) -> str:
    """The version within an edition, where the publisher numbers them; copies of one print are one vintage."""
    version = source["edition_version"] or ""
    return version if version.startswith("v") and version[1:2].isdigit() else ""


def _revision(table: str, older: Row, newer: Row, sources: dict[str, Row], figure: str, printed: str, year: str) -> Row:
    before, after = older[figure], newer[figure]
    numbers = before is not None and after is not None
    return {
        "table": table,
        "area": newer["area"],
        "year": newer[year],
        "from_source_id": older["source_id"],
        "to_source_id": newer["source_id"],
        "from_as_printed": older[printed],
        "to_as_printed": newer[printed],
        "from_t_reo": before,
        "to_t_reo": after,
        "change_t_reo": after - before if numbers else None,
        "change_percent": round(100 * (after - before) / before, 1) if numbers and before else None,
        "days_between": _days(sources[older["source_id"]], sources[newer["source_id"]]),
        "from_grade": older["grade"],
        "to_grade": newer["grade"],
        "note": _note(older, newer),
    }


def _days(older: Row, newer: Row) -> int | None:
    dates = [source["published_on"] or "" for source in (older, newer)]
    if all(len(text) == len("2026-05-27") for text in dates):
        return (date.fromisoformat(dates[1]) - date.fromisoformat(dates[0])).days
    return None


def _note(older: Row, newer: Row) -> str:
    bounds = {"greater_than", "less_than"}
    if {older["qualifier"], newer["qualifier"]} & bounds:
        return "One of the two is printed as a bound; the change is that of the bounds."
    return ""
