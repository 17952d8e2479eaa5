"""Names of areas: ours, and as the sources word them."""

from __future__ import annotations

from typing import Any

from rare_earths.frames import like, package_of, to_pandas
from rare_earths.loading import read
from rare_earths.locators import parse
from rare_earths.package import Package

AREAS = ("area", "reporter", "partner", "exporter", "importer", "jurisdiction", "largest_holder")


def area_names(frame: Any, /, *, package: Package | None = None) -> Any:
    """Rows with the names of their areas beside the codes.

    Parameters
    ----------
    frame
        Rows of any table that has a column of areas, in any engine.
    package
        The package that they are from; default: as the frame says, else the one installed.

    Returns
    -------
    frame
        In the engine of ``frame``. Each column of codes, such as ``area``, is followed by
        ``area_name``, the short English name of ``areas`` (codes are ISO 3166-1), and, where the
        rows have a ``locator``, by ``area_name_in_source``: the wording of the row's own source,
        where its locator names the area, such as ``Burma`` for ``MMR``; else empty.

    Raises
    ------
    ValueError
        When there is no column of areas, or a code is unknown.

    Examples
    --------
    >>> import rare_earths
    >>> rows = rare_earths.load("reserves_reported", area="MMR", source_id="usgs-mcs-2025")
    >>> rare_earths.area_names(rows)[["area_name", "area_name_in_source"]].iloc[0].tolist()
    ['Myanmar', 'Burma']
    """
    package = package_of(frame, package)
    rows, known = to_pandas(frame), {row["area"]: row for row in read(package, "areas").to_pylist()}
    present = [name for name in AREAS if name in rows]
    if not present:
        raise ValueError(f"these rows have no column of areas; expected one of {', '.join(AREAS)}")
    result = rows.copy()
    for name in present:
        if unknown := sorted(set(rows[name].dropna()) - set(known)):
            raise ValueError(f"unknown areas {unknown} in {name!r}: these rows are not from version {package.version}")
        place = list(result).index(name) + 1
        result.insert(place, f"{name}_name", rows[name].map(lambda code: known[code]["name"], na_action="ignore"))
        if "locator" in rows:
            worded = [_worded(known.get(code), locator) for code, locator in zip(rows[name], rows["locator"], strict=True)]
            result.insert(place + 1, f"{name}_name_in_source", worded)
            result = result.astype({f"{name}_name_in_source": "str"})
    return like(frame, result)


def _worded(area: dict[str, Any] | None, locator: str | None) -> str | None:
    """Wording of an area in its source, where the locator holds one of the names known for it."""
    if area is None or not isinstance(locator, str):
        return None
    names = {area["name"], *(area["names_in_sources"] or "").split("; ")}
    pairs = parse(locator)
    return next((pairs[key] for key in ("row", "column") if pairs.get(key) in names), None)
