"""Entries of ``CHANGELOG.md``, and the sentence with counts that each must hold."""

import re

from rare_earths.diffing import Diff
from scripts.release import ReleaseError
from scripts.tables import ROOT

CHANGELOG = ROOT / "CHANGELOG.md"


def entry(version: str, released: str, text: str | None = None) -> str:
    """What the changelog says of a version, without its heading.

    Raises
    ------
    ReleaseError
        When there is no entry with this version and day, or it is empty.
    """
    text = CHANGELOG.read_text(encoding="utf-8") if text is None else text
    heading = f"## {version} ({released})"
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    if not found or not found[1].strip():
        raise ReleaseError(f"CHANGELOG.md has no entry under the heading `{heading}`; tell users there what changed")
    return found[1].strip()


def counts(diff: Diff) -> tuple[int, int, int]:
    """Numbers of rows added, removed and corrected, whole tables included."""
    tables = diff.tables.values()
    added = sum(diff.tables_added.values()) + sum(table.added.num_rows for table in tables)
    removed = sum(diff.tables_removed.values()) + sum(table.removed.num_rows for table in tables)
    return added, removed, sum(table.rows_changed for table in tables)


def sentence(diff: Diff) -> str:
    """The sentence on the rows that the entry of the newer version must hold."""
    added, removed, corrected = counts(diff)
    if not (added or removed or corrected):
        return f"The figures are those of {diff.old}."
    return f"Rows against {diff.old}: {added:,} added, {removed:,} removed, {corrected:,} corrected."


def check_entry(diff: Diff, released: str, text: str | None = None) -> None:
    """Check that the changelog tells of the newer version, with its counts.

    Raises
    ------
    ReleaseError
        When it does not.
    """
    wanted = sentence(diff)
    if wanted not in " ".join(entry(diff.new, released, text).split()):
        raise ReleaseError(f"CHANGELOG.md must say in the entry of {diff.new}, counted from the data: {wanted}")
