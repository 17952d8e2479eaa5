"""What a watch found: one line for each thing asked, and what the whole means for a scheduled job."""

import json
from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from scripts.fetch.outcomes import Outcome

NEW_EDITION = "new edition"
NEW_VERSION = "new version"
NOTHING_NEW = "nothing new"
#: What somebody must look at because a publisher changed something.
NEWS = frozenset({NEW_EDITION, NEW_VERSION, Outcome.CHANGED, Outcome.NEW_COLUMNS, Outcome.GONE})
QUIET = frozenset({NOTHING_NEW, Outcome.UNCHANGED})


class Status(IntEnum):
    """Exit status of the command."""

    NOTHING_NEW = 0
    NEWS = 1
    NOT_ALL_ASKED = 3


class Finding(NamedTuple):
    """One thing that was asked: a file, an edition or a history; what was found; where; and details."""

    about: str
    found: str
    address: str
    detail: str = ""


def status(findings: Iterable[Finding]) -> Status:
    """News win over what could not be asked; that wins over nothing new."""
    found = {finding.found for finding in findings}
    if found & NEWS:
        return Status.NEWS
    return Status.NOT_ALL_ASKED if found - QUIET else Status.NOTHING_NEW


def as_text(findings: list[Finding]) -> str:
    """The report for a reader: what needs somebody first."""
    lines = []
    for finding in sorted(findings, key=lambda finding: (finding.found not in NEWS, finding.found in QUIET)):
        lines.append(f"{finding.found:28}{finding.about}")
        if finding.found not in QUIET:
            lines += [f"    {finding.address}", f"    {finding.detail}"] if finding.detail else [f"    {finding.address}"]
    return "\n".join(lines) + "\n"


def as_json(findings: list[Finding], asked_at: str) -> str:
    """The report for a program: status, who was asked, findings. It holds no time, so that two can be compared."""
    document = {"status": status(findings).name.lower(), "asked": asked_at, "findings": [f._asdict() for f in findings]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
