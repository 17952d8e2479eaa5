"""USGS Mineral Commodity Summaries, salient statistics of the editions 2014 to 2021, from the transcription.

They exist as PDF only and were read in text copies, each of which is a source of its own.
"""

import re

from scripts.ingest.raw import Raw
from scripts.ingest.rows import Row, join_notes
from scripts.ingest.statistic_footnotes import read_footnotes
from scripts.ingest.statistics import Cell, is_price, price_row, statistic_row
from scripts.ingest.usgs import MCS, usgs_source

TRANSCRIPTION = "usgs_mcs_salient_us.csv"
#: Edition -> key of its source, and who offers the copy that was read.
EDITIONS = {
    "2021": ("usgs-mcs-2021-via-docslib", "docslib.org"),
    "2019": ("usgs-mcs-2019-via-docslib", "docslib.org"),
    "2016": ("usgs-mcs-2016-via-docslib", "docslib.org"),
    "2014": ("usgs-mcs-2014-via-slidelegend", "slidelegend.com"),
}
INFERRED = "The copy lost the name of the element; it was inferred from the fixed order of the table."
#: Notes of the transcription, in our words; other texts stop the run.
NOTES = {
    "": "",
    "marked e": "",
    "the stored excerpt ends after the prices": "",
    "labels and columns are separated in the copy; matched by order (column-wise)": "The copy has labels and figures apart; they were matched by their order.",
    "the stored excerpt ends inside the 2011 column": "",
    "the copy dropped the element name (hyperlinked word); element inferred from the fixed order of the table": INFERRED,
}


def sources(raw: Raw) -> list[Row]:
    """The rows of ``sources``."""
    pages = {row["edition"]: row for _, row in raw.transcription(TRANSCRIPTION)}
    return [
        usgs_source(
            source_id,
            MCS,
            edition,
            f"Mineral Commodity Summaries {edition}: Rare earths (as copied by {copied_by})",
            published_on=edition,
            restated_by=copied_by,
            url=pages[edition]["found_at"].removeprefix("page: "),
            licence="facts-cite",
            note="Read in a text copy, not in the document itself.",
        )
        for edition, (source_id, copied_by) in EDITIONS.items()
    ]


def _texts(row: dict[str, str]) -> list[str]:
    """Footnotes of a row: separated by bars, the mark of a column also by a semicolon."""
    text = re.sub(r"^(\d{4} column marked e); ", r"\1 | ", row["footnotes"])
    return text.split(" | ")


def _note(row: dict[str, str], place: str) -> str:
    parts = row["note"].split("; ")
    text = row["note"]
    if text in NOTES:
        return NOTES[text]
    found = []
    while parts:
        # A known note may hold a semicolon itself: take the longest that is known.
        size = next((n for n in range(len(parts), 0, -1) if "; ".join(parts[:n]) in NOTES), 0)
        if not size:
            raise ValueError(f"{place}, column note: unknown note {text!r}; add its meaning to {__name__}.NOTES")
        found.append(NOTES["; ".join(parts[:size])])
        parts = parts[size:]
    return join_notes(*found)


def _cells(raw: Raw):
    for line, row in raw.transcription(TRANSCRIPTION):
        if row["edition"] not in EDITIONS:
            continue
        place = f"{TRANSCRIPTION}, line {line}"
        series, year = re.sub(r"[\[\]]", "", row["series"]).rstrip(":,"), int(row["year"])
        meaning = read_footnotes(_texts(row), place, series, year)
        if row["note"] == "marked e":
            meaning = meaning._replace(status="estimated")
        source_id, _ = EDITIONS[row["edition"]]
        locator = f"table=Salient Statistics; row={series}; column={year}"
        yield Cell(
            source_id, series, year, row["value_as_printed"], row["unit"], locator, row["grade"], meaning, _note(row, place)
        )


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows: salient statistics, and the prices among them again in ``prices``."""
    cells = list(_cells(raw))
    return {
        "us_salient_statistics": [statistic_row(cell) for cell in cells],
        "prices": [price_row(cell) for cell in cells if is_price(cell.series)],
    }
