"""Read the tables of a chapter PDF of USGS Mineral Commodity Summaries.

Footnote markers are told apart from digits by their size and height, columns by where their figures
end. Layouts are described per range of editions in ``usgs_pdf_layouts.toml``; what they do not
describe is refused with its place and never guessed.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from scripts.ingest.usgs import TABLE
from scripts.ingest.usgs_pdf_cells import PrintedCell, markers_of, value_of
from scripts.ingest.usgs_pdf_lines import Line, Sizes, UnreadablePdf, characters, lines, strays
from scripts.ingest.usgs_pdf_notes import check_code, footnotes, half
from scripts.ingest.usgs_pdf_tables import Place, TableRow, column_of, rows

LAYOUTS = Path(__file__).with_name("usgs_pdf_layouts.toml")
SALIENT = "Salient Statistics"
FOOTER = re.compile(r"U\.S\. Geological Survey, Mineral Commodity Summaries, \w+ (?P<edition>\d{4})")
HEADINGS = {"salient": "Salient Statistics—United States:", "world": f"{TABLE}:"}
ENDS = {"salient": "Recycling:", "world": "World Resources:"}
NOTES_AFTER = "Substitutes:"


class Chapter(NamedTuple):
    """A chapter: title, edition (the year it is of), its printed cells, footnotes by marker."""

    title: str
    edition: int
    cells: list[PrintedCell]
    footnotes: dict[str, str]


@cache
def _described() -> dict[str, Any]:
    return tomllib.loads(LAYOUTS.read_text(encoding="utf-8"))


def read_chapter(path: Path) -> Chapter:
    """Every printed cell of the tables of a chapter.

    Parameters
    ----------
    path
        The PDF.

    Returns
    -------
    Chapter
        Cells of "Salient Statistics" and of "World Mine Production and Reserves", as printed.

    Raises
    ------
    UnreadablePdf
        When the PDF is encrypted, scanned, of an edition that no layout describes, or has anything in
        a table that does not fit; the message names file, page, table, row and column.
    """
    pages = characters(path)
    try:
        return _chapter(pages)
    except UnreadablePdf as error:
        raise UnreadablePdf(f"{path.name}, {error}") from error


def _chapter(pages: list[list[dict[str, Any]]]) -> Chapter:
    sizes = Sizes(*(_described()["text"][name] for name in Sizes._fields))
    text = [line for number, chars in enumerate(pages, 1) for line in lines(chars, number, sizes)]
    title, title_markers = _title(pages[0])
    edition = _edition(text)
    layout = _layout(edition, title)
    notes, codes = footnotes(_note_lines(pages, text))
    cells = []
    for kind in layout["tables"]:
        reader = {"salient": _salient, "world": _world}[kind]
        region, bottom = _region(text, kind)
        place = Place(region[0].page, HEADINGS[kind].rstrip(":"))
        if lost := strays(pages[place.page - 1], bottom, region[0].base, sizes):
            raise place.refuse(f"text in a size that the layout does not know: {lost[:40]!r}")
        cells += reader(region, layout[kind], edition, notes)
    for cell in cells:
        place = Place(cell.page, cell.table, cell.row, cell.column)
        try:
            value_of(cell.text)
        except ValueError as error:
            raise place.refuse(str(error)) from error
        check_code(cell.text, codes, f"page {cell.page}, {cell.table}, row {cell.row!r}, column {cell.column!r}")
    used = {marker for line in text for run in line.runs if run.raised for marker in _markers(line, run.text)} | title_markers
    if used != set(notes):
        unknown, idle = sorted(used - set(notes)), sorted(set(notes) - used)
        raise UnreadablePdf(f"footnotes: markers without a footnote {unknown}, footnotes without a marker {idle}")
    return Chapter(title, edition, cells, notes)


def _title(chars: list[dict[str, Any]]) -> tuple[str, set[str]]:
    sizes = Sizes(*(_described()["title"][name] for name in Sizes._fields))
    large = lines([char for char in chars if char["size"] > sizes.marker + 1], 1, sizes)
    if not large:
        raise UnreadablePdf("page 1: no title in the size of a chapter's title")
    base = large[0].base
    line = lines([char for char in chars if base - 1 < char["matrix"][5] < base + sizes.rise + 1], 1, sizes)[0]
    return line.text, {marker for run in line.runs if run.raised for marker in _markers(line, run.text)}


def _markers(line: Line, text: str) -> tuple[str, ...]:
    try:
        return markers_of(text)
    except ValueError as error:
        raise UnreadablePdf(f"page {line.page}, line {line.text[:40]!r}: {error}") from error


def _edition(text: list[Line]) -> int:
    found = {int(match["edition"]) for line in text if (match := FOOTER.fullmatch(line.text))}
    if len(found) != 1:
        raise UnreadablePdf(f"last page: expected one footer that names the edition, found {sorted(found) or 'none'}")
    return found.pop()


def _layout(edition: int, title: str) -> dict[str, Any]:
    for layout in _described()["layouts"]:
        first, last = layout["editions"]
        if first <= edition <= last and layout["chapter"] == title:
            return layout
    known = [f"{layout['chapter']} {layout['editions'][0]}–{layout['editions'][1]}" for layout in _described()["layouts"]]
    raise UnreadablePdf(
        f"page 1: no layout is described for {title!r} of the edition {edition} (there are: {'; '.join(known)}); "
        f"look at its pages and describe it in {LAYOUTS.name}"
    )


def _note_lines(pages: list[list[dict[str, Any]]], text: list[Line]) -> list[Line]:
    after = next((line for line in text if line.text.startswith(NOTES_AFTER)), None)
    if after is None:
        raise UnreadablePdf(f"every page: no heading {NOTES_AFTER!r}, after which the footnotes stand")
    sizes = Sizes(*(_described()["notes"][name] for name in Sizes._fields))
    chars = [char for char in pages[after.page - 1] if char["matrix"][5] < after.base]
    return lines(chars, after.page, sizes)


def _region(text: list[Line], kind: str) -> tuple[list[Line], float]:
    """Lines from the heading of a table to the heading after it, and the height of that one."""
    starts = [number for number, line in enumerate(text) if line.text.startswith(HEADINGS[kind])]
    if len(starts) != 1:
        raise UnreadablePdf(f"every page: expected one table {HEADINGS[kind]!r}, found {len(starts)}")
    ends = [number for number, line in enumerate(text) if line.text.startswith(ENDS[kind]) and number > starts[0]]
    if not ends or text[ends[0]].page != text[starts[0]].page:
        raise UnreadablePdf(f"page {text[starts[0]].page}, {HEADINGS[kind]!r}: no {ENDS[kind]!r} after it on its page")
    return text[starts[0] : ends[0]], text[ends[0]].base


def _years(line: Line, layout: dict[str, Any], edition: int, place: Place) -> dict[int, tuple[str, ...]]:
    """Check that a header has the years of its columns; gives the markers of each column."""
    runs = [run for run in line.runs if run.left >= layout["labels_end"]]
    expected = [(number, str(edition + column["year"])) for number, column in enumerate(layout["columns"]) if "year" in column]
    years = [run for run in runs if not run.raised]
    if [run.text for run in years] != [year for _, year in expected]:
        raise place.refuse(f"header: expected the years {[year for _, year in expected]}, found {[run.text for run in years]}")
    markers: dict[int, tuple[str, ...]] = {}
    for (number, year), run in zip(expected, years, strict=True):
        after = [other for other in runs if other.raised and 0 <= other.left - run.right + 1 < 2]
        edge = (after or [run])[-1]
        if column_of(edge, layout, place) != number:
            raise place.refuse(f"header: the year {year} does not end where its column does")
        markers[number] = tuple(marker for other in after for marker in _markers(line, other.text))
    return markers


def _salient(region: list[Line], layout: dict[str, Any], edition: int, notes: dict[str, str]) -> list[PrintedCell]:
    place = Place(region[0].page, SALIENT)
    columns = _years(region[0], layout, edition, place)
    above: list[tuple[str, int, tuple[str, ...]]] = []
    cells = []
    for row in rows(region[1:], layout, SALIENT):
        above = [entry for entry in above if entry[1] < row.label.depth]
        if not row.cells:
            if not row.label.text.endswith(":"):
                raise row.place.refuse("a label without figures that is no heading")
            above.append((row.label.text.rstrip(":"), row.label.depth, row.label.markers))
            continue
        if row.label.depth > len(above):
            raise row.place.refuse("indented, but under no heading")
        series = ": ".join([*(entry[0] for entry in above), row.label.text])
        markers = (*(marker for entry in above for marker in entry[2]), *row.label.markers)
        names = {number: str(edition + column["year"]) for number, column in enumerate(layout["columns"])}
        cells += _printed(row, series, names, {number: (*columns[number], *markers) for number in names}, notes)
    return cells


def _world(region: list[Line], layout: dict[str, Any], edition: int, notes: dict[str, str]) -> list[PrintedCell]:
    place = Place(region[0].page, TABLE)
    groups = list(dict.fromkeys(column["group"] for column in layout["columns"]))
    start = next((number for number, line in enumerate(region) if line.text == " ".join(groups)), None)
    if start is None or start + 2 > len(region):
        raise place.refuse(f"header: no line {' '.join(groups)!r}")
    over: dict[str, tuple[str, ...]] = {}
    for run in region[start].runs:
        if not run.raised:
            group = run.text
        else:
            over[group] = over.get(group, ()) + _markers(region[start], run.text)
    years = _years(region[start + 1], layout, edition, place)
    names = {
        n: " ".join([c["group"], *([str(edition + c["year"])] if "year" in c else [])]) for n, c in enumerate(layout["columns"])
    }
    reach = {n: (*over.get(c["group"], ()), *years.get(n, ())) for n, c in enumerate(layout["columns"])}
    cells = []
    for row in rows(region[start + 2 :], layout, TABLE):
        cells += _printed(row, row.label.text, names, {n: (*reach[n], *row.label.markers) for n in names}, notes)
    return cells


def _printed(
    row: TableRow, label: str, names: dict[int, str], reach: dict[int, tuple], notes: dict[str, str]
) -> list[PrintedCell]:
    if missing := [names[number] for number in names if number not in {cell.column for cell in row.cells}]:
        raise row.place.refuse(f"no figure in the column {missing[0]!r}")
    found = []
    for cell in row.cells:
        text = "Less than ½ unit" if not cell.text and half(cell.markers, notes) else cell.text
        if unknown := [marker for marker in (*reach[cell.column], *cell.markers) if marker not in notes]:
            raise row.place._replace(column=names[cell.column]).refuse(f"marker {unknown[0]!r}, but no such footnote")
        reached = tuple((marker, notes[marker]) for marker in dict.fromkeys((*reach[cell.column], *cell.markers)))
        found.append(PrintedCell(row.place.page, row.place.table, label, names[cell.column], text, cell.markers, reached))
    return found
