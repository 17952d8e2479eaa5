"""USGS Mineral Commodity Summaries, the printed chapters of 2025 and of 2026 version 1.3.

Their figures come from the transcription and are compared with the text layer of the
chapter, line by line of the table.
"""

import re

from scripts.ingest.areas import area_code
from scripts.ingest.footnotes import Meaning, read_footnotes
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, Row, compare, join_notes, production_row, reserves_row
from scripts.ingest.usgs import MCS, TABLE, usgs_source

#: source -> text of the chapter, the two production years, year of the reserves, page
CHAPTERS = {
    "usgs-mcs-2025": ("usgs/mcs2025-rare-earths.text.md", (2023, 2024), 2024, 145),
    "usgs-mcs-2026-v1.3": ("usgs/mcs2026-rare-earths.v1.3.text.md", (2024, 2025), 2025, 153),
}
CELLS = r"(?:—|NA|>?\d[\d,]*)"
MARK = r"(?:\[\^\w+\] )?"
LINE = re.compile(rf"^(?P<label>[A-Z][A-Za-z ()]*?) {MARK}(?P<a>{CELLS}) {MARK}(?P<b>{CELLS}) {MARK}(?P<r>{CELLS})$")


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
            note="The version history of the edition says what changed: version 1.1 (2026-03-05) took the quota footnote "
            "from China's 2024 production and put another on India's reserves; version 1.3 took Brazil's reserves "
            "from 21,000,000 to 11,000,000 and the world's from >85,000,000 to >75,000,000.",
        ),
    ]


def _transcribed(raw: Raw, source: str):
    file = CHAPTERS[source][0]
    for line, row in raw.transcription("usgs_mcs_world.csv"):
        if row["found_at"].endswith(file):
            yield f"usgs_mcs_world.csv, line {line}", row


def _meaning(row: dict[str, str], place: str) -> Meaning:
    texts = [re.sub(r"^\w+: | \(column header\)$", "", text) for text in row["footnotes"].split(" | ") if text]
    return read_footnotes([text if text.endswith(".") else text + "." for text in texts], place)


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows of both chapters."""
    production, reserves = [], []
    for source, (_, _, reserves_year, page) in CHAPTERS.items():
        for place, row in _transcribed(raw, source):
            name = row["country_as_printed"]
            area, rounded = area_code(name, place), "rounded" in name
            meaning = _meaning(row, place)
            as_printed = row["value_as_printed"]
            locator = f"page={page}; table={TABLE}; row={name}; column="
            if row["table"] == "mine_production":
                locator += f"Mine production {row['year']}"
                production.append(production_row(source, area, int(row["year"]), as_printed, locator, "A", meaning, rounded))
            else:
                meaning = meaning._replace(note=join_notes(meaning.note, _vintage(source, area)))
                locator += "Reserves"
                reserves.append(reserves_row(source, area, reserves_year, as_printed, locator, "A", meaning, rounded))
    return {"production_reported": production, "reserves_reported": reserves}


def _vintage(source: str, area: str) -> str:
    if source == "usgs-mcs-2026-v1.3" and area in {"BRA", "WLD"}:
        return "Changed in version 1.3 of the edition; versions 1.0 to 1.2 print another figure."
    return ""


def comparison(raw: Raw) -> Comparison:
    """The text layer of both chapters against their transcriptions."""
    found, expected = {}, {}
    for source, (file, years, reserves_year, _) in CHAPTERS.items():
        text = raw.path(file).read_text(encoding="utf-8")
        table = text[text.index("Mine production [^e]") : text.index("World Resources:")]
        for line in table.splitlines():
            if match := LINE.match(line):
                area = area_code(match["label"], f"{file}: {line}")
                found[source, area, f"production {years[0]}"] = match["a"]
                found[source, area, f"production {years[1]}"] = match["b"]
                found[source, area, f"reserves {reserves_year}"] = match["r"]
        for place, row in _transcribed(raw, source):
            kind = "production" if row["table"] == "mine_production" else "reserves"
            expected[source, area_code(row["country_as_printed"], place), f"{kind} {row['year']}"] = row["value_as_printed"]
    return compare("usgs-mcs-2025, usgs-mcs-2026-v1.3", found, expected)
