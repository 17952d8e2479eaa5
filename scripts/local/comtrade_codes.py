"""Areas and products as UN Comtrade numbers them."""

import csv
from collections.abc import Mapping
from functools import cache
from typing import Any

from scripts.local.answers import AnswerError
from scripts.reference import products
from scripts.tables import DATA

#: Codes of UN Comtrade that are no M49 codes of the same area: customs territories that are wider than the country.
WIDER = {"842": "USA", "251": "FRA", "699": "IND", "757": "CHE", "579": "NOR"}
OTHER_ASIA = {"490": "TWN"}
#: Codes of what is no area: not specified, bunkers, free zones, special categories, other countries of a region.
NO_AREA = {"899", "837", "838", "839", "568", "577", "527", "636", "637", "473"}
#: ISO codes as UN Comtrade writes them where they are not those of the area.
ISO = {"W00": "WLD", "S19": "TWN"}


@cache
def areas() -> dict[str, str]:
    """Area by UN Comtrade's number, without leading zeros."""
    with open(DATA / "areas.csv", encoding="utf-8", newline="") as file:
        m49 = {str(int(row["m49"])): row["area"] for row in csv.DictReader(file) if row["m49"]}
    return m49 | WIDER | OTHER_ASIA | {"0": "WLD"}


@cache
def codes() -> frozenset[str]:
    """Codes of the Harmonized System that ``products`` has."""
    return frozenset(str(row["code"]) for row in products.rows() if row["nomenclature"] == "HS")


def area_of(record: Mapping[str, Any], side: str, where: str) -> str:
    """The area of one side of a record, where number and code mean the same.

    Raises
    ------
    AnswerError
        When the number is not known, or the code is another area's.
    """
    number, iso = str(record[f"{side}Code"]), str(record[f"{side}ISO"]).strip()
    area = areas().get(number)
    if area is None:
        raise AnswerError(f"{where}, field {side}Code: unknown area {number} ({iso}); explain it in {__name__}")
    if ISO.get(iso, iso) != area:
        raise AnswerError(
            f"{where}, field {side}ISO: {iso!r} for {number}, which is {area}; find out which of the two is meant"
        )
    return area
