"""Addresses of views of the explorer, and the parts of its page and of the SQL console.

`docs/assets/javascripts/explorer/address.js` gives the grammar of the addresses.
"""

import re
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from scripts.site.release import DOCS, Release
from scripts.site.render import plain, render

SCRIPTS = DOCS / "assets" / "javascripts"
VENDOR = DOCS / "assets" / "vendor"
#: What the grammar reads as something else than a value.
SPECIAL = re.compile(r"^=|^\*.+\*$")


class Between(NamedTuple):
    """A range of numbers or periods, both ends included; None leaves an end open."""

    low: Any
    high: Any


def _term(value: Any) -> str:
    if isinstance(value, Between):
        return "..".join("" if end is None else plain(end) for end in value)
    text = "" if value is None else plain(value)
    return f"={text}" if SPECIAL.match(text) else text


def query(table: str, /, **filters: Any) -> str:
    """Query of the explorer with a table and filters on its columns.

    Parameters
    ----------
    table
        Name of the table.
    **filters
        Column names with a value, a list of values, a `Between`, or None for a missing value.
    """
    terms = [
        (name, _term(value)) for name, values in filters.items() for value in (values if isinstance(values, list) else [values])
    ]
    return "?" + urlencode([("table", table), *terms], quote_via=quote, safe="/")


def link(table: str, /, **filters: Any) -> str:
    """Address of the explorer from the root of the site; the parameters are those of `query`.

    Markdown pages link to `explorer/index.md` followed by `query(…)` instead, so that the link is checked.
    """
    return "explorer/" + query(table, **filters)


def explorer_part(release: Release) -> str:
    """The parts of the explorer's page: a list of the tables, and what scripts make of it."""
    scripts = [*sorted((SCRIPTS / "explorer").glob("*.js")), VENDOR / "hyparquet.min.js", VENDOR / "plot-marks.min.js"]
    modules = [path.relative_to(DOCS).as_posix() for path in scripts]
    return render("explorer.html.j2", resources=release.package.descriptor["resources"], release=release, modules=modules)


def sql_part(release: Release) -> str:
    """The parts of the SQL console, with the name and the size of the database."""
    path = f"{release.package.descriptor['name']}-{release.package.version}.sqlite"
    return render("sql.html.j2", path=path, file=release.file(path) if (release.folder / path).is_file() else None)
