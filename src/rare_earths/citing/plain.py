"""References as text for a footnote or a list of sources."""

from __future__ import annotations

from collections.abc import Iterable

from rare_earths.citing.references import Reference


def write(references: Iterable[Reference]) -> str:
    """Paragraphs, one for each reference."""
    return "\n\n".join(map(paragraph, references)) + "\n"


def paragraph(reference: Reference) -> str:
    """Author, date, title, version, address, day of access, licence and the words it asks for."""
    dated = f"{' and '.join(reference.authors)} ({reference.published or 'no date'})."
    parts = [dated, f"{reference.title}{'' if reference.title.endswith(('.', '?', '!')) else '.'}"]
    parts += [_edition(reference.version)] if reference.version else []
    parts += [f"https://doi.org/{reference.doi}"] if reference.doi else []
    parts += [reference.url] if reference.url else []
    parts += [f"Accessed {reference.accessed}."] if reference.accessed else []
    return " ".join([*parts, reference.note])


def _edition(version: str) -> str:
    """A number as a version; what tells a copy from others in words, such as ``advance tables``, as it stands."""
    number = version.removeprefix("v")
    return f"Version {number}." if number[:1].isdigit() else f"{version[:1].upper()}{version[1:]}."
