"""References as CSL-JSON (Citation Style Language 1.0.2), as citation processors read it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rare_earths.citing.references import Reference

TYPES = {
    "dataset": "dataset",
    "report": "report",
    "notice": "document",
    "law": "legislation",
    "news": "article-newspaper",
    "web page": "webpage",
}


def write(references: Iterable[Reference]) -> str:
    """A JSON array of items."""
    return json.dumps([item(reference) for reference in references], indent=2, ensure_ascii=False) + "\n"


def item(reference: Reference) -> dict[str, Any]:
    """CSL-JSON item of a reference."""
    fields = {
        "id": reference.key,
        "type": TYPES[reference.kind],
        "author": [{"literal": author} for author in reference.authors],
        "title": reference.title,
        "publisher": reference.authors[0],
        "issued": _date(reference.published),
        "accessed": _date(reference.accessed),
        "version": reference.version,
        "DOI": reference.doi,
        "URL": reference.url,
        "language": reference.language,
        "note": reference.note,
    }
    return {name: value for name, value in fields.items() if value}


def _date(text: str | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in text.split("-")]]} if text else None
