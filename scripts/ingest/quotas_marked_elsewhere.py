"""Say that a figure is a quota where its own source forgets to, and another source says it.

USGS prints China's mining quota as its mine production. Some editions say so in a
footnote and some do not: version 1.1 of the 2026 edition took the footnote away while
the figure stayed. A reader of one row must not have to know that.
"""

from typing import Any

Row = dict[str, Any]


def mark_quotas(production: list[Row]) -> None:
    """Mark rows whose area, year and figure another source marks as a quota, in place.

    Parameters
    ----------
    production
        All rows of ``production_reported``.
    """
    marked: dict[tuple, str] = {}
    for row in sorted(production, key=lambda row: row["source_id"]):
        if row["measurement"] == "production_quota":
            marked.setdefault((row["area"], row["year"], row["quantity_t_reo"]), row["source_id"])
    for row in production:
        source = marked.get((row["area"], row["year"], row["quantity_t_reo"]))
        if source and row["measurement"] == "mine_output":
            row["measurement"] = "production_quota"
            note = f"A quota, not a measurement: {source} marks the same figure so, this source does not."
            row["note"] = f"{row['note']} {note}" if row["note"] else note
