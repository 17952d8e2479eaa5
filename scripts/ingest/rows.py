"""Build fact rows, so that each source module only says what is its own."""

from collections.abc import Iterable
from typing import NamedTuple

from scripts.ingest.figures import read_figure
from scripts.ingest.footnotes import Meaning

Row = dict[str, object]


def join_notes(*notes: str) -> str:
    """Join notes, each once, with a space between."""
    return " ".join(dict.fromkeys(note for note in notes if note))


def _figure(stem: str, as_printed: str, meaning: Meaning, rounded: bool, blank_zero: bool = False) -> Row:
    value, qualifier = read_figure(as_printed)
    if blank_zero and qualifier == "nil":
        value, qualifier = None, "blank"
    if rounded and qualifier == "exact":
        qualifier = "rounded"
    status = "" if value is None or qualifier == "nil" else meaning.status
    return {f"{stem}_t_reo": value, f"{stem}_as_printed": as_printed, "qualifier": qualifier, "status": status}


def production_row(
    source_id: str,
    area: str,
    year: int,
    as_printed: str,
    locator: str,
    grade: str,
    meaning: Meaning = Meaning(),
    rounded: bool = False,
    blank_zero: bool = False,
    stage: str = "mine",
) -> Row:
    """A row of ``production_reported`` from one printed cell."""
    return {
        "source_id": source_id,
        "area": area,
        "year": year,
        "stage": stage,
        **_figure("quantity", as_printed, meaning, rounded, blank_zero),
        "measurement": meaning.measurement,
        "locator": locator,
        "grade": grade,
        "note": meaning.note,
    }


def reserves_row(
    source_id: str,
    area: str,
    as_of_year: int | None,
    as_printed: str,
    locator: str,
    grade: str,
    meaning: Meaning = Meaning(),
    rounded: bool = False,
) -> Row:
    """A row of ``reserves_reported`` from one printed cell."""
    return {
        "source_id": source_id,
        "area": area,
        "as_of_year": as_of_year,
        **_figure("reserves", as_printed, meaning, rounded),
        "locator": locator,
        "grade": grade,
        "note": meaning.note,
    }


class Comparison(NamedTuple):
    """What came of comparing a raw file with its transcription.

    ``compared`` counts figures; each difference names the place, what the raw
    file holds, what the transcription holds, and why if that is known.
    """

    name: str
    compared: int
    differences: list[tuple[str, str, str, str]]


def compare(name: str, raw: dict, transcribed: dict, explain=lambda place, a, b: "") -> Comparison:
    """Compare figures by place: equal text after removing thousands separators counts as equal."""
    found: list[tuple[str, str, str, str]] = []
    for place in sorted(set(raw) | set(transcribed), key=str):
        a, b = raw.get(place), transcribed.get(place)
        if plain(a) != plain(b):
            shown = tuple("(no row)" if cell is None else cell or "(empty)" for cell in (a, b))
            found.append((" ".join(map(str, place)), *shown, explain(place, a, b)))
    return Comparison(name, len(set(raw) & set(transcribed)), found)


def plain(text: str | None) -> str | None:
    """A figure's text without thousands separators and without a trailing ``.0``."""
    return None if text is None else text.replace(",", "").removesuffix(".0")


def require_columns(place: str, found: Iterable[str], expected: Iterable[str]) -> None:
    """Stop when a file has not exactly the columns that its module knows.

    Raises
    ------
    ValueError
        Naming the file and the columns that are new or gone.
    """
    found, expected = list(found), list(expected)
    if found != expected:
        new = [c for c in found if c not in expected]
        gone = [c for c in expected if c not in found]
        raise ValueError(
            f"{place}: columns have changed (new: {new}, gone: {gone}); "
            "read what the publisher says of them and teach the ingest module"
        )
