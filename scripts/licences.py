"""The gate of licences: rows of sources that may not be passed on stay out of ``data/``.

They are written to ``local/held-back/``, which git ignores and no release reads, so that they can be
checked and are at hand when a licence is confirmed.
"""

from typing import Any

from scripts.local import extension

Row = dict[str, Any]


def withheld_sources(sources: list[Row]) -> set[str]:
    """Keys of the sources whose rows may not be passed on."""
    return {source["source_id"] for source in sources if source["redistributable"] is not True}


def split(rows: list[Row], withheld: set[str]) -> tuple[list[Row], list[Row]]:
    """Rows that may be released, and rows that may not.

    A row is held back when any column that names a source names one that is withheld.
    """
    released, held = [], []
    for row in rows:
        named = {value for name, value in row.items() if name == "source_id" or name.endswith("_source_id")}
        (held if named & withheld else released).append(row)
    return released, held


def hold_back(tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Take rows that may not be released out of the tables; returns them by table.

    The rows of ``sources`` itself stay: they say what is held back, and why.
    """
    withheld = withheld_sources(tables["sources"])
    held = {}
    for table in tables:
        if table != "sources":
            tables[table], kept = split(tables[table], withheld)
            if kept:
                held[table] = kept
    return held


def write_local(held: dict[str, list[Row]]) -> None:
    """Write what is held back to ``local/held-back/``."""
    extension.write("held-back", held)
