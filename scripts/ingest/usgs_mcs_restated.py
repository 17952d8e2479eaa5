"""Figures of USGS Mineral Commodity Summaries 2005-2023 as third parties restate them (grades B and C).

These editions exist as PDF only. Each copy that was read is a source of its own, so
that a citation says honestly what was read: the edition, as restated by whom.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from scripts.ingest.areas import area_code
from scripts.ingest.footnotes import Meaning
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Row, join_notes, production_row, reserves_row
from scripts.ingest.usgs import MCS, TABLE, usgs_source

COPIES = Path(__file__).with_suffix(".toml")
TRANSCRIPTION = "usgs_mcs_world.csv"
INFERRED = "Takes the newest edition that prints the data year; which edition that is was inferred as the data year plus two."
RESTATED = "Read in a restatement, not in the document itself: rounding and footnotes of the print are unknown."
BOILERPLATE = re.compile(r"^restated by a third party, not the USGS table itself; printed rounding and footnotes unknown(; )?")
PARSED = re.compile(r"^value read from a third-party parse of the USGS PDFs.*")
#: What the transcription notes of single rows, in our words; other texts stop the run.
ROW_NOTES = {
    "": "",
    "page gives 10,000-tonne (wan dun) figures; Madagascar, Russia, India, Thailand figures are as rounded there": "The page counts in units of 10,000 t.",
    'page says "Reserves of rare earths by country in 2022" and names no publisher; attributed here to MCS 2023': "The page names no publisher; attributed to this edition by its figures.",
    'page says "USGS 2015 data" (2015 edition, or 2016 edition with 2015 data: ambiguous)': "The page says data of USGS of 2015: this edition, or the next one.",
    '"based on data from the US Geological Survey", 2022 data': "",
    "page names no source or edition; its first rows match MCS 2021": "The page names no source; its first rows match this edition.",
    "page names no source or edition; its first rows match MCS 2021; suspect: repeats the Madagascar figure": "The page names no source; its first rows match this edition, but this figure repeats the one above it and is suspect.",
    'page: "as estimated as of 2017"; edition inferred': "The edition was inferred from the page's year.",
    'page cites "USGS, 2020"': "",
    '"US Geological Survey\'s 2014 report"': "",
    '"the same amount it put out in 2012"': "The page says that the amount is that of 2012.",
    "page: reduced by 6 million t to 12 million t against the previous edition": "The page says that the figure fell by 6 million t against the edition before.",
    "page says 300,000 t, up 10,000 t on the 2021 figure": "The figure follows from the page's statement that 2022 rose by 10,000 t to 300,000 t.",
    "largest_revisions block: first_edition 2012 = 30, latest_edition 2013 = 280": "",
    "page of November 2012, USGS named for mine locations only": "",
    "page of November 2012": "",
}
VISUAL_CAPITALIST = "Visual Capitalist table, sources"


@cache
def _copies() -> dict[str, dict]:
    return tomllib.loads(COPIES.read_text(encoding="utf-8"))


def _source_id(row: dict[str, str]) -> str:
    copy = _copies()[row["found_at"]]
    return copy.get("source_id") or f"usgs-mcs-{row['edition']}-via-{copy['slug']}"


def _source(row: dict[str, str]) -> Row:
    copy = _copies()[row["found_at"]]
    is_page = row["found_at"].startswith("page: ")
    read_at = row["found_at"].removeprefix("page: ")
    facts = {
        "kind": "web page" if is_page else "dataset",
        "restated_by": copy.get("name") or copy.get("restated_by", ""),
        "read_at": "" if is_page else read_at,
        "url": read_at if is_page else row["source_url"],
        "language": copy.get("language", "en"),
        "licence": "facts-cite",
    }
    if "source_id" in copy:
        named = {key: copy[key] for key in ("source_id", "publisher", "title", "published_on", "note") if key in copy}
        credit = {"attribution": f"{copy['publisher']}, {copy['title']}.", "redistributable": True}
        return {**facts, **named, **credit}
    return usgs_source(
        _source_id(row),
        MCS,
        row["edition"],
        f"Mineral Commodity Summaries {row['edition']}: Rare earths (as restated by {copy['name']})",
        published_on=row["edition"],
        note=RESTATED if is_page else join_notes(RESTATED, INFERRED),
        **facts,
    )


def _restated(raw: Raw):
    for line, row in raw.transcription(TRANSCRIPTION):
        if row["grade"] != "A":
            yield f"{TRANSCRIPTION}, line {line}", row


def sources(raw: Raw) -> list[Row]:
    """One row of ``sources`` for each edition and copy that was read."""
    return list({_source_id(row): _source(row) for _, row in _restated(raw)}.values())


def _row_note(row: dict[str, str], place: str) -> str:
    text = PARSED.sub("", BOILERPLATE.sub("", row["note"]))
    if text.startswith(VISUAL_CAPITALIST):
        return ""
    if text not in ROW_NOTES:
        raise ValueError(f"{place}, column note: unknown note {text!r}; add its meaning to {__name__}.ROW_NOTES")
    return ROW_NOTES[text]


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows; where the same copy gives a figure twice the first stays."""
    production, reserves = [], []
    for place, row in _restated(raw):
        name = row["country_as_printed"]
        area = area_code(name, place)
        meaning = Meaning(note=_row_note(row, place))
        rounded = "10,000-tonne" in row["note"]
        source, as_printed, grade = _source_id(row), row["value_as_printed"], row["grade"]
        if row["table"] == "mine_production":
            blank_zero = _copies()[row["found_at"]].get("zero_is_blank", False)
            locator = f"table={TABLE}; row={name}; column=Mine production {row['year']}"
            cells = (source, area, int(row["year"]), as_printed, locator, grade, meaning, rounded, blank_zero)
            production.append(production_row(*cells))
        else:
            locator = f"table={TABLE}; row={name}; column=Reserves"
            year = int(row["year"]) if row["year"] else None
            reserves.append(reserves_row(source, area, year, as_printed, locator, grade, meaning, rounded))
    return {"production_reported": production, "reserves_reported": reserves}
