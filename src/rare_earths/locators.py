"""The grammar of locators: where in a source a reader finds a figure.

``key=value`` pairs joined by ``; ``, each key at most once, for example
``table=World Mine Production and Reserves; row=Vietnam; column=Reserves``.
"""

from __future__ import annotations

KEYS = (
    "page",
    "table",
    "row",
    "column",
    "sheet",
    "cell",
    "section",
    "article",
    "paragraph",
    "footnote",
    "record",
    "url_fragment",
)


def parse(locator: str) -> dict[str, str]:
    """Pairs of a locator, in the order written.

    Raises
    ------
    ValueError
        When the text does not follow the grammar; the message says where.

    Examples
    --------
    >>> parse("sheet=T8; cell=C7")
    {'sheet': 'T8', 'cell': 'C7'}
    """
    pairs: dict[str, str] = {}
    for part in locator.split("; "):
        key, separator, value = part.partition("=")
        if not separator or key not in KEYS:
            raise ValueError(f"{locator!r}: {part!r} is no key=value pair; keys are {', '.join(KEYS)}")
        if not value or value != value.strip() or ";" in value:
            raise ValueError(f"{locator!r}: the value of {key} is empty, has spaces around it or holds a semicolon")
        if key in pairs:
            raise ValueError(f"{locator!r}: {key} stands twice; a locator names one place")
        pairs[key] = value
    return pairs


def build(pairs: dict[str, str]) -> str:
    """Locator of these pairs.

    Raises
    ------
    ValueError
        When the pairs cannot be written in the grammar.
    """
    locator = "; ".join(f"{key}={value}" for key, value in pairs.items())
    parse(locator)
    return locator
