"""What an explanation is, and how it shows itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from rare_earths.frames import from_records
from rare_earths.listing import html_cell, html_rows
from rare_earths.loading import read
from rare_earths.package import Package

if TYPE_CHECKING:
    import pandas as pd

#: What each row takes over from its source.
OF_SOURCE = ("title", "series", "edition", "edition_version", "published_on", "url", "doi", "read_at")


class Line(NamedTuple):
    """One reported figure as a reader sees it: what it is of, the figure, and how it was printed."""

    of: str
    figure: str
    printed: str | None


@dataclass(frozen=True, repr=False)
class Explanation:
    """What :func:`rare_earths.explain` returns; printing it shows it to a reader.

    Attributes
    ----------
    table
        Name of the explained table.
    key
        The key that was asked for.
    rule
        Name of the rule that chose.
    rule_text
        The rule in words.
    records
        Every reported figure of this key, vintages in order: the row of the reported table, what
        ``sources`` says of its source, and ``chosen``, true for those that stand in the table.
    lines
        The same figures as a reader sees them.

    Examples
    --------
    >>> import rare_earths
    >>> vietnam = rare_earths.explain("reserves", area="VNM", as_of_year=2024)
    >>> vietnam.chosen["reserves_t_reo"].item()
    3500000.0
    >>> print(vietnam)  # doctest: +ELLIPSIS
    reserves: area=VNM, as_of_year=2024
    ...
    * 2024  3,500,000 t  printed '3,500,000', Mineral Commodity Summaries 2025: Rare earths
        usgs-mcs-2025, published 2025-01, grade A, page=145; ...
    ...
    """

    table: str
    key: dict[str, Any]
    rule: str
    rule_text: str
    records: list[dict[str, Any]]
    lines: list[Line]

    @property
    def reported(self) -> pd.DataFrame:
        """The records as a pandas frame."""
        return from_records(self.records)

    @property
    def chosen(self) -> pd.DataFrame:
        """The chosen figures, one row per year."""
        reported = self.reported
        return reported[reported["chosen"]].reset_index(drop=True)

    @property
    def source_ids(self) -> frozenset[str]:
        """Keys of all sources, for :func:`rare_earths.cite`."""
        return frozenset(record["source_id"] for record in self.records)

    def as_json(self) -> dict[str, Any]:
        """The explanation as objects that JSON can hold."""
        return {name: getattr(self, name) for name in ("table", "key", "rule", "rule_text")} | {"reported": self.records}

    def _asked(self) -> str:
        return f"{self.table}: {worded(self.key)}" if self.key else self.table

    def __str__(self) -> str:
        texts = [self._asked(), ""]
        for line, row in zip(self.lines, self.records, strict=True):
            printed = f"printed {line.printed}, " if line.printed else ""
            texts.append(f"{'*' if row['chosen'] else ' '} {line.of}  {line.figure:>15}  {printed}{row['title']}")
            texts.append(f"    {row['source_id']}, published {_published(row)}, grade {row['grade']}, {row['locator']}")
            texts += [f"    {text}" for text in (_address(row), row["note"]) if text]
        return "\n".join([*texts, "", f"* chosen by the rule {self.rule}:", self.rule_text])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        from html import escape

        rows = []
        for line, row in zip(self.lines, self.records, strict=True):
            title, address = escape(row["title"]), _address(row)
            linked = f'<a href="{escape(address, quote=True)}">{title}</a>' if (address or "").startswith("http") else title
            where = [linked, escape(row["source_id"]), escape(row["locator"]), *([escape(row["note"])] if row["note"] else [])]
            figure = f"<b>{escape(line.figure)}</b>" if row["chosen"] else escape(line.figure)
            cells = [escape(line.of), figure, escape(line.printed or ""), "chosen" if row["chosen"] else ""]
            rows.append([html_cell(cell) for cell in [*cells, "<br>".join(where), _published(row), row["grade"]]])
        table = html_rows(["of", "figure", "printed", "", "source and place", "published", "grade"], rows)
        rule = (
            f"<details><summary>chosen by the rule {escape(self.rule)}</summary><pre>{escape(self.rule_text)}</pre></details>"
        )
        return f"<h4>{escape(self._asked())}</h4>{table}{rule}"


def sourced(package: Package, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with what ``sources`` says of their source, oldest publication first."""
    keys = sorted({row["source_id"] for row in rows})
    sources = {row["source_id"]: row for row in read(package, "sources", None, {"source_id": keys}).to_pylist()}
    found = [row | {name: sources[row["source_id"]][name] for name in OF_SOURCE} for row in rows]
    return sorted(found, key=lambda row: (row["published_on"] or "", row["edition_version"] or ""))


def worded(key: dict[str, Any]) -> str:
    """A key as it is typed.

    Examples
    --------
    >>> worded({"area": "VNM", "as_of_year": 2024})
    'area=VNM, as_of_year=2024'
    """
    return ", ".join(f"{name}={value}" for name, value in key.items())


def rule_text(module: Any) -> str:
    """The rule in words, as the module that is its home states it."""
    _, _, text = module.__doc__.partition(f"``{module.RULE}``:")
    return text.strip()


def _published(row: dict[str, Any]) -> str:
    return row["published_on"] or "unknown"


def _address(row: dict[str, Any]) -> str | None:
    """Where to look a figure up."""
    return row["url"] or (f"https://doi.org/{row['doi']}" if row["doi"] else row["read_at"])
