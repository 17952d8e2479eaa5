"""References as BibTeX."""

from __future__ import annotations

from collections.abc import Iterable

from rare_earths.citing.references import Reference

#: Characters that BibTeX or LaTeX would take for commands.
ESCAPES = {c: "\\" + c for c in "&%$#_{}"} | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}
ENTRY_TYPES = {"report": "techreport"}
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def write(references: Iterable[Reference]) -> str:
    """Entries, one paragraph each."""
    return "\n\n".join(map(entry, references)) + "\n"


def entry(reference: Reference) -> str:
    """BibTeX entry of a reference."""
    published = reference.published or ""
    kind = ENTRY_TYPES.get(reference.kind, "misc")
    fields = {
        "author": " and ".join(f"{{{escape(author)}}}" for author in reference.authors),
        "title": f"{{{escape(reference.title)}}}",
        "institution": escape(reference.authors[0]) if kind == "techreport" else "",
        "year": published[:4],
        "month": MONTHS[int(published[5:7]) - 1] if len(published) >= 7 else "",
        "version": escape(reference.version or ""),
        "doi": reference.doi or "",
        "url": reference.url or "",
        "urldate": reference.accessed or "",
        "language": reference.language or "",
        "note": escape(reference.note),
    }
    # Months are macros of BibTeX, everything else is text in braces.
    lines = [f"  {name} = {text if name == 'month' else f'{{{text}}}'}," for name, text in fields.items() if text]
    return f"@{kind}{{{reference.key},\n" + "\n".join(lines) + "\n}"


def escape(text: str) -> str:
    """Text with the characters escaped that LaTeX would take for commands."""
    return "".join(ESCAPES.get(character, character) for character in text)
