"""What a table is, as it shows itself in a terminal and in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rare_earths.listing import Listing, table_html


@dataclass(frozen=True, repr=False)
class Description:
    """What :func:`describe` returns; printing it shows it to a reader, a notebook shows it as a table.

    Attributes
    ----------
    table, title, description
        Name of the table, its title, and what a row is.
    version
        Version of the data.
    rows
        Number of rows.
    key
        Columns of the primary key.
    coverage
        ``from`` and ``to`` (text, as precise as the rows are), ``areas`` and ``sources`` (numbers
        of different ones), where the table has such columns.
    fields
        As :func:`fields` lists them, with ``filled`` (rows with a value).

    Examples
    --------
    >>> import rare_earths
    >>> print(rare_earths.describe("trade_mirror"))  # doctest: +ELLIPSIS
    trade_mirror ...: Mirror gaps
    The same trade as its exporter, its importer and a reconciliation see it, ...
    5 rows; one per period, exporter, importer, product; 2018 to 2024; 2 areas; 4 sources
    ...
    exporter_value_usd [USD] (number)
        Value that the exporter gives.
    ...
    """

    table: str
    title: str
    description: str
    version: str
    rows: int
    key: list[str]
    coverage: dict[str, Any]
    fields: Listing

    def as_json(self) -> dict[str, Any]:
        """The description as objects that JSON can hold."""
        facts = {name: getattr(self, name) for name in ("table", "title", "description", "version", "rows", "key", "coverage")}
        return facts | {"fields": self.fields.records}

    def _facts(self) -> list[str]:
        covered = self.coverage
        facts = [f"{self.rows:,} rows", f"one per {', '.join(self.key)}"]
        facts += [f"{covered['from']} to {covered['to']}"] if "from" in covered else []
        return facts + [f"{covered[name]:,} {name}" for name in ("areas", "sources") if name in covered]

    def __str__(self) -> str:
        lines = [f"{self.table} {self.version}: {self.title}", self.description, "; ".join(self._facts()), ""]
        for field in self.fields:
            unit = f" [{field['unit']}]" if field["unit"] else ""
            key = f", key of {field['key']}" if field["key"] not in (None, "primary") else ""
            filled = "" if field["filled"] == self.rows else f", {field['filled']:,} of {self.rows:,} filled"
            lines += [f"{field['field']}{unit} ({field['type']}{key}{filled})", f"    {field['description']}"]
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        from html import escape

        head = f"<h4>{escape(self.table)} {escape(self.version)}: {escape(self.title)}</h4><p>{escape(self.description)}</p>"
        return f"{head}<p>{escape('; '.join(self._facts()))}</p>{table_html(self.fields.records)}"
