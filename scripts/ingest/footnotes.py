"""What the footnotes of USGS tables mean for a row. An unknown footnote stops the run."""

import re
from typing import NamedTuple


class Meaning(NamedTuple):
    """What a footnote says: observation status, what the figure measures, and a note in our words."""

    status: str = ""
    measurement: str = "mine_output"
    note: str = ""


ESTIMATED = Meaning(status="estimated")
REPORTED = Meaning(status="reported")
NOTHING = Meaning()
QUOTA = Meaning(
    measurement="production_quota",
    note="The source marks this as China's production quota; undocumented output is not covered.",
)


def _partner_imports(vendor: str) -> Meaning:
    return Meaning("estimated", "partner_imports", f"Estimated by the source from China's reported imports (data of {vendor}).")


#: Footnote text as USGS prints it (sentence by sentence) and what it means.
FOOTNOTES: dict[str, Meaning] = {
    "Estimated.": ESTIMATED,
    "Reported.": REPORTED,
    "Production quota; does not include undocumented production.": QUOTA,
    "Estimated based on reported import data for China. Source: Zen Innovations, Global Trade Tracker.": _partner_imports(
        "Zen Innovations"
    ),
    "Estimated based on reported import data for China. Source: Trade Data Monitor Inc.": _partner_imports(
        "Trade Data Monitor"
    ),
    "See Appendix C for resource and reserve definitions and information concerning data sources.": NOTHING,
    "For Australia, Joint Ore Reserves Committee-compliant or equivalent reserves were 3.3 million tons.": Meaning(
        note="The source adds that reserves complying with the JORC code or its like were 3.3 million t."
    ),
    "Reserves for Australia, Russia, Thailand, and the United States were revised based on company and Government reports.": Meaning(
        status="revised", note="The source says that it revised this figure on reports of companies and governments."
    ),
    "A 2015 report from OSCOM indicated that monazite reserves from their operations were 256,000 tons; rare-earth reserves were not reported.": Meaning(
        note="The source adds that OSCOM put the monazite reserves of its operations at 256,000 t in 2015 and stated no rare-earth reserves."
    ),
    "Official production quota. Illegal production could not be quantified.": QUOTA,
    "India's Department of Atomic Energy did not disclose monazite production data.": Meaning(
        note="The source adds that India's Department of Atomic Energy keeps monazite production to itself."
    ),
    "Rare-earth oxide content of exports.": Meaning(measurement="export_content"),
    "Includes bastnaesite only. Excludes monazite from heavy mineral sands.": Meaning(
        note="Bastnaesite only; monazite from heavy mineral sands is left out."
    ),
}


def combine(meanings: list[Meaning]) -> Meaning:
    """One meaning of several footnotes: the last that says something of a matter decides it."""
    status = next((m.status for m in reversed(meanings) if m.status), "")
    measurement = next((m.measurement for m in reversed(meanings) if m.measurement != "mine_output"), "mine_output")
    return Meaning(status, measurement, " ".join(dict.fromkeys(m.note for m in meanings if m.note)))


def read_footnotes(texts: list[str], place: str, *also: Meaning) -> Meaning:
    """Meaning of the footnotes of one cell.

    Parameters
    ----------
    texts
        Footnote texts as printed, without their markers; several sentences known
        by themselves may stand in one text.
    place
        File and cell, for the error.
    also
        Meanings from elsewhere, such as a column header; they come first.

    Raises
    ------
    ValueError
        When a text is not known.
    """
    meanings = list(also)
    for text in texts:
        rest = re.sub(r"\s+", " ", text).strip()
        while rest:
            known = next((k for k in FOOTNOTES if rest.startswith(k)), None)
            if known is None:
                raise ValueError(f"{place}: unknown footnote {rest!r}; add its meaning to {__name__}.FOOTNOTES")
            meanings.append(FOOTNOTES[known])
            rest = rest[len(known) :].strip()
    return combine(meanings)
