"""Citations of the package and of exactly the sources of the rows in hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from rare_earths.citing import bibtex, csl, plain, ris
from rare_earths.citing.references import Reference, of_package, of_source
from rare_earths.frames import columns_of, metadata_of, to_arrow
from rare_earths.loading import chosen_package, read
from rare_earths.package import Package

#: Style -> how references are written in it.
STYLES: dict[str, Callable[[list[Reference]], str]] = {
    "bibtex": bibtex.write,
    "ris": ris.write,
    "csl-json": csl.write,
    "text": plain.write,
}


def cite(
    rows: Any,
    /,
    style: Literal["bibtex", "ris", "csl-json", "text"] = "bibtex",
    *,
    version: str | None = None,
    package: Package | None = None,
) -> str:
    """Cite the package and the sources of these rows.

    Parameters
    ----------
    rows
        A frame of any engine that has a column ``source_id`` (or ``from_source_id``,
        ``source_ids``, …); the name of a table, for all its rows; or what :func:`explain` or
        :func:`convert` returned.
    style
        ``"bibtex"``, ``"ris"``, ``"csl-json"`` (Citation Style Language), or ``"text"``.
    version
        Version of the data that the rows are from; default: the one that the frame says, else
        the one installed. Frames of polars and DuckDB cannot say it.
    package
        The package that holds the sources, instead of a version.

    Returns
    -------
    str
        The package with its version, then each source once in the order of the keys; each says
        under which licence it may be used, and the words that it asks to be printed.

    Raises
    ------
    ValueError
        When no column names sources, or one is unknown, or there is no such style.

    Examples
    --------
    >>> import rare_earths
    >>> frame = rare_earths.load("reserves", area="VNM", as_of_year=2025)
    >>> print(rare_earths.cite(frame, "text"))  # doctest: +ELLIPSIS
    The Rare Earths developers (2026-11-26). Rare Earths: ... Licence: CC-BY-4.0. ...
    <BLANKLINE>
    U.S. Geological Survey (2026-05-27). ... Licence: US-Government-Work. ...
    <BLANKLINE>
    """
    if style not in STYLES:
        raise ValueError(f"no style {style!r}; expected one of {', '.join(map(repr, STYLES))}")
    if not isinstance(rows, str) and version is None and package is None:
        version = metadata_of(rows).get("version")
    found = chosen_package(package, version)
    return STYLES[style](references(found, cited_sources(read(found, rows) if isinstance(rows, str) else rows)))


def references(package: Package, keys: set[str]) -> list[Reference]:
    """The package and its sources with these keys, in their order.

    Raises
    ------
    ValueError
        When the package has no such source.
    """
    sources = {row["source_id"]: row for row in read(package, "sources").to_pylist()}
    if unknown := sorted(keys - set(sources)):
        raise ValueError(f"unknown sources {unknown}: these rows are not from version {package.version} of the package")
    return [of_package(package.descriptor), *(of_source(sources[key]) for key in sorted(keys))]


def cited_sources(rows: Any) -> set[str]:
    """Keys of the sources that rows name.

    Raises
    ------
    ValueError
        When no column names sources.
    """
    named = getattr(rows, "source_ids", None)
    if not isinstance(named, frozenset):
        attrs = getattr(rows, "attrs", None)
        named = attrs.get("source_ids") if isinstance(attrs, dict) else None
    if named is not None:
        return set(named)
    names = columns_of(rows)
    columns = [name for name in names if name in {"source_id", "source_ids"} or name.endswith(("_source_id", "_source_ids"))]
    if not columns:
        raise ValueError("these rows do not name their sources; keep the column source_id when you select columns")
    values = {value for column in to_arrow(rows, columns).columns for value in column.to_pylist()}
    return {key for value in values if value for key in value.split("; ")}
