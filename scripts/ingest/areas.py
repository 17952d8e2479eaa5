"""Find the area that a source's wording means. A wording that is not listed stops the run."""

import csv
from functools import cache
from pathlib import Path

AREAS_CSV = Path(__file__).parents[2] / "data" / "areas.csv"


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    with open(AREAS_CSV, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in [row["name"], *filter(None, row["names_in_sources"].split("; "))]:
                codes[name] = row["area"]
    return codes


def area_code(name: str, place: str) -> str:
    """Code of an area from the exact name in a source.

    Raises
    ------
    ValueError
        When no area goes by that name.
    """
    try:
        return _codes()[name]
    except KeyError:
        raise ValueError(
            f"{place}: unknown area {name!r}; add the wording to names_in_sources in scripts/reference/area_names.toml"
        ) from None


@cache
def area_names() -> dict[str, str]:
    """Names of areas by their codes."""
    with open(AREAS_CSV, encoding="utf-8", newline="") as file:
        return {row["area"]: row["name"] for row in csv.DictReader(file)}
