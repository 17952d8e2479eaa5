"""Lines of a PDF page: body text and raised markers told apart by the size and the height of each character."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber
from pdfplumber.utils.exceptions import PdfminerException

#: How far a size or a baseline may be off, in points: PDFs of one layout agree to a hundredth.
SIZE_TOLERANCE = 0.2
BASE_TOLERANCE = 0.6
#: Widest gap inside a run, in points: a space is 2.8 at the size of the tables, columns are 13 or more apart.
GAP = 4.0


class UnreadablePdf(ValueError):
    """A PDF is not one that the layout describes; the message names the place."""


class Sizes(NamedTuple):
    """Sizes of one kind of text in points: its letters, its raised markers, and how high these are raised."""

    body: float
    marker: float
    rise: float


class Run(NamedTuple):
    """Characters that stand together on a line: left and right edge in points, and whether they are raised."""

    text: str
    left: float
    right: float
    raised: bool


class Line(NamedTuple):
    """One line: page of the file (from 1), height of its baseline in points, runs from left to right."""

    page: int
    base: float
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """Body text of the line, without markers."""
        return join(run for run in self.runs if not run.raised)


def join(runs: Iterator[Run]) -> str:
    """Text of runs with one space where there is a gap."""
    return " ".join(" ".join(run.text for run in runs).split())


def characters(path: Path) -> list[list[dict[str, Any]]]:
    """Characters of each page that are seen; blanks are left out.

    Raises
    ------
    UnreadablePdf
        When the file is encrypted, damaged, or a page is a picture without text.
    """
    try:
        with pdfplumber.open(path) as pdf:
            if pdf.doc.encryption:
                raise UnreadablePdf(f"{path.name}: the PDF is encrypted; get the publisher's own file")
            pages = [[char for char in page.chars if not char["text"].isspace()] for page in pdf.pages]
            pictures = [number for number, page in enumerate(pdf.pages, 1) if page.images and not pages[number - 1]]
    except PdfminerException as error:
        reason = type(error.args[0]).__name__ if error.args else "damaged"
        raise UnreadablePdf(f"{path.name}: cannot be read as a PDF ({reason}); encrypted or damaged") from error
    if pictures or not any(pages):
        where = f"page {pictures[0]}" if pictures else "every page"
        raise UnreadablePdf(f"{path.name}, {where}: a picture without text, as a scan has; transcribe it by hand")
    return pages


def _upright(char: dict[str, Any]) -> bool:
    a, b, c, d, _, _ = char["matrix"]
    return abs(b) < 1e-6 and abs(c) < 1e-6 and a > 0 and d > 0


def _base(char: dict[str, Any]) -> float:
    return char["matrix"][5]


def lines(chars: list[dict[str, Any]], page: int, sizes: Sizes) -> list[Line]:
    """Lines of one kind of text from top to bottom; text of other sizes is left out.

    Raises
    ------
    UnreadablePdf
        When a character of the markers' size stands at no line's marker height.
    """
    bases: list[float] = []
    members: dict[float, list[tuple[dict[str, Any], bool]]] = {}
    body = [char for char in chars if abs(char["size"] - sizes.body) <= SIZE_TOLERANCE and _upright(char)]
    for char in sorted(body, key=_base, reverse=True):
        if not bases or bases[-1] - _base(char) > BASE_TOLERANCE:
            bases.append(_base(char))
        members.setdefault(bases[-1], []).append((char, False))
    for char in chars:
        if abs(char["size"] - sizes.marker) <= SIZE_TOLERANCE:
            under = [base for base in bases if abs(_base(char) - base - sizes.rise) <= BASE_TOLERANCE]
            if not under:
                place = f"page {page}, {char['x0']:.0f} pt from the left, {_base(char):.0f} pt from below"
                raise UnreadablePdf(f"{place}: small character {char['text']!r} is not raised over a line")
            members[under[0]].append((char, True))
    return [Line(page, base, tuple(_runs(members[base]))) for base in bases]


def strays(chars: list[dict[str, Any]], bottom: float, top: float, sizes: Sizes) -> str:
    """Text between two heights that is neither of the body's nor of the markers' size, or not upright: it would be lost."""
    known = (sizes.body, sizes.marker)
    between = [char for char in chars if bottom < _base(char) < top]
    lost = [char for char in between if not _upright(char) or min(abs(char["size"] - size) for size in known) > SIZE_TOLERANCE]
    return "".join(char["text"] for char in sorted(lost, key=lambda char: (-_base(char), char["x0"])))


def _runs(members: list[tuple[dict[str, Any], bool]]) -> Iterator[Run]:
    current: Run | None = None
    for char, raised in sorted(members, key=lambda member: member[0]["x0"]):
        gap = char["x0"] - current.right if current else 0.0
        if current and current.raised == raised and gap < GAP:
            space = " " if gap > 0.1 * char["size"] else ""
            current = Run(current.text + space + char["text"], current.left, char["x1"], raised)
        else:
            if current:
                yield current
            current = Run(char["text"], char["x0"], char["x1"], raised)
    if current:
        yield current
