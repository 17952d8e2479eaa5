"""China's quotas of mining, separation and exports, as pages of many kinds give them."""

import re

from scripts.ingest.policy.source_rows import cited
from scripts.ingest.quota_sources import QUOTAS, source_id, source_rows
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Row, join_notes

AREA = "CHN"
#: Class as printed (without the original wording in brackets) -> our word.
CLASSES = {
    "total": "total",
    "total (probably domestic companies only)": "total",
    "light": "light",
    "heavy": "heavy",
    "medium+heavy": "medium_heavy",
    "rock": "rock",
    "ionic": "ionic",
    "domestic": "domestic_exporters",
    "foreign-owned": "foreign_owned_exporters",
}
BATCHES = {
    "full year": "year",
    "1": "1",
    "2": "2",
    "3": "3",
    "1+2": "1-2",
    "H1": "h1",
    "H2": "h2",
    "1 (supplement)": "1-supplement",
}
PERHAPS_DOMESTIC = "Probably exporters in domestic ownership only: the page does not say."
#: A printed slip: the number in another unit than the page prints.
SLIPS = {"7660万吨": 7660.0}
SLIP = "The page prints a unit ten thousand times too large; the sum of the batch shows the slip."
TEN_THOUSAND = re.compile(r"^(\d+(?:\.\d+)?)[万萬](?:(\d+))?(?:吨|噸|トン)$")
PLAIN = re.compile(r"^(?:around )?(\d[\d,]*(?:\.\d+)?)(kt REO| metric tonnes|吨|噸)?$")
BARE_DATE = re.compile(r"^\d{4}(-\d{2}){0,2}$")
RETROSPECTIVE = re.compile(r"^(?P<date>\d{4}(?:-\d{2}){0,2}) \(retrospective\)$")
ISSUED = re.compile(r"^issued June 2025, reported (?P<date>2025-07-18)$")


def quantity(printed: str) -> float | None:
    """Tonnes of a printed quota.

    Raises
    ------
    ValueError
        When the text is no quota of a known form.
    """
    if printed == "not disclosed":
        return None
    if printed in SLIPS:
        return SLIPS[printed]
    if match := TEN_THOUSAND.match(printed):
        rest = match[2] or ""
        if "." in match[1] and rest:
            raise ValueError(f"{printed!r} is no quota")
        # "8万6000" is 86,000; "10.5万" is 105,000.
        return round(float(match[1]) * 10_000 + float(rest or 0), 3)
    if match := PLAIN.match(printed):
        return round(float(match[1].replace(",", "")) * (1000 if match[2] == "kt REO" else 1), 3)
    raise ValueError(f"{printed!r} is no quota: expected tonnes, 万吨, トン or kt")


def announced(text: str, year: str) -> tuple[str, str]:
    """Date of announcement, and a note where the page looks back instead.

    Raises
    ------
    ValueError
        When the text is of no known form.
    """
    if match := RETROSPECTIVE.match(text):
        return "", f"Stated in retrospect, {match['date']}."
    if match := ISSUED.match(text):
        return "2025-06", f"Issued without a public statement; reported on {match['date']}."
    if text and not BARE_DATE.match(text):
        raise ValueError(f"announced {text!r}: expected a date")
    if text and text[:4] > year:
        return "", f"Stated in retrospect, {text}."
    return text, ""


def sources(raw: Raw) -> list[Row]:
    """Rows of ``sources``: the pages that the policy tables do not cite already."""
    return source_rows(raw, set(cited(raw)))


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows: one for each printed quota."""
    return {"quotas": [_row(raw, f"{QUOTAS}, line {line}", row) for line, row in raw.transcription(QUOTAS)]}


def _row(raw: Raw, place: str, row: dict[str, str]) -> Row:
    tonnes = quantity(row["value_as_printed"])
    if (row["value_t"] or None) != (None if tonnes is None else f"{tonnes:.0f}"):
        raise ValueError(f"{place}: {row['value_as_printed']!r} reads as {tonnes}, the transcription has {row['value_t']!r}")
    printed_class = row["class_as_printed"]
    name = printed_class if printed_class in CLASSES else printed_class.split(" (")[0]
    reo = "REO" in row["unit"]
    day, when = announced(row["announced"], row["year"])
    notes = [
        PERHAPS_DOMESTIC if "probably" in printed_class else "",
        SLIP if row["value_as_printed"] in SLIPS else "",
        when,
        row["note"] if reo else "",
    ]
    return {
        "source_id": source_id(raw, row),
        "area": AREA,
        "year": int(row["year"]),
        "authority": "; ".join(sorted(row["authority"].split("+"))),
        "quota_type": row["quota_type"].replace("+", "_and_"),
        "batch": BATCHES[row["batch"]],
        "rare_earth_class": CLASSES[name],
        "class_as_printed": printed_class,
        "quantity_t_reo": tonnes if reo else None,
        "quantity_t": None if reo else tonnes,
        "quantity_as_printed": row["value_as_printed"],
        "qualifier": "withheld" if tonnes is None else "rounded" if row["grade"] == "D" else "exact",
        "cumulative_year_to_date": row["cumulative_year_to_date"] == "yes" or row["batch"] == "full year",
        "notice_no": row["notice_no"],
        "announced_on": day,
        "locator": f"section=text on the quota of {row['year']}; row={printed_class.split(' (')[0]}; column={row['batch']}",
        "grade": row["grade"],
        "note": join_notes(*(note.strip() for note in notes if note)),
    }
