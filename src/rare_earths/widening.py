"""Long rows as a wide table, where each cell can hold one figure only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rare_earths.additive import (
    STATISTICS,
    figure_of,
    require_columns,
    require_one_statistic,
    same_columns,
    table_of,
)
from rare_earths.frames import like, package_of, to_pandas
from rare_earths.package import Package

if TYPE_CHECKING:
    import pandas as pd

#: Tables whose figures are compared and never added -> columns of their figures.
COMPARED_FIGURES = {
    "prices": ("price",),
    "us_salient_statistics": ("value",),
    "quotas_yearly": ("quantity_t_reo", "quantity_t"),
    "concentration": ("hhi", "largest_share"),
}


def wide(
    frame: Any,
    /,
    columns: str = "area",
    rows: str | Sequence[str] = "year",
    *,
    value: str | None = None,
    table: str | None = None,
    package: Package | None = None,
) -> Any:
    """Rows as a wide table: one column for each country, or each year.

    Parameters
    ----------
    frame
        Rows of a table of figures, in any engine.
    columns
        Column whose values become columns, such as ``"area"`` or ``"year"``.
    rows
        Columns whose values become rows.
    value
        Column of the figure; needed where there are several.
    table
        Table that the rows are from, where the frame cannot say it.
    package
        The package that they are from; default: as the frame says, else the one installed.

    Returns
    -------
    frame
        In the engine of ``frame``, ordered by ``rows``; empty where there is no figure. Nothing is
        added up or filled in. A pandas frame keeps its ``unit``, its ``source_ids`` (so that
        :func:`cite` can cite it) and its ``bounds`` (cells that are none but bounds) in ``attrs``.

    Raises
    ------
    ValueError
        When the rows are of several statistics, or a cell would hold two figures.

    Examples
    --------
    >>> import rare_earths
    >>> rows = rare_earths.load("production", area=["AUS", "CHN"], year=[2023, 2024])
    >>> rare_earths.wide(rows).to_dict("list")
    {'year': [2023, 2024], 'AUS': [16000.0, 29000.0], 'CHN': [255000.0, 270000.0]}
    """
    package = package_of(frame, package)
    table, found = table_of(frame, table, package), to_pandas(frame)
    figures = list(STATISTICS[table].figures) if table in STATISTICS else COMPARED_FIGURES.get(table, ())
    if not figures:
        raise ValueError(
            f"rows of {table!r} hold no figures to spread; wide tables are of {', '.join([*STATISTICS, *COMPARED_FIGURES])}"
        )
    figure, index = figure_of(list(found), table, value, figures), [rows] if isinstance(rows, str) else list(rows)
    holders = STATISTICS[table].holders if table in STATISTICS else ()
    same = [*same_columns(table, package, figure), *holders]
    require_columns(found, table, [*same, columns, *index])
    # Places in the table may vary; all else must be the same in the whole of it.
    require_one_statistic(found, table, [name for name in same if name not in (columns, *index)], [])
    spread = found.pivot(index=index, columns=columns, values=figure).sort_index().reset_index()
    spread.columns = [str(name) for name in spread.columns]
    attrs = {name: found.attrs[name] for name in ("table", "version") if name in found.attrs}
    unit = found.attrs.get("units", {}).get(figure)
    sources = sorted(set(found["source_id"])) if "source_id" in found else []
    spread.attrs = attrs | {"figure": figure, "source_ids": sources, "bounds": _bounds(found, [*index, columns])}
    spread.attrs |= {"unit": unit} if unit else {}
    return like(frame, spread)


def _bounds(rows: pd.DataFrame, place: list[str]) -> list[dict[str, Any]]:
    """Places of figures that are bounds, with the qualifier that says so."""
    qualifier = next((name for name in ("qualifier", "value_qualifier") if name in rows), None)
    if qualifier is None:
        return []
    bounds = rows[rows[qualifier].isin(["greater_than", "less_than"])]
    return bounds[[*place, qualifier]].to_dict("records")
