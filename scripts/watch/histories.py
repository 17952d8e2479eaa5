"""Read a history of versions as USGS keeps it beside an edition."""

import re
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

POSTED = re.compile(
    r"^(?:First posted online|Revised and reposted) (?P<day>[A-Z][a-z]+ \d{1,2}, \d{4})(?:, as version (?P<version>\d+\.\d+))?$"
)
RULE = re.compile(r"^-{10,}$")


class Version(NamedTuple):
    """A version of an edition, the day it was posted, and how many changes it lists."""

    version: str
    posted: date
    changes: int


def read_history(content: bytes) -> list[Version]:
    """Versions in the order of the text; the first posting is version 1.0.

    Raises
    ------
    ValueError
        When the text is not laid out as a history, or its versions are not in order.
    """
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ValueError(f"the history is not UTF-8 ({error})") from error
    versions: list[Version] = []
    for above, line in pairwise(lines):
        if RULE.match(above.strip()):
            match = POSTED.match(line.strip())
            if not match:
                raise ValueError(f"after a rule the history has {line.strip()[:60]!r}, which is no posting")
            versions.append(Version(match["version"] or "1.0", datetime.strptime(match["day"], "%B %d, %Y").date(), 0))
        elif versions and line.startswith("On p. "):
            versions[-1] = versions[-1]._replace(changes=versions[-1].changes + 1)
    if not versions:
        raise ValueError("the text has no posting in it")
    if versions != sorted(versions, key=lambda version: (number(version.version), version.posted)):
        raise ValueError(f"the versions are not in order: {[version.version for version in versions]}")
    return versions


def number(version: str) -> tuple[int, ...]:
    """A version as numbers, so that 1.10 comes after 1.9."""
    return tuple(int(part) for part in version.split("."))
