"""Read one cell of a printed table: its figure as printed, apart from its footnote markers."""

import re
from typing import NamedTuple

from scripts.ingest.figures import Figure
from scripts.ingest.statistics import WORDS, Value, read_value

#: Figures as these tables print them: from 1,000 on with separators, so that digits that ran together are seen.
NUMBER = r"(?:\d{1,3}|\d{1,3}(?:,\d{3})+)(?:\.\d+)?"
FIGURE = re.compile(rf"[<>]?{NUMBER}|{NUMBER}–{NUMBER}", re.ASCII)
#: Codes without a figure; what each means is printed under the table, where it must be.
CODES = frozenset({"—", "NA", "W", *WORDS})
HALF = "Less than ½ unit"
MARKER = re.compile(r"\(?([a-z]|\d{1,2})\)?", re.ASCII)


class PrintedCell(NamedTuple):
    """One printed cell.

    ``page`` counts from 1 in the file. ``markers`` are those of the cell itself, ``notes`` the footnotes
    that reach it: from its column, from the labels of its row, and its own, each as marker and text.
    """

    page: int
    table: str
    row: str
    column: str
    text: str
    markers: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def value(self) -> Value:
        """The figure; "Less than ½ unit" is less than half of one."""
        return value_of(self.text)


def value_of(text: str) -> Value:
    """Value of a cell's text.

    Raises
    ------
    ValueError
        When the text is nothing that these tables print.
    """
    if text == HALF:
        figure = Figure(0.5, "less_than")
        return Value(figure.value, None, None, figure.qualifier)
    if text in CODES or FIGURE.fullmatch(text):
        return read_value(text)
    raise ValueError(
        f"{text!r} is no figure: expected a number, a bound, a range, a dash, {', '.join(sorted(CODES - {'—'}))} or {HALF!r}"
    )


def markers_of(text: str) -> tuple[str, ...]:
    """Markers of a raised text such as ``e, 4``.

    Raises
    ------
    ValueError
        When a part of it is no marker.
    """
    found = []
    for part in text.replace(" ", "").split(","):
        match = MARKER.fullmatch(part)
        if not match:
            raise ValueError(
                f"{text!r} is no footnote marker: expected letters or numbers of one or two digits, with commas between"
            )
        found.append(match[1])
    return tuple(found)
