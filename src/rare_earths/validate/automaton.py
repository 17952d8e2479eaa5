"""The automaton of a pattern, and how many ways it has to match the same text (see ``patterns``)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from re import _constants as op
from typing import NamedTuple

from rare_earths.limits import PATTERN_CHOICES, PATTERN_PLACES, PATTERN_STEPS

CHARACTER = {op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN}
HIGHEST = 0x10FFFF
SPACES = [(0x09, 0x0D), (0x20, 0x20)]


class Refused(Exception):
    """A pattern has a part that must not be run."""


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
        self._steps = self._choices = self._written = 0
        self._times = 1
        self._sequence(nodes)

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
        raise Refused(f"engines differ on {str(kind).lower()}")

    def _place(self, ranges: list[tuple[int, int]]) -> _Part:
        self._written += self._times
        if self._written > PATTERN_PLACES:
            raise Refused(f"its repetitions make more than {PATTERN_PLACES:,} places")
        self.characters.append(ranges)
        self.follow.append(set())
        here = frozenset([len(self.follow) - 1])
        return _Part(False, here, here)

    def _repeat(self, least: int, most: int, nodes) -> _Part:
        if least == most and len(nodes) == 1 and nodes[0][0] in CHARACTER:
            return self._sequence(list(nodes) * least)
        times = max(least, 1) if most is op.MAXREPEAT else max(most, 1)
        self._times *= times
        part = self._sequence(nodes)
        self._times //= times
        if most == 1:
            self._choose()
            return part._replace(empty=True)
        if part.empty:
            raise Refused("it repeats what may be empty")
        # A bounded repetition is looked at as an endless one: forty of them are as bad.
        self._link(part.last, part.first)
        return part._replace(empty=least == 0)

    def _choose(self) -> None:
        self._choices += 1
        if self._choices > PATTERN_CHOICES:
            raise Refused(f"it has more than {PATTERN_CHOICES} optional parts and alternatives")

    @cached_property
    def signs(self) -> list[int]:
        """For each place its characters as bits, one for each run of characters that no place tells apart."""
        edges = sorted({edge for ranges in self.characters for low, high in ranges for edge in (low, high + 1)})
        return [
            sum(1 << number for number, edge in enumerate(edges) if any(low <= edge <= high for low, high in ranges))
            for ranges in self.characters
        ]

    def _count(self, steps: int = 1) -> None:
        self._steps += steps
        if self._steps > PATTERN_STEPS:
            raise Refused("it is too involved to tell how long it takes")

    def _pairs(self, one: int, two: int) -> Iterator[tuple[int, int]]:
        for a in self.follow[one]:
            for b in self.follow[two]:
                self._count()
                if self.signs[a] & self.signs[b]:
                    yield a, b

    @cached_property
    def ahead(self) -> list[int]:
        """For each place the places that it leads to, as bits."""
        found = [sum(1 << place for place in after) for after in self.follow]
        for middle, beyond in enumerate(found):
            self._count(len(found) // 8)
            for place, reached in enumerate(found):
                if reached >> middle & 1:
                    found[place] |= beyond | found[middle]
        return found

    def _leads(self, one: int, two: int) -> bool:
        return bool(self.ahead[one] >> two & 1)

    def exponential(self) -> bool:
        """Whether some text leads from a place back to it in two ways."""
        loops = [place for place in range(len(self.follow)) if self._leads(place, place)]
        parted = {pair for pair in self._reach({(place, place) for place in loops}) if pair[0] != pair[1]}
        # Few patterns part at all; of those that do, most never meet again.
        for one, two in self._reach(parted):
            if one == two and self._leads(one, one):
                away = {pair for pair in self._reach({(one, one)}) if pair[0] != pair[1]}
                if (one, one) in self._reach(away):
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
        """Whether some text leads from one place to itself, from another to itself, and from the first to the second.

        If the second leads back to the first too, the ways grow exponentially, which is asked before.
        """
        loops = [place for place in range(len(self.follow)) if self._leads(place, place)]
        return any(
            self._leads(one, two)
            and not self._leads(two, one)
            and self.signs[one] & self.signs[two]
            and self._shared_loop(one, two)
            for one in loops
            for two in loops
        )

    def _shared_loop(self, one: int, two: int) -> bool:
        seen: set[tuple[int, int, int]] = set()
        waiting = [(one, one, two)]
        while waiting:
            a, b, c = waiting.pop()
            for x, y in self._pairs(a, b):
                for z in self.follow[c]:
                    self._count()
                    step = (x, y, z)
                    if step in seen or not self.signs[x] & self.signs[y] & self.signs[z]:
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
            raise Refused(f"engines differ on {str(what).lower()}: write the characters, as [0-9]")
    return _others(ranges) if negated else ranges


def _others(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """All characters but those in these ranges."""
    rest, start = [], 0
    for low, high in sorted(ranges):
        if low > start:
            rest.append((start, low - 1))
        start = max(start, high + 1)
    return [*rest, (start, HIGHEST)] if start <= HIGHEST else rest
