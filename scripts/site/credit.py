"""How pages on trade name a source: who stands behind the figure, and whose page was read."""

from typing import Any


def credit(source: dict[str, Any], root: str = "../") -> str:
    """Publisher and series, with the page or copy that its figure was read in, as a Markdown link to its page.

    ``root`` leads from the page that names it to the root of the site's sources.
    """
    how = "as quoted by" if source["kind"] == "news" else "in the copy of"
    shown = ", ".join(filter(None, [source["publisher"], source["series"]])) + (
        f", {how} {source['restated_by']}" if source["restated_by"] else ""
    )
    return f"[{shown}]({root}sources/{source['source_id']}/index.md)"


def credits(rows: list[dict[str, Any]], sources: dict[str, dict[str, Any]]) -> str:
    """Every source of these rows, each once."""
    return "; ".join(sorted({credit(sources[row["source_id"]]) for row in rows}))
