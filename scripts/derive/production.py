"""The table ``production``: one chosen figure for each area, year and stage."""

from scripts.derive.chosen import Row, chosen_rows


def rows(tables: dict[str, list[Row]]) -> list[Row]:
    """Rows of ``production``."""
    return chosen_rows(
        tables["production_reported"],
        tables["sources"],
        ["area", "year", "stage"],
        "quantity_t_reo",
        ["qualifier", "status", "measurement"],
    )
