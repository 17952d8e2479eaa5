"""Several columns compared as one, across tables."""

from __future__ import annotations

from collections.abc import Sequence

import ibis


def key(t, names: Sequence[str]):
    """Columns of a table as one text; a missing value counts as an empty one."""
    return ibis.literal("\x1f").join([ibis.coalesce(t[name].cast("string"), "") for name in names])


def among(value, table, name: str):
    """Whether a value stands in a column of a table. A missing one there would make every answer unknown: it is left out."""
    return value.isin(table.drop_null(name)[name])


def keys(t, names: Sequence[str]):
    """The same of another table, as a column to look the first up in."""
    return t.mutate(_key=key(t, names))["_key"]
