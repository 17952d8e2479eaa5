"""How pages name a source by its work and edition, and by who stands behind the figure and whose page was read."""

from typing import Any

import pandas as pd


def edition(source: dict[str, Any]) -> str:
    """Series, edition and version of a source, such as ``Mineral Commodity Summaries 2026 v1.3``."""
    series, issue, version = (_text(source, name) for name in ("series", "edition", "edition_version"))
    gap = ", " if "," in series or series[-1:].isdigit() else " "
    if version[:1] in ("v", "V") and version[1:2].isdigit():
        issue = version if version[1:].startswith(issue) else f"{issue} {version}"
    return gap.join(part for part in (series, issue) if part)


def work(source: dict[str, Any]) -> str:
    """Short name of a source that tells it from others of its series: its edition, the part of it, and whose copy was read."""
    if not (_text(source, "series") and (_text(source, "edition") or _text(source, "restated_by"))):
        return _text(source, "title")
    version, copy = _text(source, "edition_version"), _text(source, "restated_by")
    part = "" if any(character.isdigit() for character in version) else version
    return ", ".join(filter(None, [edition(source), part, copy and f"restated by {copy}"]))


def credit(source: dict[str, Any], root: str = "../") -> str:
    """Publisher and series, with the page or copy that its figure was read in, as a Markdown link to its page.

    ``root`` leads from the page that names it to the root of the site.
    """
    how = "as quoted by" if source["kind"] == "news" else "in the copy of"
    shown = ", ".join(filter(None, [source["publisher"], source["series"]])) + (
        f", {how} {source['restated_by']}" if source["restated_by"] else ""
    )
    return f"[{shown}]({root}sources/{source['source_id']}/index.md)"


def credits(rows: list[dict[str, Any]], sources: dict[str, dict[str, Any]], root: str = "../") -> str:
    """Every source of these rows, each once."""
    return "; ".join(sorted({credit(sources[row["source_id"]], root) for row in rows}))


def _text(source: dict[str, Any], name: str) -> str:
    return "" if pd.isna(source[name]) else str(source[name])
