"""Imports of rare-earth ore by China, quoted by pages that were read for this table (``press_pages.toml``)."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from scripts.ingest.flows import NONE, amount, flow_row
from scripts.ingest.press import press_source, source_id
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Row

PAGES = Path(__file__).with_name("press_pages.toml")


def _pages() -> list[Row]:
    return tomllib.loads(PAGES.read_text(encoding="utf-8"))["page"]


def sources(raw: Raw) -> list[Row]:
    """One row of ``sources`` for each page that no other module cites."""
    return [press_source(page["publisher"], page["url"], page["name"], page["published"]) for page in _pages()]


def _figures() -> Iterator[tuple[Row, Row]]:
    for page in _pages():
        for figure in page["figure"]:
            yield page, figure


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows, one for each quoted figure."""
    result = []
    for page, figure in _figures():
        rounded = figure.get("rounded", False)
        value = amount(figure["value"], "USD", "rounded") if "value" in figure else NONE
        result.append(
            flow_row(
                source_id=source_id(page["publisher"], page["url"]),
                period=figure["period"],
                reporter="CHN",
                partner=figure["partner"],
                flow="import",
                product=figure["product"],
                scope="single_figures",
                basis="quoted",
                quantity=amount(figure["printed"], "t", "rounded" if rounded else "exact"),
                value=value._replace(as_printed=figure.get("value_printed", "")),
                locator=figure.get("locator", f"row={figure['product']} import {figure['partner']}; column={figure['period']}"),
                grade="D" if rounded else "C",
                note=figure.get("note", ""),
            )
        )
    return {"trade_flows": result}
