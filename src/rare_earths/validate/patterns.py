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

from collections.abc import Iterator
from functools import cache, cached_property
from re import _constants as op
from re import _parser
from re import error as PatternError
from typing import Any, NamedTuple

from rare_earths.limits import PATTERN_CHOICES, PATTERN_LENGTH, PATTERN_PLACES, PATTERN_STEPS
from rare_earths.safety import RefusedPackage

MEND = "write it as ^…$, so that there is one way to match a text: no repetition of a repetition, no two that can share text"
CHARACTER = {op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN}
HIGHEST = 0x10FFFF
SPACES = [(0x09, 0x0D), (0x20, 0x20)]


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
    except _Refused as refused:
        return str(refused)
    try:
        if automaton.twice or automaton.exponential():
            return "the ways to match grow exponentially with the text"
        if automaton.polynomial():
            return "the ways to match grow with the square of the text or more"
    except _Refused as refused:
        return str(refused)
    return None


class _Refused(Exception):
    pass


class _Part(NamedTuple):
    """A part of a pattern: whether it matches nothing at all, and the places it may begin and end with."""

    empty: bool
    first: frozenset[int]
    last: frozenset[int]


class Automaton:
    """Places of a pattern, each with the characters it matches, and the places that may follow.

    Parameters
    ----------
    nodes
        The pattern as Python parses it, without its anchors.
    """

    def __init__(self, nodes: list) -> None:
        self.characters: list[list[tuple[int, int]]] = []
        self.follow: list[set[int]] = []
        #: Whether one place follows another in two ways within a repetition, as in ``(a*)*``.
        self.twice = False
        self._steps = self._choices = 0
        self._sequence(nodes)
        self._share = cache(self._overlap)

    def _sequence(self, nodes) -> _Part:
        part = _Part(True, frozenset(), frozenset())
        for node in nodes:
            part = self._join(part, self._part(*node))
        return part

    def _join(self, one: _Part, two: _Part) -> _Part:
        self._link(one.last, two.first)
        first = one.first | two.first if one.empty else one.first
        last = one.last | two.last if two.empty else two.last
        return _Part(one.empty and two.empty, first, last)

    def _link(self, before: frozenset[int], after: frozenset[int]) -> None:
        for place in before:
            self.twice = self.twice or bool(self.follow[place] & after)
            self.follow[place] |= after

    def _part(self, kind, value) -> _Part:
        if kind in CHARACTER:
            return self._place(_ranges(kind, value))
        if kind is op.SUBPATTERN and not value[1] and not value[2]:
            return self._sequence(value[3])
        if kind is op.BRANCH:
            self._choose()
            parts = [self._sequence(branch) for branch in value[1]]
            first, last = (frozenset().union(*(getattr(part, end) for part in parts)) for end in ("first", "last"))
            empty = sum(part.empty for part in parts)
            self.twice = self.twice or empty > 1
            return _Part(empty > 0, first, last)
        if kind is op.MAX_REPEAT or kind is op.MIN_REPEAT:
            return self._repeat(*value)
        raise _Refused(f"engines differ on {str(kind).lower()}")

    def _place(self, ranges: list[tuple[int, int]]) -> _Part:
        if len(self.follow) >= PATTERN_PLACES:
            raise _Refused(f"its repetitions make more than {PATTERN_PLACES:,} places")
        self.characters.append(ranges)
        self.follow.append(set())
        here = frozenset([len(self.follow) - 1])
        return _Part(False, here, here)

    def _repeat(self, least: int, most: int, nodes) -> _Part:
        part = self._sequence(nodes)
        if most == 1:
            self._choose()
            return part._replace(empty=True)
        if part.empty:
            raise _Refused("it repeats what may be empty")
        if least == most and len(nodes) == 1 and nodes[0][0] in CHARACTER:
            for _ in range(least - 1):
                part = self._join(part, self._sequence(nodes))
            return part
        # A bounded repetition is looked at as an endless one: forty of them are as bad.
        self._link(part.last, part.first)
        return part._replace(empty=least == 0)

    def _choose(self) -> None:
        self._choices += 1
        if self._choices > PATTERN_CHOICES:
            raise _Refused(f"it has more than {PATTERN_CHOICES} optional parts and alternatives")

    def _overlap(self, one: int, two: int) -> bool:
        return any(
            low <= other_high and other_low <= high
            for low, high in self.characters[one]
            for other_low, other_high in self.characters[two]
        )

    def _count(self, steps: int = 1) -> None:
        self._steps += steps
        if self._steps > PATTERN_STEPS:
            raise _Refused("it is too involved to tell how long it takes")

    def _pairs(self, one: int, two: int) -> Iterator[tuple[int, int]]:
        for a in self.follow[one]:
            for b in self.follow[two]:
                self._count()
                if self._share(a, b):
                    yield a, b

    @cached_property
    def loops(self) -> list[int]:
        """Places that lead back to themselves."""
        return [place for place in range(len(self.follow)) if place in self._ahead(place)]

    def _ahead(self, place: int) -> set[int]:
        seen: set[int] = set()
        waiting = list(self.follow[place])
        while waiting:
            if (step := waiting.pop()) not in seen:
                self._count(len(self.follow[step]))
                seen.add(step)
                waiting += self.follow[step]
        return seen

    def exponential(self) -> bool:
        """Whether some text leads from a place back to it in two ways."""
        for place in self.loops:
            parted = {pair for pair in self._reach({(place, place)}) if pair[0] != pair[1]}
            if parted and (place, place) in self._reach(parted):
                return True
        return False

    def _reach(self, start: set[tuple[int, int]]) -> set[tuple[int, int]]:
        seen: set[tuple[int, int]] = set()
        waiting = list(start)
        while waiting:
            for pair in self._pairs(*waiting.pop()):
                if pair not in seen:
                    seen.add(pair)
                    waiting.append(pair)
        return seen

    def polynomial(self) -> bool:
        """Whether some text leads from one place to itself, from another to itself, and from the first to the second."""
        for one in self.loops:
            ahead = self._ahead(one)
            if any(two in ahead and two != one and self._shared_loop(one, two) for two in self.loops):
                return True
        return False

    def _shared_loop(self, one: int, two: int) -> bool:
        seen: set[tuple[int, int, int]] = set()
        waiting = [(one, one, two)]
        while waiting:
            a, b, c = waiting.pop()
            for x, y in self._pairs(a, b):
                for z in self.follow[c]:
                    self._count()
                    step = (x, y, z)
                    if step in seen or not (self._share(x, z) and self._share(y, z)):
                        continue
                    if step == (one, two, two):
                        return True
                    seen.add(step)
                    waiting.append(step)
        return False


def _ranges(kind, value) -> list[tuple[int, int]]:
    """Ranges of characters that one place matches."""
    if kind is op.LITERAL:
        return [(value, value)]
    if kind is op.ANY:
        return [(0, HIGHEST)]
    if kind is op.NOT_LITERAL:
        return _others([(value, value)])
    ranges, negated = [], False
    for inner, what in value:
        if inner is op.NEGATE:
            negated = True
        elif inner is op.LITERAL:
            ranges.append((what, what))
        elif inner is op.RANGE:
            ranges.append(what)
        elif what is op.CATEGORY_SPACE:
            ranges += SPACES
        else:
            raise _Refused(f"engines differ on {str(what).lower()}: write the characters, as [0-9]")
    return _others(ranges) if negated else ranges


def _others(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """All characters but those in these ranges."""
    rest, start = [], 0
    for low, high in sorted(ranges):
        if low > start:
            rest.append((start, low - 1))
        start = max(start, high + 1)
    return [*rest, (start, HIGHEST)] if start <= HIGHEST else rest
