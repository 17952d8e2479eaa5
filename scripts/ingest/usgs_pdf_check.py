"""Every printed cell of the chapter PDFs against the data releases of the same editions and the transcriptions."""

from collections.abc import Iterator

from scripts.ingest import usgs_mcs_2025_data, usgs_mcs_2026_salient, usgs_mcs_2026_v1_0
from scripts.ingest.areas import area_code
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, Row, compare
from scripts.ingest.usgs import TABLE
from scripts.ingest.usgs_mcs_chapters import chapter

CHAPTERS = ("usgs/mcs2025-rare-earths.pdf", "usgs/mcs2026-rare-earths.pdf", "usgs/mcs2026-rare-earths-heavy.pdf")
#: Edition -> the module of its data release of the table of the world.
RELEASES = {2025: usgs_mcs_2025_data, 2026: usgs_mcs_2026_v1_0}
HEAVY = "Rare earths (heavy): "
WITHOUT_RELEASE = 2025
RELEASE, TRANSCRIBED = "data release", "transcription"
VERSIONS = "the data release is of version 1.0, the chapter of version 1.3, which changed this figure (27 May 2026)"
#: Places of the differences that the version history of the edition explains.
CHANGED = {(RELEASE, 2026, "reserves", area, 2025) for area in ("BRA", "WLD")}


def sources(raw: Raw) -> list[Row]:
    """None: this module only checks."""
    return []


def _printed(raw: Raw) -> Iterator[tuple[tuple, str]]:
    """Cells of the three chapters, each by the places where it should also be found."""
    for file in CHAPTERS:
        printed = chapter(raw.path(file))
        prefix = HEAVY if "heavy" in file else ""
        for cell in printed.cells:
            if cell.table == TABLE:
                kind = "reserves" if cell.column == "Reserves" else "production"
                year = printed.edition - 1 if kind == "reserves" else int(cell.column.split()[-1])
                yield (RELEASE, printed.edition, kind, area_code(cell.row, f"{file}, {cell.row}"), year), cell.text
                continue
            place = (printed.edition, "statistic", prefix + cell.row.rstrip(":,"), int(cell.column))
            yield (TRANSCRIBED, *place), cell.text
            if printed.edition != WITHOUT_RELEASE:
                yield (RELEASE, *place), cell.text


def _expected(raw: Raw) -> Iterator[tuple[tuple, str]]:
    for edition, module in RELEASES.items():
        made = module.rows(raw)
        for row in made["production_reported"]:
            yield (RELEASE, edition, "production", row["area"], row["year"]), row["quantity_as_printed"]
        for row in made["reserves_reported"]:
            yield (RELEASE, edition, "reserves", row["area"], row["as_of_year"]), row["reserves_as_printed"]
    for row in usgs_mcs_2026_salient.rows(raw)["us_salient_statistics"]:
        if row["locator"].startswith("section=RARE EARTHS"):
            series = (
                row["series"] if row["series"].startswith(HEAVY) or "(Heavy)" not in row["locator"] else HEAVY + row["series"]
            )
            yield (RELEASE, 2026, "statistic", series, row["year"]), row["value_as_printed"]
    for _, row in raw.transcription("usgs_mcs_salient_us.csv"):
        if row["edition"] in {"2025", "2026"}:
            place = (TRANSCRIBED, int(row["edition"]), "statistic", row["series"].rstrip(":,"), int(row["year"]))
            yield place, row["value_as_printed"]


def _why(place: tuple, printed: str | None, released: str | None) -> str:
    if place in CHANGED:
        return VERSIONS
    if (printed, released) == ("—", ""):
        return "the data release leaves the cell empty where the chapter prints a dash"
    if printed and released and place[2] == "statistic" and float(printed) == float(released):
        return "the data release loses trailing zeros that the chapter prints"
    return ""


def comparison(raw: Raw) -> Comparison:
    """The chapters against both: figures of both tables, each by edition, kind, area or series, and year."""
    return compare(
        "usgs chapter PDFs, against data releases and transcriptions", dict(_printed(raw)), dict(_expected(raw)), _why
    )
