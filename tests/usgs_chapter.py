"""Write chapters as USGS lays them out, right or with a fault, to try the reader of PDFs on."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from fpdf import FPDF

HEIGHT = 792.0
BODY, MARKER, RISE = 10.02, 6.48, 3.45
SALIENT_COLUMNS = {2025: (384.9, 428.1, 471.3, 514.5, 557.7), 2026: (372.1, 416.7, 461.3, 506.0, 550.7)}
WORLD_COLUMNS = (328.3, 397.1, 561.3)
SALIENT_INDENTS = (46.3, 54.1, 63.4)
LEGEND = "Estimated. E Net exporter. NA Not available. W Withheld. XX Not applicable. — Zero."


@dataclass(frozen=True)
class Cell:
    """A figure with its marker; the last four say how it is set, for faults."""

    text: str
    marker: str = ""
    shift: float = 0.0
    marker_size: float = MARKER
    marker_rise: float = RISE
    size: float = BODY


@dataclass(frozen=True)
class Row:
    """A row: label, depth of its indent, marker after the label, cells."""

    label: str
    cells: tuple[Cell, ...] = ()
    depth: int = 0
    marker: str = ""


@dataclass(frozen=True)
class Chapter:
    """What is printed; ``salient`` and ``world`` may be None: the table is missing."""

    edition: int = 2025
    title: str = "RARE EARTHS"
    salient: tuple[Row, ...] | None = (
        Row("Production:", marker="e"),
        Row("Mineral concentrates", tuple(Cell(t) for t in ("39,000", "42,400", "42,500", "41,600", "45,000")), 1, "2"),
    )
    world: tuple[Row, ...] | None = (
        Row("Australia", (Cell("16,000", "12"), Cell("13,000", "12"), Cell("5,700,000", "13"))),
        Row("World total (rounded)", (Cell("376,000"), Cell("390,000"), Cell(">90,000,000"))),
    )
    notes: dict[str, str] = field(
        default_factory=lambda: {
            "e": LEGEND,
            "1": "Note one.",
            "2": "Two.",
            "11": "Eleven.",
            "12": "Twelve.",
            "13": "Thirteen.",
        }
    )
    years: tuple[str, ...] | None = None
    world_header: tuple[str, str] = ("Mine production", "Reserves")

    def but(self, **changes: object) -> "Chapter":
        """The same with something changed."""
        return replace(self, **changes)


class Writer:
    """Puts text at exact places on a page, in points from the lower left corner."""

    def __init__(self):
        self.pdf = FPDF(unit="pt", format=(612, HEIGHT))
        self.pdf.core_fonts_encoding = "windows-1252"
        self.pdf.set_auto_page_break(False)

    def put(self, x: float, base: float, text: str, size: float = BODY, right: bool = False) -> float:
        """Set text from a left edge, or up to a right edge; gives the other edge."""
        self.pdf.set_font("Helvetica", size=size)
        width = self.pdf.get_string_width(text)
        left = x - width if right else x
        if text:
            self.pdf.text(left, HEIGHT - base, text)
        return left if right else left + width

    def row(self, row: Row, base: float, indents: tuple[float, ...], columns: tuple[float, ...]) -> None:
        end = self.put(indents[row.depth], base, row.label)
        self.put(end, base + RISE, row.marker, MARKER)
        for column, cell in zip(columns, row.cells, strict=False):
            left = self.put(column + cell.shift, base, cell.text, cell.size, right=True)
            self.put(left, base + cell.marker_rise, cell.marker, cell.marker_size, right=True)


def write(chapter: Chapter, path: Path, encrypt: bool = False, scanned: bool = False) -> Path:
    """Write a chapter to a PDF."""
    out = Writer()
    out.pdf.add_page()
    if scanned:
        return _scan(out, path)
    end = out.put(262.0, 747.2, chapter.title, 12.0)
    out.put(end, 751.2, "1", 7.98)
    years = chapter.years or tuple(str(chapter.edition - 5 + n) for n in range(5))
    if chapter.salient is not None:
        _salient(out, chapter, years)
    out.put(45.4, 300.0, "Recycling: Nothing.")
    out.pdf.add_page()
    if chapter.world is not None:
        _world(out, chapter, years)
    out.put(45.4, 300.0, "World Resources: Abundant.")
    out.put(45.4, 285.0, "Substitutes: Available.")
    for n, (marker, text) in enumerate(chapter.notes.items()):
        end = out.put(45.4, 263.0 - 11 * n, marker, 4.98)
        out.put(end, 260.0 - 11 * n, text, 7.98)
    out.put(233.0, 40.0, f"U.S. Geological Survey, Mineral Commodity Summaries, January {chapter.edition}")
    if encrypt:
        out.pdf.set_encryption(owner_password="owner", user_password="user")
    out.pdf.output(str(path))
    return path


def _salient(out: Writer, chapter: Chapter, years: tuple[str, ...]) -> None:
    columns = SALIENT_COLUMNS[chapter.edition] if chapter.edition in SALIENT_COLUMNS else SALIENT_COLUMNS[2026]
    out.put(46.3, 582.1, "Salient Statistics—United States:")
    for n, (column, year) in enumerate(zip(columns, years, strict=True)):
        last = n == len(years) - 1
        left = out.put(column, 582.1 + RISE, "e" if last else "", MARKER, right=True)
        out.put(left, 582.1, year, right=True)
    for n, row in enumerate(chapter.salient or ()):
        out.row(row, 571.1 - 11 * n, SALIENT_INDENTS, columns)


def _world(out: Writer, chapter: Chapter, years: tuple[str, ...]) -> None:
    out.put(45.4, 582.1, "World Mine Production and Reserves: Reserves were revised.")
    end = out.put(304.0, 549.1, chapter.world_header[0])
    out.put(end, 549.1 + RISE, "e", MARKER)
    left = out.put(WORLD_COLUMNS[2], 549.1 + RISE, "11", MARKER, right=True)
    out.put(left, 549.1, chapter.world_header[1], right=True)
    for column, year in zip(WORLD_COLUMNS, years[-2:], strict=False):
        out.put(column, 538.1, year, right=True)
    for n, row in enumerate(chapter.world or ()):
        out.row(row, 527.1 - 11 * n, (44.9, 54.1), WORLD_COLUMNS)


def _scan(out: Writer, path: Path) -> Path:
    from PIL import Image

    out.pdf.image(Image.new("L", (60, 80), 200), 0, 0, 612, HEIGHT)
    out.pdf.output(str(path))
    return path
