"""Load tables with the types, units and descriptions of their schemas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from rare_earths.codes import require_known
from rare_earths.engines import deliver, lazily
from rare_earths.filters import checked, expression, listed, require_columns
from rare_earths.package import Package, bundled

if TYPE_CHECKING:
    import pyarrow as pa


def load(
    table: str,
    /,
    *,
    engine: Literal["pandas", "polars", "arrow", "duckdb"] = "pandas",
    version: str | None = None,
    columns: Sequence[str] | None = None,
    package: Package | None = None,
    **filters: Any,
) -> Any:
    """Load a table.

    Parameters
    ----------
    table
        Name of the table.
    engine
        Library of the frame. ``"polars"`` and ``"duckdb"`` are extras of the same name.
    version
        Version of the data, such as ``"0.1.0"``; default: the one installed.
    columns
        Columns wanted, in this order; default: all, in the order of the schema.
    package
        The package to load from, instead of a version.
    **filters
        Column names with a value, or several values, that rows must have; None asks for a
        missing one. From Parquet only the row groups that can hold such rows are read.

    Returns
    -------
    pandas.DataFrame, polars.DataFrame, pyarrow.Table or duckdb.DuckDBPyRelation
        Rows in the order of the primary key. Codes are text with their leading zeros, whole
        numbers and years stay whole beside missing values, numbers are floating-point. Units
        stand in the column's name or in ``fields(table)``; they travel with the frame in
        ``frame.attrs["units"]`` (pandas) and in the metadata of the fields (Arrow).

    Raises
    ------
    UnknownTable
        When there is no such table.
    KeyError
        When the table has no such column.
    ValueError
        When there is no such engine, or a filter asks for what can stand in no row.
    ImportError
        When the engine's library is not installed.

    Examples
    --------
    >>> import rare_earths
    >>> rare_earths.load("production", area="AUS", year=2024)["quantity_t_reo"].item()
    29000.0
    >>> rare_earths.load("areas", engine="arrow", area=["AFG", "NAM"], columns=["iso_alpha2", "m49"]).to_pylist()
    [{'iso_alpha2': 'AF', 'm49': '004'}, {'iso_alpha2': 'NA', 'm49': '516'}]
    """
    return deliver(read(chosen_package(package, version), table, columns, filters), engine)


def scan(
    table: str,
    /,
    *,
    engine: Literal["arrow", "polars", "duckdb"] = "arrow",
    version: str | None = None,
    package: Package | None = None,
) -> Any:
    """Open a table without reading its rows.

    Parameters
    ----------
    table
        Name of the table.
    engine
        Library that will read it.
    version
        Version of the data; default: the one installed.
    package
        The package to read, instead of a version.

    Returns
    -------
    pyarrow.dataset.Dataset, polars.LazyFrame or duckdb.DuckDBPyRelation
        Rows are read when they are asked for; filters and columns are pushed down into the file.
        The CSV files of a checkout are read whole by polars and DuckDB.

    Raises
    ------
    UnknownTable
        When there is no such table.
    ValueError
        When there is no such lazy engine; pandas has none.
    ImportError
        When the engine's library is not installed.

    Examples
    --------
    >>> import rare_earths
    >>> rare_earths.scan("trade_flows").count_rows() == len(rare_earths.load("trade_flows"))
    True
    """
    return lazily(chosen_package(package, version), table, engine)


def chosen_package(package: Package | None = None, version: str | None = None) -> Package:
    """The package given, the one of a version, or the one installed.

    Raises
    ------
    ValueError
        When both are given and disagree.
    TypeError
        When the package is none.
    """
    if package is not None:
        if not isinstance(package, Package):
            raise TypeError(
                f"package is {package!r}; expected a Package: rare_earths.package.Package(…) opens a folder or a zip of one"
            )
        if version not in (None, package.version):
            raise ValueError(f"version {version!r} was asked for of a package of version {package.version!r}; give one of them")
        return package
    own = bundled()
    if version in (None, own.version):
        return own
    from rare_earths.releases import package as released

    return released(version)


def read(
    package: Package, table: str, columns: Sequence[str] | None = None, filters: Mapping[str, Any] | None = None
) -> pa.Table:
    """Rows of a table as Arrow, filtered while they are read.

    Parameters
    ----------
    package
        The package to read.
    table
        Name of the table.
    columns
        Columns wanted; default: all.
    filters
        As in :func:`load`.

    Returns
    -------
    pyarrow.Table
        Its metadata says table and version, those of its fields unit and description.

    Raises
    ------
    KeyError
        When the table has no such column.
    ValueError
        When a filter asks for what can stand in no row, or ``columns`` is no list of different names.
    """
    columns, schema = listed("columns", columns), package.schema(table)
    require_columns(table, schema, columns or [])
    wanted = checked(table, schema, filters or {})
    rows = package.read(table, filters=expression(wanted), columns=columns)
    # A code by which alone rows were found is known; any other is looked up where it is defined.
    doubtful = {name: values for name, values in wanted.items() if len(values) > 1 or not rows.num_rows}
    require_known(package, table, doubtful)
    return rows.replace_schema_metadata({"table": table, "version": package.version})
