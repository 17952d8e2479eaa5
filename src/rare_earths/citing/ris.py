"""References as RIS (Research Information Systems), as reference managers import it."""

from __future__ import annotations

from collections.abc import Iterable

from rare_earths.citing.references import Reference

TYPES = {"dataset": "DATA", "report": "RPRT", "notice": "GOVDOC", "law": "STAT", "news": "NEWS", "web page": "ELEC"}


def write(references: Iterable[Reference]) -> str:
    """Records, one paragraph each."""
    return "\n".join(map(record, references))


def record(reference: Reference) -> str:
    """RIS record of a reference."""
    fields = [
        ("TY", TYPES[reference.kind]),
        ("ID", reference.key),
        *(("AU", author) for author in reference.authors),
        ("TI", reference.title),
        ("PY", (reference.published or "")[:4]),
        ("DA", _date(reference.published)),
        ("ET", reference.version),
        ("PB", reference.authors[0]),
        ("DO", reference.doi),
        ("UR", reference.url),
        ("Y2", _date(reference.accessed)),
        ("LA", reference.language),
        ("N1", reference.note),
    ]
    # A line holds one field, so that a break inside a text would end it.
    return "".join(f"{tag}  - {' '.join(text.split())}\n" for tag, text in fields if text) + "ER  - \n"


def _date(text: str | None) -> str:
    """Date as RIS has it, year/month/day/, with nothing for what is not known."""
    return "/".join([*f"{text or ''}--".split("-")[:3], ""]) if text else ""
