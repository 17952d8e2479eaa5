"""How values are spelt in our CSV files. This is the only place that says it."""

from __future__ import annotations

from typing import Any


def cell(value: Any) -> str:
    """Canonical text of a value: nothing for a missing one, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
