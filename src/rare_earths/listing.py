"""A list of facts that shows itself well in a terminal and in a notebook."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rare_earths.frames import from_records

if TYPE_CHECKING:
    import pandas as pd

#: Characters that the last column has at least, however narrow the terminal.
NARROWEST = 16
#: Characters up to which a cell of a notebook keeps its line.
SHORT = 30


@dataclass(frozen=True, repr=False)
class Listing:
    """What :func:`rare_earths.tables` and :func:`rare_earths.fields` return.

    Printing it shows it to a reader; ``listing["column"]`` gives a column, ``listing.frame`` all of
    them; iterating gives rows as dictionaries.

    Attributes
    ----------
    records
        The rows; missing values are None.

    Examples
    --------
    >>> print(Listing([{"table": "areas", "rows": 255, "unit": None}, {"table": "prices", "rows": 272, "unit": "USD"}]))
    table   rows  unit
    areas    255
    prices   272  USD
    """

    records: list[dict[str, Any]]

    @property
    def frame(self) -> pd.DataFrame:
        """The rows as a pandas frame."""
        return from_records(self.records)

    def __getitem__(self, column: str) -> pd.Series:
        return self.frame[column]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    def __str__(self) -> str:
        return table_text(self.records)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return table_html(self.records)


def cell_text(value: Any) -> str:
    """A value as a reader writes it: whole numbers in groups of three, nothing for what is missing."""
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def table_text(records: list[dict[str, Any]]) -> str:
    """Rows in columns; the last column is wrapped where the terminal ends."""
    if not records:
        return "(no rows)"
    names = list(records[0])
    numeric = [all(isinstance(row[name], (int, float, type(None))) for row in records) for name in names]
    # A year is no quantity: 1,900 would be wrong.
    cells = [
        [str(row[n]) if n.endswith("year") and row[n] is not None else cell_text(row[n]) for n in names] for row in records
    ]
    widths = [max(len(row[place]) for row in [names, *cells]) for place in range(len(names))]
    room = max(shutil.get_terminal_size().columns - sum(widths[:-1]) - 2 * (len(names) - 1), NARROWEST)
    lines = []
    for row in [names, *cells]:
        aligned = [
            text.rjust(width) if right else text.ljust(width)
            for text, width, right in zip(row[:-1], widths[:-1], numeric[:-1], strict=True)
        ]
        first, *rest = textwrap.wrap(row[-1], room) or [""]
        last = first.rjust(min(widths[-1], room)) if numeric[-1] else first
        lines.append("  ".join([*aligned, last]).rstrip())
        lines += [" " * (sum(widths[:-1]) + 2 * (len(names) - 1)) + more for more in rest]
    return "\n".join(lines)


def table_html(records: list[dict[str, Any]]) -> str:
    """Rows as an HTML table."""
    from html import escape

    rows = [[html_cell(escape(cell_text(value)), type(value) in (int, float)) for value in one.values()] for one in records]
    return html_rows(list(records[0]) if records else [], rows)


def html_rows(names: list[str], rows: list[list[str]]) -> str:
    """An HTML table of cells under names."""
    head = "".join(f"<th style='text-align:left'>{name}</th>" for name in names)
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def html_cell(html: str, right: bool = False) -> str:
    """A cell with this HTML; short ones are not broken."""
    wrap = ";white-space:nowrap" if len(html) <= SHORT else ""
    return f"<td style='text-align:{'right' if right else 'left'};vertical-align:top{wrap}'>{html}</td>"
