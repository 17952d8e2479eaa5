"""What footnotes of salient statistics and prices mean. An unknown footnote stops the run."""

import re
from typing import NamedTuple


class Meaning(NamedTuple):
    """What footnotes say: observation status, a note in our words, delivery terms and origin of a price."""

    status: str = ""
    note: str = ""
    delivery: str = ""
    quoted_from: str = ""


ESTIMATED = Meaning(status="estimated")
NON_FERROUS = "Argus Non-Ferrous Markets"
WITH_ASIAN_METAL = "Argus Non-Ferrous Markets; Asian Metal"
NET = "The source defines it as imports less exports."
NET_BLIND = "The source defines it as imports less exports and has no quantities of exports."

FOOTNOTES: dict[str, Meaning] = {
    "Estimated": ESTIMATED,
    "Estimated (marker on the heading)": ESTIMATED,
    "Estimated (marker on the row label)": ESTIMATED,
    "Revised": Meaning(status="revised"),
    "Excludes monazite concentrates": Meaning(note="Monazite concentrates are left out."),
    "Excludes monazite concentrates for 2021–24": Meaning(note="Monazite concentrates are left out for 2021 to 2024."),
    "Production includes compounds from California and Utah. Data are rounded to two significant digits": Meaning(
        note="Compounds made in California and Utah, rounded to two significant digits."
    ),
    "In 2023 and 2024, reported production includes that for praseodymium and neodymium compounds in California and rare-earth compounds in Utah. Other rare-earth compounds were produced in California, but data were not in the reported totals shown. Total domestic production in 2023 and 2024 was 1,920 tons and 7,600 tons, respectively": Meaning(
        note="For 2023 and 2024 other compounds made in California are left out; with them the source gives 1,920 t and 7,600 t."
    ),
    "REO equivalent or content of various materials were estimated. Source: U.S. Census Bureau": Meaning(
        note="The source estimated the oxide content; trade data of the U.S. Census Bureau."
    ),
    "REO equivalent or content of various materials were estimated from Trade Mining LLC shipping records": Meaning(
        note="The source estimated the oxide content from shipping records of Trade Mining."
    ),
    "Estimated from Trade Mining LLC shipping records": Meaning(note="From shipping records of Trade Mining."),
    "Defined as production + imports – exports": Meaning(note="The source defines it as production plus imports less exports."),
    "Defined as imports – exports": Meaning(note=NET),
    "Defined as imports – exports. Quantitative export data were not available": Meaning(note=NET_BLIND),
    "Defined as imports – exports. Rounded to one significant digit. Yttrium consumed domestically was imported or refined from imported materials": Meaning(
        note=f"{NET} Rounded to one significant digit."
    ),
    "Domestic production of mineral concentrates was stockpiled or exported. Consumers of compounds and metals were reliant on imports and stockpiled inventory of compounds and metals": Meaning(
        note="Domestic concentrates were exported or stockpiled; users relied on imports and stocks."
    ),
    "In 2020, all domestic production of mineral concentrates was exported or held in inventory, and all compounds and metals consumed were assumed to be imported material": Meaning(
        note="For 2020 the source says that all domestic concentrates were exported or stocked, and takes all compounds and metals used to be imports."
    ),
    "Includes data for the following Schedule B number: 2846.90.2015": Meaning(note="Exports under Schedule B 2846.90.2015."),
    "Data adjusted by the U.S. Geological Survey to exclude low-value shipments. The U.S. Census Bureau reported 1,300 metric tons of exports in 2024 and 630 metric tons of exports through July 2025": Meaning(
        note="Low-value shipments are left out; with them the Census Bureau gives 1,300 t for 2024 and 630 t to July 2025."
    ),
    "Sources: MP Materials Corp filings with the U.S. Securities and Exchange Commission": Meaning(
        note="From filings of MP Materials."
    ),
    "Includes only the rare earths derived from bastnaesite": Meaning(note="Bastnaesite only."),
    "Free on board. Source: Argus Media group, Argus Non-Ferrous Markets": Meaning(delivery="fob", quoted_from=NON_FERROUS),
    "Source: Argus Media Group, Argus Non-Ferrous Markets": Meaning(quoted_from=NON_FERROUS),
    "Free on board. Sources: Argus Media group, Argus Non-Ferrous Markets and Asian Metal Ltd": Meaning(
        delivery="fob", quoted_from=WITH_ASIAN_METAL
    ),
    "Source: Argus Media group – Argus Metals International": Meaning(quoted_from="Argus Metals International"),
    "China, free on board": Meaning(delivery="fob_china"),
    "Free on board China. Source: Argus Media group, Argus Rare Earths": Meaning(
        delivery="fob_china", quoted_from="Argus Rare Earths"
    ),
    "Ex-works China": Meaning(delivery="ex_works_china"),
    "Source: Asian Metal Ltd": Meaning(quoted_from="Asian Metal"),
    "Source: Stanford Materials Corp": Meaning(quoted_from="Stanford Materials"),
    "Five-kilogram lot size": Meaning(note="Lots of five kilograms."),
    "e appears beside 2012 and the last column: placement lost in the copy": Meaning(
        note="Which years are estimates cannot be told from the copy."
    ),
}
MARK = re.compile(r"^\w(?: \(shortened\))?: ")
COLUMN = re.compile(r"^(?P<year>\d{4}) column marked e$")
TRADE = "Imports/Exports marked 2, e"


def combine(meanings: list[Meaning]) -> Meaning:
    """One meaning of several footnotes: each matter from the footnotes that speak of it."""
    notes = " ".join(dict.fromkeys(m.note for m in meanings if m.note))
    status, delivery, quoted = (
        next((value for m in reversed(meanings) if (value := getattr(m, name))), "")
        for name in ("status", "delivery", "quoted_from")
    )
    return Meaning(status, notes, delivery, quoted)


def read_footnotes(texts: list[str], place: str, series: str = "", year: int = 0) -> Meaning:
    """Meaning of the footnotes of one cell.

    Parameters
    ----------
    texts
        Footnotes as printed, with or without their marker.
    place
        File and cell, for the error.
    series, year
        What the cell is of: some copies say which columns and rows are marked.

    Raises
    ------
    ValueError
        When a text is not known.
    """
    meanings = []
    for text in filter(None, texts):
        words = MARK.sub("", text.strip()).removesuffix(".")
        if match := COLUMN.match(words):
            meanings += [ESTIMATED] if int(match["year"]) == year else []
        elif words == TRADE:
            meanings += [ESTIMATED] if series.startswith(("Imports", "Exports")) else []
        elif words in FOOTNOTES:
            meanings.append(FOOTNOTES[words])
        else:
            raise ValueError(f"{place}: unknown footnote {words!r}; add its meaning to {__name__}.FOOTNOTES")
    return combine(meanings)
