"""When a claim and a figure agree, and what a check finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]

#: How far a figure may be from a claim, by the claim's own word: lowest and highest, as shares of the claim.
#: Half a percent is rounding; "about" is three percent; "nearly" is up to five percent below.
BOUNDS = {"exactly": (0.995, 1.005), "about": (0.97, 1.03), "nearly": (0.95, 1.005)}


def agrees(claim: Row, figure: float) -> bool:
    """Whether a figure bears a claim out.

    Examples
    --------
    >>> agrees({"value": 70.0, "comparator": "nearly"}, 69.2)
    True
    >>> agrees({"value": 91.0, "comparator": "over"}, 90.0)
    False
    """
    value, comparator = claim["value"], claim["comparator"]
    if comparator in {"over", "under"}:
        return figure > value if comparator == "over" else figure < value
    ends = [value * share for share in BOUNDS[comparator]]
    return min(ends) <= figure <= max(ends)


@dataclass
class Finding:
    """What the check of one claim found; its fields are those of ``claim_checks``."""

    verdict: str
    rule: str
    explanation: str
    official_value: float | None = None
    official_qualifier: str = ""
    true_in_source_id: str = ""
    stated_source_id: str = ""
    supported_when_stated: bool | None = None
    source_id: str = ""
    rows_used: list[str] = field(default_factory=list)

    def row(self, claim: Row) -> Row:
        """The row of ``claim_checks``."""
        official, value = self.official_value, claim["value"]
        compared = official and value is not None
        return self.__dict__ | {
            "claim_id": claim["claim_id"],
            "official_value": None if official is None else round(official, 4),
            "deviation_percent": round(100 * (value - official) / abs(official), 1) if compared else None,
            "rows_used": " | ".join(dict.fromkeys(self.rows_used)),
        }


def no_figure(rule: str, why: str) -> Finding:
    """No table of this package has a figure for the claim."""
    return Finding("no_official_figure", rule, why)


def reference(table: str, row: Row, *names: str) -> str:
    """Key of a row, as ``rows_used`` gives it."""
    return f"{table}: " + ", ".join(f"{name}={row[name]}" for name in names)
