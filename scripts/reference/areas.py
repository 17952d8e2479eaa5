"""Make the table ``areas`` from ISO 3166-1 and our own list of names.

Codes come from ``pycountry`` (ISO 3166-1, whose numbers are the M49 codes). Short
names and membership of the United Nations come from the table that
``country_converter`` ships, read as text: its Python interface takes Namibia's
``NA`` for a missing value.
"""

import csv
import tomllib
from importlib.resources import files
from pathlib import Path

import pycountry

NAMES = Path(__file__).with_name("area_names.toml")


def converter_rows() -> dict[str, dict[str, str]]:
    """Rows of the table that ``country_converter`` ships, by alpha-3 code."""
    table = files("country_converter").joinpath("country_data.tsv").read_text(encoding="utf-8")
    return {row["ISO3"]: row for row in csv.DictReader(table.splitlines(), delimiter="\t")}


def rows() -> list[dict[str, object]]:
    """Rows of ``areas``: all of ISO 3166-1, then our own codes.

    Raises
    ------
    ValueError
        When the list of names speaks of an area that ISO 3166-1 does not have.
    """
    own = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    wordings: dict[str, list[str]] = own["names"]
    known = converter_rows()
    result: list[dict[str, object]] = []
    for country in pycountry.countries:
        entry = known[country.alpha_3]
        result.append(
            {
                "area": country.alpha_3,
                "name": entry["name_short"],
                "iso_alpha2": country.alpha_2,
                "m49": country.numeric,
                "kind": "country" if entry["UNmember"] else "territory",
                "names_in_sources": "; ".join(wordings.pop(country.alpha_3, [])),
            }
        )
    if wordings:
        raise ValueError(f"{NAMES.name}: names for areas that are not in ISO 3166-1: {sorted(wordings)}")
    for code, entry in own["own"].items():
        result.append({"area": code, "names_in_sources": "; ".join(entry.pop("names")), **entry})
    return result
