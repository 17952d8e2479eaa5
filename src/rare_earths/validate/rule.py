"""What a rule is. Rules say what must hold of a row; they never say how to run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis

    #: Finds another table of the package by its name.
    Lookup = Callable[[str], ibis.Table]


@dataclass(frozen=True)
class Rule:
    """A statement that must be true of every row of a table.

    Attributes
    ----------
    name
        Name of the rule, unique within its table.
    column
        The column to look at when it fails.
    expected
        What the rule expects, in words.
    mend
        How to mend a row that breaks it.
    holds
        From the table and a lookup of other tables to a boolean column: true where the
        rule holds; null counts as true.
    level
        ``error`` or ``notice``.
    """

    name: str
    column: str
    expected: str
    mend: str
    holds: Callable[[ibis.Table, Lookup], ibis.expr.types.BooleanValue]
    level: str = "error"
