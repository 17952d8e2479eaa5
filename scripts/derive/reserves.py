"""The table ``reserves``: one chosen figure for each area and year of statement."""

from scripts.derive.chosen import Row, chosen_rows


def rows(tables: dict[str, list[Row]]) -> list[Row]:
    """Rows of ``reserves``."""
    return chosen_rows(
        tables["reserves_reported"], tables["sources"], ["area", "as_of_year"], "reserves_t_reo", ["qualifier", "status"]
    )
