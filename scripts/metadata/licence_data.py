"""LICENSE-DATA: the licence of the compilation, and who must be credited under which licence, made from ``sources``."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from scripts.licences import withheld_sources

#: Licence as ``sources`` names it -> what it means, where it is no SPDX identifier.
MEANINGS = {
    "facts-cite": "Nothing was taken but single figures, which are facts, each with its citation; texts, tables and pictures are not here.",
    "US-Government-Work": "Works of the United States government, in the public domain there.",
}
HEAD = """\
The compilation
===============

The tables of {title}, as a compilation (their selection, arrangement, notes,
schemas and documentation), are licensed under the {licence}
({name}): {path}

Attribution: "{title}", version {version}, by {creators}.
`rare_earths.cite(frame)` prints it as BibTeX, together with the sources.

The sources
===========

Each row names its source in `source_id`, and the table `sources` gives the licence of
each. These licences stand beside ours: who reuses a row credits its source too, in the
words below. No row of a source that may not be passed on is in a release.
"""


def text(descriptor: Mapping[str, Any], sources: Sequence[Mapping[str, Any]]) -> str:
    """Text of the file; rows of ``sources`` with ``redistributable`` as a boolean."""
    licence = descriptor["licenses"][0]
    head = HEAD.format(
        title=descriptor["title"],
        licence=licence["title"],
        name=licence["name"],
        path=licence["path"],
        version=descriptor["version"],
        creators=", ".join(person["title"] for person in descriptor["contributors"]),
    )
    withheld = withheld_sources(sources)
    released = [source for source in sources if source["source_id"] not in withheld]
    parts = [_part(licence, released) for licence in sorted({source["licence"] for source in released})]
    if held := sorted(source["attribution"] for source in sources if source["source_id"] in withheld):
        lines = "".join(f"- {attribution}\n" for attribution in held)
        parts.append(f"Held back\n---------\n\nKnown to `sources`, but no row of these is in a release:\n\n{lines}")
    return f"{descriptor['$comment']}\n\n" + "\n".join([head, *parts])


def _part(licence: str, sources: Sequence[Mapping[str, Any]]) -> str:
    """Attributions under one licence, each once, in the order of their letters."""
    under = [source for source in sources if source["licence"] == licence]
    addresses = sorted({source["licence_url"] for source in under if source["licence_url"]})
    words = [MEANINGS[licence]] if licence in MEANINGS else []
    counted = Counter(source["attribution"] for source in under)
    lines = [f"- {attribution}{f' ({count} sources)' if count > 1 else ''}" for attribution, count in sorted(counted.items())]
    return (
        "\n".join([licence, "-" * len(licence), "", *words, *addresses, *([""] if words or addresses else []), *lines]) + "\n"
    )
