"""Dates at the precision that was seen: a year stays a year."""

from rare_earths.dates import precision
from scripts.ingest.rows import Row


def dated(column: str, text: str, place: str) -> Row:
    """A date column and its precision column.

    Raises
    ------
    ValueError
        When the text is neither empty nor a year, a month or a day (ISO 8601) of the calendar.
    """
    if not text:
        return {column: "", f"{column}_precision": ""}
    try:
        return {column: text, f"{column}_precision": precision(text)}
    except ValueError as error:
        raise ValueError(f"{place}, {column}: {error}") from None
