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


#: Codes of other publishers that are no ISO 3166-1 codes. S19 is CEPII's for 490, Other Asia, by its convention Taiwan;
#: EU27 and EU28 are the European Union with its members of the time.
OTHER_CODES = {"S19": "TWN", "EU27": "EUU", "EU28": "EUU"}


@cache
def _by_code() -> dict[str, str]:
    codes = dict(OTHER_CODES)
    with open(AREAS_CSV, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            codes |= {code: row["area"] for code in (row["area"], row["iso_alpha2"]) if code}
    return codes


def area_of_code(code: str, place: str) -> str:
    """Code of an area from an ISO 3166-1 alpha-2 or alpha-3 code, or a publisher's own code that is explained here.

    Raises
    ------
    ValueError
        When no area has that code.
    """
    try:
        return _by_code()[code]
    except KeyError:
        raise ValueError(
            f"{place}: unknown code of an area {code!r}; explain it in {__name__} or add it to area_names.toml"
        ) from None


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
