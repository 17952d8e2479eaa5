"""What a rule is. Rules say what must hold of a row; they never say how to run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis

    #: Finds another table by its name; raises ``NotAtHand`` where there is none to look into.
    Lookup = Callable[[str], ibis.Table]


@dataclass(frozen=True)
class Rule:
    """A statement that must be true of every row of a table.

    Attributes
    ----------
    name
        Name of the rule; with its column it is unique within its table.
    column
        The column to look at when it fails.
    expected
        What the rule expects, in words.
    mend
        How to mend a row that breaks it.
    holds
        From the table and a lookup of other tables to a boolean column: true where the
        rule holds; null counts as true. The expression must run on every engine.
    level
        ``error`` or ``notice``.
    key
        Columns of which no two rows may have the same values, for a rule that says exactly
        that; an engine may prove it in a cheaper way before it asks ``holds`` of each row.
    counterexamples
        From the same to a table that has no row exactly when ``holds`` is true of every row,
        for a rule that is dear to ask of each row; an engine may look at it first.
    """

    name: str
    column: str
    expected: str
    mend: str
    holds: Callable[[ibis.Table, Lookup], ibis.expr.types.BooleanValue]
    level: str = "error"
    key: tuple[str, ...] = ()
    counterexamples: Callable[[ibis.Table, Lookup], ibis.Table] | None = None


class NotAtHand(LookupError):
    """A rule looks into a table that was not given and that nothing stands in for."""


class Unreadable(ValueError):
    """The rows of a table cannot be told apart, or one of its columns is missing."""
