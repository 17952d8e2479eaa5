"""USGS Mineral Commodity Summaries 2025, the printed chapter: salient statistics, and the prices among them.

Read in the PDF itself. Its markers reach as they are set: one on a heading every row under it, one
on a year every row of that column; footnote 8 names the year that it speaks of.
"""

import re
from collections.abc import Iterator

from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, Row, compare
from scripts.ingest.statistic_footnotes import read_footnotes
from scripts.ingest.statistics import Cell, is_price, price_row, statistic_row
from scripts.ingest.usgs_mcs_chapters import CHAPTERS, chapter
from scripts.ingest.usgs_mcs_salient import TRANSCRIPTION
from scripts.ingest.usgs_pdf import SALIENT
from scripts.ingest.usgs_pdf_cells import PrintedCell

SOURCE = "usgs-mcs-2025"
#: Words of a series that specify its unit; the chapter counts in metric tons of oxide unless otherwise specified.
UNITS = {"dollars per kilogram": "dollars per kilogram", "percentage": "percent", "number": "number"}
#: Headings, and their markers that the transcription does not carry to the rows under them.
HEADINGS = {
    "Production": {"e"},
    "Imports": {"e", "4"},
    "Exports": {"e", "4"},
    "Net import reliance as a percentage of apparent consumption": {"7", "8"},
}
DROPPED = "the chapter marks the heading, which reaches every row under it; the transcription leaves that out"


def sources(raw: Raw) -> list[Row]:
    """None: the module of the world tables gives the row of this chapter."""
    return []


def _printed(raw: Raw) -> Iterator[tuple[str, PrintedCell]]:
    """Cells of the table, each with its series."""
    for cell in chapter(raw.path(CHAPTERS[SOURCE][0])).cells:
        if cell.table == SALIENT:
            yield cell.row.rstrip(":,"), cell


def _unit(series: str) -> str:
    return next((unit for words, unit in UNITS.items() if words in series), "metric tons REO")


def _cells(raw: Raw) -> Iterator[Cell]:
    for series, cell in _printed(raw):
        meaning = read_footnotes([text for _, text in cell.notes], f"{CHAPTERS[SOURCE][0]}, row {series!r}, {cell.column}")
        locator = f"table={SALIENT}; row={series}; column={cell.column}"
        yield Cell(SOURCE, series, int(cell.column), cell.text, _unit(series), locator, "A", meaning)


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows: salient statistics, and the prices among them again in ``prices``."""
    cells = list(_cells(raw))
    return {
        "us_salient_statistics": [statistic_row(cell) for cell in cells],
        "prices": [price_row(cell) for cell in cells if is_price(cell.series)],
    }


def _sorted(markers: set[str]) -> str:
    return " ".join(sorted(markers, key=lambda marker: (marker.isdigit(), marker.zfill(2))))


def _transcribed(footnotes: str) -> set[str]:
    """Markers of the footnotes that the transcription gives for a cell; that of its column stands there in words."""
    column = {"e"} if "year column marked e" in footnotes else set()
    return column | set(re.findall(r"(?:^|\| |; )(\w{1,2}): ", footnotes))


def _why(place: tuple, printed: str | None, transcribed: str | None) -> str:
    if place[0] != "markers" or printed is None or transcribed is None:
        return ""
    ours, theirs = set(printed.split()), set(transcribed.split())
    return DROPPED if theirs < ours and ours - theirs <= HEADINGS.get(place[1].split(":")[0], set()) else ""


def comparison(raw: Raw) -> Comparison:
    """Markers and units against the transcription; its figures are compared with all chapters together."""
    found, expected = {}, {}
    for series, cell in _printed(raw):
        found["markers", series, cell.column] = _sorted({marker for marker, _ in cell.notes})
        found["unit", series, cell.column] = _unit(series)
    for _, row in raw.transcription(TRANSCRIPTION):
        if row["edition"] == "2025":
            series = row["series"].rstrip(":,")
            expected["markers", series, row["year"]] = _sorted(_transcribed(row["footnotes"]))
            expected["unit", series, row["year"]] = row["unit"]
    return compare("usgs-mcs-2025, salient statistics (markers and units)", found, expected, _why)
