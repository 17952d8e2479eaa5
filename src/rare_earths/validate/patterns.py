r"""Which patterns of a schema may be run: those that mean one thing in every engine, and end in time.

DuckDB matches in time that grows with the length of a cell. Java and Python try one way after
another; on a pattern that can match the same text in many ways they try them all, and a cell of
forty characters takes years. Such patterns are found here before they see a cell: the pattern
becomes an automaton of its places (Glushkov 1961), and two conditions on it tell whether the ways
to match grow exponentially or polynomially with the length (Weber and Seidl 1991, *On the degree
of ambiguity of finite automata*, Theoretical Computer Science 88, 325-349).

What engines read in different ways is left out too: ``\d`` and ``\w`` (other digits and letters in
Python than in DuckDB and Java), references, looks ahead, and patterns that are not anchored.
"""

from __future__ import annotations

from functools import cache
from re import _constants as op
from re import _parser
from re import error as PatternError
from typing import Any

from rare_earths.limits import PATTERN_LENGTH
from rare_earths.safety import RefusedPackage
from rare_earths.validate.automaton import Automaton, Refused

MEND = "write it as ^…$, so that there is one way to match a text: no repetition of a repetition, no two that can share text"


def check_patterns(schema: dict[str, Any]) -> None:
    """Refuse a schema with a pattern that must not be run.

    Raises
    ------
    RefusedPackage
        With the first such pattern, why, and how to write it.
    """
    for field in schema["fields"]:
        pattern = field.get("constraints", {}).get("pattern")
        if pattern is not None and (reason := unsafe(pattern)):
            raise RefusedPackage(f"the pattern {str(pattern)[:100]!r} of {field['name']} is refused: {reason}; {MEND}")


@cache
def unsafe(pattern: str) -> str | None:
    """Why a pattern must not be run; None where it may.

    Examples
    --------
    >>> unsafe("^[a-z]+(-[a-z]+)*$")
    >>> unsafe("^([a-z]+)+$")
    'the ways to match grow exponentially with the text'
    """
    if not isinstance(pattern, str) or len(pattern) > PATTERN_LENGTH:
        return f"it is no text of at most {PATTERN_LENGTH:,} characters"
    try:
        nodes = list(_parser.parse(pattern))
        if nodes[:1] != [(op.AT, op.AT_BEGINNING)] or nodes[-1] != (op.AT, op.AT_END):
            return "it is not anchored at both ends"
        automaton = Automaton(nodes[1:-1])
    except (PatternError, RecursionError, OverflowError) as error:
        return f"it is no pattern: {error}"
    except Refused as refused:
        return str(refused)
    try:
        if automaton.twice or automaton.exponential():
            return "the ways to match grow exponentially with the text"
        if automaton.polynomial():
            return "the ways to match grow with the square of the text or more"
    except Refused as refused:
        return str(refused)
    return None
