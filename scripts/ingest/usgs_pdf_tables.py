"""Find the rows and columns of a table on a page by what its layout says; nothing that does not fit is kept."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from scripts.ingest.usgs_pdf_cells import markers_of
from scripts.ingest.usgs_pdf_lines import Line, Run, UnreadablePdf

#: How far the right edge of a figure may be from its column, and a label from its indent, in points.
EDGE = 1.0
#: How far a marker may be from the figure that it stands before, in points.
TOUCH = 1.0


class Place(NamedTuple):
    """Where a cell stands: page of the file, table, row and column as printed."""

    page: int
    table: str
    row: str = ""
    column: str = ""

    def refuse(self, message: str) -> UnreadablePdf:
        """The error for this place."""
        row, column = (f", {name} {text!r}" if text else "" for name, text in (("row", self.row), ("column", self.column)))
        return UnreadablePdf(f"page {self.page}, {self.table}{row}{column}: {message}")


class Label(NamedTuple):
    """Left part of a row: text, depth of its indent, markers in it."""

    text: str
    depth: int
    markers: tuple[str, ...]


class RawCell(NamedTuple):
    """A cell before its text is read: the number of its column, text, markers."""

    column: int
    text: str
    markers: tuple[str, ...]


class TableRow(NamedTuple):
    """One row of a table."""

    place: Place
    label: Label
    cells: tuple[RawCell, ...]


def rows(lines: list[Line], layout: dict[str, Any], table: str) -> Iterator[TableRow]:
    """Rows of the lines of a table below its header.

    Raises
    ------
    UnreadablePdf
        When a label or a figure stands where the layout has none.
    """
    previous: TableRow | None = None
    for line in lines:
        row = _row(line, layout, table)
        if previous and _continues(previous, row):
            previous = _joined(previous, row)
            continue
        if previous:
            yield previous
        previous = row
    if previous:
        yield previous


def _row(line: Line, layout: dict[str, Any], table: str) -> TableRow:
    left = [run for run in line.runs if run.right <= layout["labels_end"]]
    place = Place(line.page, table, " ".join(run.text for run in left if not run.raised))
    if not left or left[0].raised:
        raise place.refuse(f"figures without a label: {line.text!r}")
    if any(run.left < layout["labels_end"] < run.right for run in line.runs):
        raise place.refuse(f"text runs from the labels into the figures: {line.text!r}")
    depth = [number for number, indent in enumerate(layout["indents"]) if abs(left[0].left - indent) <= EDGE]
    if not depth:
        raise place.refuse(f"a label begins {left[0].left:.1f} pt from the left, where the layout has none")
    return TableRow(place, Label(_label(left), depth[0], _markers(left, place)), tuple(_cells(line, layout, place)))


def _label(runs: list[Run]) -> str:
    return " ".join(run.text for run in runs if not run.raised)


def _markers(runs: list[Run], place: Place) -> tuple[str, ...]:
    try:
        return tuple(marker for run in runs if run.raised for marker in markers_of(run.text))
    except ValueError as error:
        raise place.refuse(str(error)) from error


def _cells(line: Line, layout: dict[str, Any], place: Place) -> Iterator[RawCell]:
    waiting: list[Run] = []
    seen: set[int] = set()
    for run in (run for run in line.runs if run.left >= layout["labels_end"]):
        column = column_of(run, layout, place)
        if run.raised and column is None:
            waiting.append(run)
            continue
        if column is None:
            raise place.refuse(f"{run.text!r} ends {run.right:.1f} pt from the left, where the layout has no column")
        if column in seen:
            raise place.refuse(f"{run.text!r} is the second figure in one column")
        if waiting and (run.raised or run.left - waiting[-1].right > TOUCH):
            raise place.refuse(f"marker {waiting[-1].text!r} stands before no figure")
        seen.add(column)
        markers = _markers([*waiting, *([run] if run.raised else [])], place)
        yield RawCell(column, "" if run.raised else run.text, markers)
        waiting = []
    if waiting:
        raise place.refuse(f"marker {waiting[-1].text!r} stands before no figure")


def column_of(run: Run, layout: dict[str, Any], place: Place) -> int | None:
    """Number of the column at whose right edge a run ends; None where there is none."""
    found = [number for number, column in enumerate(layout["columns"]) if abs(run.right - column["right"]) <= EDGE]
    if len(found) > 1:
        raise place.refuse(f"{run.text!r} ends at two columns of the layout")
    return found[0] if found else None


def _continues(previous: TableRow, row: TableRow) -> bool:
    """Whether a line only goes on with the label of the line above: that ends with a comma, this is indented and has no figure."""
    return (
        not row.cells and previous.label.text.endswith(",") and row.label.depth > previous.label.depth and bool(previous.cells)
    )


def _joined(previous: TableRow, row: TableRow) -> TableRow:
    label = Label(f"{previous.label.text} {row.label.text}", previous.label.depth, previous.label.markers + row.label.markers)
    return TableRow(previous.place._replace(row=label.text), label, previous.cells)
