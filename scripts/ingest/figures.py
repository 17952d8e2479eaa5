"""Read one printed figure strictly: a number with its qualifier, or a stated reason for none."""

import re
from typing import NamedTuple

NUMBER = re.compile(
    r"(?P<bound>[<>])?\s?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?(?P<million> million)?", re.ASCII
)
BOUNDS = {None: "exact", ">": "greater_than", "<": "less_than"}
WORDS = {"": "blank", "NA": "not_available", "W": "withheld"}
DASHES = {"—", "–", "--"}


class Figure(NamedTuple):
    """A figure: ``value`` (None where none was printed) and ``qualifier``."""

    value: float | None
    qualifier: str


def read_figure(text: str) -> Figure:
    """Read a figure as USGS tables print it.

    Parameters
    ----------
    text
        The cell without surrounding spaces: ``"29,000"``, ``"55 million"``,
        ``">90,000,000"``, ``"NA"``, ``"—"`` or an empty string.

    Returns
    -------
    Figure
        A dash and a zero are ``nil`` with value 0, as the legend of these tables
        says "— Zero"; ``NA``, ``W`` and an empty cell have no value.

    Raises
    ------
    ValueError
        When the text is none of these.
    """
    if text in WORDS:
        return Figure(None, WORDS[text])
    if text in DASHES:
        return Figure(0.0, "nil")
    match = NUMBER.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no figure: expected a number, a bound, a dash, NA, W or nothing")
    value = float(match["digits"].replace(",", "") + (match["fraction"] or ""))
    if match["million"]:
        value = round(value * 1_000_000, 3)
    if value == 0 and not match["bound"]:
        return Figure(0.0, "nil")
    return Figure(value, BOUNDS[match["bound"]])
