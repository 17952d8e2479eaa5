"""Footnotes under the tables of a chapter, and the codes that their first line explains."""

import re
from collections.abc import Iterable

from scripts.ingest.usgs_pdf_cells import CODES, HALF, markers_of
from scripts.ingest.usgs_pdf_lines import Line, UnreadablePdf

CODE = re.compile(r"(?:^|(?<=\. ))(—|[A-Z]{1,2}) ([A-Z][^.]*\.)")


def footnotes(lines: Iterable[Line]) -> tuple[dict[str, str], dict[str, str]]:
    """Footnotes by their markers, and meanings of codes such as ``NA``.

    Raises
    ------
    UnreadablePdf
        When a marker stands twice, or text stands before the first marker.
    """
    found: dict[str, str] = {}
    marker = ""
    for line in lines:
        for run in line.runs:
            place = f"page {line.page}, footnote {run.text!r}"
            if not run.raised:
                if not marker:
                    raise UnreadablePdf(f"{place}: text without a marker before the first footnote")
                found[marker] = f"{found[marker]} {run.text}".strip()
                continue
            (marker,) = _one(run.text, place)
            if marker in found:
                raise UnreadablePdf(f"{place}: the marker stands twice")
            found[marker] = ""
    codes = {}
    for key, text in found.items():
        if not key.isdigit() and (explained := dict(CODE.findall(text))):
            codes |= explained
            found[key] = CODE.sub("", text).strip()
    return found, codes


def _one(text: str, place: str) -> tuple[str]:
    try:
        markers = markers_of(text)
    except ValueError as error:
        raise UnreadablePdf(f"{place}: {error}") from error
    if len(markers) != 1:
        raise UnreadablePdf(f"{place}: expected one marker")
    return markers


def check_code(text: str, codes: dict[str, str], place: str) -> None:
    """Refuse a code that the chapter does not explain.

    Raises
    ------
    UnreadablePdf
        Naming the place.
    """
    if text in CODES and text not in codes:
        raise UnreadablePdf(f"{place}: {text!r} is printed, but no footnote explains it")


def half(markers: tuple[str, ...], notes: dict[str, str]) -> bool:
    """Whether a cell of a marker alone stands for less than half a unit."""
    return any(notes.get(marker, "").rstrip(".").casefold() == HALF.casefold() for marker in markers)
