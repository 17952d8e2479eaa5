"""USGS Mineral Commodity Summaries, the printed chapters of 2025 and of 2026 version 1.3.

Read in the PDF itself; every figure is compared with the transcription.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from scripts.ingest.areas import area_code
from scripts.ingest.footnotes import read_footnotes
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, Row, compare, join_notes, production_row, reserves_row
from scripts.ingest.usgs import MCS, TABLE, usgs_source
from scripts.ingest.usgs_pdf import Chapter, read_chapter
from scripts.ingest.usgs_pdf_cells import PrintedCell

#: source -> the chapter, and the printed number of the page with the table of the world
CHAPTERS = {
    "usgs-mcs-2025": ("usgs/mcs2025-rare-earths.pdf", 145),
    "usgs-mcs-2026-v1.3": ("usgs/mcs2026-rare-earths.pdf", 153),
}
TRANSCRIPTION = "usgs_mcs_world.csv"
RESERVES = "Reserves"


def sources(raw: Raw) -> list[Row]:
    """The rows of ``sources``."""
    return [
        usgs_source(
            "usgs-mcs-2025",
            MCS,
            "2025",
            "Mineral Commodity Summaries 2025: Rare earths",
            edition_version="chapter",
            published_on="2025-01",
            url="https://pubs.usgs.gov/periodicals/mcs2025/mcs2025-rare-earths.pdf",
            read_at="github.com/NSSAC/dpi.RAG, data/mcs2025-rare-earths.pdf @3eb117645894",
            sha256=raw.sha256(CHAPTERS["usgs-mcs-2025"][0]),
            note="Dated January 2025; the PDF that was read was created on 2025-02-25.",
        ),
        usgs_source(
            "usgs-mcs-2026-v1.3",
            MCS,
            "2026",
            "Mineral Commodity Summaries 2026: Rare earths",
            edition_version="v1.3",
            published_on="2026-05-27",
            accessed_on="2026-07-10",
            url="https://pubs.usgs.gov/periodicals/mcs2026/mcs2026-rare-earths.pdf",
            read_at="github.com/therealjameswilson/critical-minerals-records-stage-v3, "
            "data/raw/usgs_mcs2026_rare_earths.pdf @a67e3d4286b3",
            sha256=raw.sha256(CHAPTERS["usgs-mcs-2026-v1.3"][0]),
            note="The version history of the edition says what changed: version 1.1 (2026-03-05) took the quota footnote "
            "from China's 2024 production and put another on India's reserves; version 1.3 took Brazil's reserves "
            "from 21,000,000 to 11,000,000 and the world's from >85,000,000 to >75,000,000.",
        ),
    ]


@cache
def chapter(path: Path) -> Chapter:
    """A chapter, read once for all modules that take figures from it."""
    return read_chapter(path)


def _cells(raw: Raw, source: str) -> Iterator[tuple[str, PrintedCell, int]]:
    """Cells of the table of the world, each with its place and its year; reserves are of the year before the edition."""
    file, _ = CHAPTERS[source]
    printed = chapter(raw.path(file))
    for cell in printed.cells:
        if cell.table == TABLE:
            year = printed.edition - 1 if cell.column == RESERVES else int(cell.column.split()[-1])
            yield f"{file}, row {cell.row!r}, column {cell.column!r}", cell, year


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows of both chapters."""
    production, reserves = [], []
    for source, (_, page) in CHAPTERS.items():
        for place, cell, year in _cells(raw, source):
            area, rounded = area_code(cell.row, place), "rounded" in cell.row
            meaning = read_footnotes([text for _, text in cell.notes], place)
            locator = f"page={page}; table={TABLE}; row={cell.row}; column={cell.column}"
            if cell.column == RESERVES:
                meaning = meaning._replace(note=join_notes(meaning.note, _vintage(source, area)))
                reserves.append(reserves_row(source, area, year, cell.text, locator, "A", meaning, rounded))
            else:
                production.append(production_row(source, area, year, cell.text, locator, "A", meaning, rounded))
    return {"production_reported": production, "reserves_reported": reserves}


def _vintage(source: str, area: str) -> str:
    if source == "usgs-mcs-2026-v1.3" and area in {"BRA", "WLD"}:
        return "Changed in version 1.3 of the edition; versions 1.0 to 1.2 print another figure."
    return ""


def comparison(raw: Raw) -> Comparison:
    """Both chapters against their transcriptions."""
    found, expected = {}, {}
    for source in CHAPTERS:
        for place, cell, year in _cells(raw, source):
            kind = "reserves" if cell.column == RESERVES else "production"
            found[source, area_code(cell.row, place), f"{kind} {year}"] = cell.text
    editions = {source.split("-")[2]: source for source in CHAPTERS}
    for line, row in raw.transcription(TRANSCRIPTION):
        if row["grade"] == "A" and row["found_at"].endswith(".text.md"):
            kind = "production" if row["table"] == "mine_production" else "reserves"
            area = area_code(row["country_as_printed"], f"{TRANSCRIPTION}, line {line}")
            expected[editions[row["edition"]], area, f"{kind} {row['year']}"] = row["value_as_printed"]
    return compare("usgs-mcs-2025, usgs-mcs-2026-v1.3", found, expected)
