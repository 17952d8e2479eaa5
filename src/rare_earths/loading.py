"""Load tables as pandas frames whose types come from the schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from rare_earths.package import Package, bundled

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Arrow type -> pandas type. Whole numbers and booleans keep their type beside missing values.
PANDAS_TYPES = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype(), pa.string(): pd.StringDtype(na_value=float("nan"))}


def tables(*, package: Package | None = None) -> pd.DataFrame:
    """List the tables of the package.

    Parameters
    ----------
    package
        The package to look into; default: the one installed.

    Returns
    -------
    pandas.DataFrame
        One row per table: ``table``, ``title``, ``rows`` (count), ``description``.

    Examples
    --------
    >>> import rare_earths
    >>> "reserves" in set(rare_earths.tables()["table"])
    True
    """
    resources = (package or bundled()).descriptor["resources"]
    return pd.DataFrame(
        {"table": r["name"], "title": r["title"], "rows": r["rows"], "description": r["description"]} for r in resources
    )


def load(
    table: str, /, *, columns: Sequence[str] | None = None, package: Package | None = None, **filters: Any
) -> pd.DataFrame:
    """Load a table.

    Parameters
    ----------
    table
        Name of the table.
    columns
        Columns wanted, in this order; default: all, in the order of the schema.
    package
        The package to load from; default: the one installed.
    **filters
        Column names with a value, or a list of values, that rows must have. From Parquet
        only the row groups that can hold such rows are read.

    Returns
    -------
    pandas.DataFrame
        Rows in the order of the primary key, numbered from 0. Codes are text, whole
        numbers and years are ``Int64``, numbers are ``float64`` (units stand in
        ``frame.attrs["units"]``), booleans are ``boolean``.

    Raises
    ------
    UnknownTable
        When there is no such table.
    KeyError
        When the table has no such column.

    Examples
    --------
    >>> import rare_earths
    >>> rare_earths.load("production", area="AUS", year=2024)["quantity_t_reo"].item()
    29000.0
    """
    package = package or bundled()
    rows = read(package, table, columns, filters)
    frame = rows.to_pandas(types_mapper=PANDAS_TYPES.get)
    frame.attrs = {"table": table, "version": package.version, "units": _units(rows.schema)}
    return frame


def read(package: Package, table: str, columns: Sequence[str] | None, filters: Mapping[str, Any]) -> pa.Table:
    """Rows of a table as Arrow, filtered while they are read.

    Raises
    ------
    KeyError
        When the table has no such column.
    """
    names = [field["name"] for field in package.schema(table)["fields"]]
    for name in [*(columns or []), *filters]:
        if name not in names:
            raise KeyError(f"table {table!r} has no column {name!r}; it has {', '.join(names)}")
    rows = package.read(table, filters=expression(filters))
    return rows.select(list(columns)) if columns is not None else rows


def expression(filters: Mapping[str, Any]) -> pc.Expression | None:
    """Condition that rows must meet, in a form that Arrow can check against the statistics of Parquet row groups.

    Parameters
    ----------
    filters
        Column names with a value, or a list of values, that rows must have.

    Returns
    -------
    pyarrow.compute.Expression or None
        None where there are no filters.
    """
    condition = None
    for name, value in filters.items():
        values = list(value) if isinstance(value, (list, tuple, set, frozenset)) else [value]
        term = _term(pc.field(name), values)
        condition = term if condition is None else condition & term
    return condition


def _term(field: pc.Expression, values: list[Any]) -> pc.Expression:
    """Condition that a field has one of these values; None asks for a missing one."""
    known = [value for value in values if value is not None]
    # Arrow rules out more row groups by equality than by membership.
    term = field == known[0] if len(known) == 1 else field.isin(known) if known else pc.scalar(False)
    return term | field.is_null() if len(known) < len(values) else term


def _units(schema: pa.Schema) -> dict[str, str]:
    return {f.name: f.metadata[b"unit"].decode() for f in schema if f.metadata and b"unit" in f.metadata}
