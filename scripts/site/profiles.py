"""What pages of areas, products and sources share: front matter, BibTeX of sources, and figures as rows with bars."""

import re
from typing import Any

import rare_earths
from scripts.site.explorer import link
from scripts.site.release import Release
from scripts.site.render import page

Row = dict[str, Any]


def profile(
    template: str, title: str, description: str, hide: tuple[str, ...] = ("navigation",), boost: int = 1, **context: Any
) -> str:
    """Text of a page two folders below the root; its tables are left out of the search, its title and lead are not.

    ``boost`` is the weight of the page in the search.
    """
    weight = ("search:", f"  boost: {boost}") if boost > 1 else ()
    front = (f"title: {quoted(title)}", f"description: {quoted(description)}", *weight)
    return page(template, hide, front, title=title, explorer=link, root="../../", **context)


def quoted(text: str) -> str:
    """A text as YAML, in double quotes."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


def parts(rows: list[Row], column: str) -> list[Row]:
    """Rows with ``part``: the share in percent that each figure has of the largest one, for a bar; None without a figure."""
    largest = max((row[column] for row in rows if row[column] is not None), default=0)
    return [row | {"part": _part(row[column], largest)} for row in rows]


def _part(figure: float | None, largest: float) -> float | None:
    return None if figure is None or not largest else round(100 * figure / largest, 1)


class Bibliography:
    """BibTeX entries of a release, each made once.

    Parameters
    ----------
    release
        The release whose package and sources are cited.
    """

    def __init__(self, release: Release):
        text = rare_earths.cite(release.load("sources"), package=release.package)
        self.package, *entries = (entry.strip() for entry in re.split(r"\n\n(?=@)", text))
        self._entries = {re.match(r"@\w+\{([^,]+),", entry)[1]: entry for entry in entries}

    def of(self, keys: set[str]) -> str:
        """Entry of the package, then those of the sources in the order of their keys."""
        return "\n\n".join([self.package, *(self._entries[key] for key in sorted(keys))])
