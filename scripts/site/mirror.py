"""The page Mirror gaps: the same trade as exporter and importer report it."""

from typing import Any

from scripts.site.credit import credit
from scripts.site.profiles import profile
from scripts.site.release import Release

SIDES = ("exporter", "importer", "reconciled")


def gap(row: dict[str, Any]) -> float:
    """How many times the larger figure holds the smaller, by weight where both sides weigh; 0 if nothing compares."""
    ratio = row["weight_ratio"] or row["value_ratio"]
    return max(ratio, 1 / ratio) if ratio else 0.0


def gaps(release: Release) -> list[dict[str, Any]]:
    """Rows of ``trade_mirror``, the largest gap first."""
    return sorted(release.records("trade_mirror"), key=lambda row: (-gap(row), row["period"]))


def mirror_page(release: Release) -> str:
    """The page."""
    rows = gaps(release)
    return profile(
        "mirror-gaps.md.j2",
        "Mirror gaps",
        "The same trade in rare earths as the exporter and as the importer reports it, side by side, the largest gap first.",
        hide=("toc",),
        rows=rows,
        names=release.load("areas").set_index("area")["name"].to_dict(),
        products={row["product"]: row for row in release.records("products")},
        credits={row["source_id"]: credit(row, root="../../") for row in release.records("sources")},
        sides=lambda row: [side for side in SIDES if row[f"{side}_source_id"]],
    )
