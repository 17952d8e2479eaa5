"""What is cited, before it is written in any style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Reference:
    """One document; dates are as precise as they are known, missing values are None.

    Attributes
    ----------
    key
        ``source_id``, or name and version of the package.
    kind
        As in ``sources``: dataset, report, notice, law, news or web page.
    note
        Licence, and the words that it asks to be printed.
    """

    key: str
    kind: str
    authors: tuple[str, ...]
    title: str
    published: str | None
    note: str
    version: str | None = None
    accessed: str | None = None
    url: str | None = None
    doi: str | None = None
    language: str | None = None


def of_package(descriptor: dict[str, Any]) -> Reference:
    """Reference of the package itself."""
    licence = descriptor["licenses"][0]
    return Reference(
        key=f"{descriptor['name']}-{descriptor['version']}",
        kind="dataset",
        authors=tuple(contributor["title"] for contributor in descriptor["contributors"]),
        title=f"{descriptor['title']}: {descriptor['description'].rstrip('.')}",
        published=descriptor["created"][:10],
        version=descriptor["version"],
        url=descriptor.get("homepage"),
        note=f"Data package, version {descriptor['version']}. Licence: {licence['name']}. {licence['title']}, {licence['path']}.",
    )


def of_source(source: dict[str, Any]) -> Reference:
    """Reference of a row of ``sources``."""
    remarks = [f"Licence: {source['licence']}.", source["attribution"]]
    if source["restated_by"] and source["restated_by"] not in (source["attribution"] or ""):
        remarks.append(f"Read as restated by {source['restated_by']}.")
    return Reference(
        key=source["source_id"],
        kind=source["kind"],
        authors=(source["publisher"],),
        title=source["title"],
        published=source["published_on"],
        version=source["edition_version"],
        accessed=source["accessed_on"],
        url=source["url"],
        doi=source["doi"],
        language=source["language"],
        note=" ".join(filter(None, remarks)),
    )
