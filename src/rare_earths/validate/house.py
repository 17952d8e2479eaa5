"""Rules of the house for text: what standard tools let through in a cell.

Patterns are written in the part of the syntax that DuckDB and Java read in the same way.
"""

from __future__ import annotations

import re
from typing import Any

import ibis

from rare_earths.validate.rule import Rule

#: A space at either end, the first sign of a formula, or a character that nobody sees: controls, the byte-order mark,
#: spaces without width, marks that turn the direction of writing, separators of lines. A cell of dashes only is a
#: printed zero, not a formula.
UNCLEAN = r"^[\s\p{Z}=+@]|^-+[^-]|[\s\p{Z}]\z|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]"
#: Words by which programs and spreadsheets say that there is no value, or that one went wrong.
MISSING = (
    *("NaN", "nan", "NULL", "null", "None", "NaT", "<NA>", "N/A", "n/a", "inf", "-inf", "Infinity"),
    *("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"),
)
#: Digits that are not 0-9 (Arabic-Indic, Devanagari, full width), full-width letters, and Greek or Cyrillic letters
#: that touch a Latin letter or a digit: they look like what they are not.
FOREIGN = r"\x{0370}-\x{03ff}\x{0400}-\x{04ff}"
LOOKALIKE = (
    r"[\x{0660}-\x{0669}\x{06f0}-\x{06f9}\x{0966}-\x{096f}\x{ff10}-\x{ff19}\x{ff21}-\x{ff3a}\x{ff41}-\x{ff5a}]"
    rf"|[A-Za-z0-9][{FOREIGN}]|[{FOREIGN}][A-Za-z0-9]"
)


def text_rules(field: dict[str, Any]) -> list[Rule]:
    """Rules of the house for a text column; where its own pattern already says so, they are left out."""
    name, constraints = field["name"], field.get("constraints", {})
    pattern = constraints.get("pattern")
    rules = [
        Rule(
            "clean-text",
            name,
            "no space at either end, no invisible or control character, no leading = + @ or -",
            "clean the text",
            lambda t, _: ~t[name].re_search(UNCLEAN),
        )
    ]
    if "enum" in constraints or "categories" in field:
        return rules
    if words := [word for word in MISSING if pattern is None or re.search(pattern, word)]:
        rules.append(
            Rule(
                "missing-as-text",
                name,
                "an empty cell where there is no value, not a word for it such as NaN or #N/A",
                "empty the cell, or enter what the source has",
                lambda t, _: t[name].notin(words),
            )
        )
    if pattern is None or "[^" in pattern:
        rules.append(
            Rule(
                "lookalike",
                name,
                "digits 0-9, and words whose letters are of one script",
                "type the text anew: a digit or a letter of another script stands in it",
                lambda t, _: _ascii(t[name]).ifelse(True, ~t[name].re_search(LOOKALIKE)),
            )
        )
    return rules


def _ascii(text):
    """Whether text is ASCII: a cheap question before a dear one."""
    return _bit_length(text) == text.length() * 8


@ibis.udf.scalar.builtin(name="bit_length")
def _bit_length(text: str) -> int:
    """Bits of text in UTF-8; DuckDB and Spark have it under this name."""
