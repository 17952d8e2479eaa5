"""Hand rows over to the dataframe library that the caller asked for, and to no other."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rare_earths.package import Package

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

ENGINES = ("pandas", "polars", "arrow", "duckdb")
LAZY_ENGINES = ("arrow", "polars", "duckdb")


def deliver(rows: pa.Table, engine: str) -> Any:
    """Rows as a frame of an engine.

    Parameters
    ----------
    rows
        Rows whose schema says table, version, units and descriptions in its metadata.
    engine
        One of :data:`ENGINES`.

    Raises
    ------
    ValueError
        When there is no such engine.
    ImportError
        When its library is not installed.
    """
    if engine == "arrow":
        return rows
    if engine == "pandas":
        return _pandas(rows)
    library = library_of(engine, ENGINES)
    return library.from_arrow(rows)


def lazily(package: Package, table: str, engine: str) -> Any:
    """A table that is read when and as far as it is asked for.

    Raises
    ------
    ValueError
        When there is no such lazy engine.
    ImportError
        When its library is not installed.
    """
    path = package.path(table)
    if engine == "arrow":
        from rare_earths.arrow import dataset

        return dataset(path, package.schema(table))
    library = library_of(engine, LAZY_ENGINES)
    if path.suffix == ".parquet":
        return (library.scan_parquet if engine == "polars" else library.read_parquet)(str(path))
    # The CSV files of a checkout have one reader that knows the types and what a missing value is.
    frame = library.from_arrow(package.read(table))
    return frame.lazy() if engine == "polars" else frame


def library_of(engine: str, engines: tuple[str, ...]) -> Any:
    """The library of an engine.

    Raises
    ------
    ValueError
        When it is none of these engines.
    ImportError
        When the library is not installed; the message names the extra.
    """
    if engine not in engines:
        raise ValueError(f"no engine {engine!r} here; expected one of {', '.join(map(repr, engines))}")
    try:
        return import_module(engine)
    except ModuleNotFoundError as error:
        if error.name != engine:
            raise
        raise ImportError(
            f"the engine {engine!r} needs the library {engine}; install it with: pip install 'rare-earths[{engine}]'",
            name=engine,
        ) from error


def _pandas(rows: pa.Table) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa

    # Whole numbers and booleans keep their type beside missing values.
    types = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype(), pa.string(): pd.StringDtype(na_value=float("nan"))}
    frame = rows.to_pandas(types_mapper=types.get)
    of_table = {key.decode(): value.decode() for key, value in (rows.schema.metadata or {}).items()}
    frame.attrs = of_table | {"units": _said(rows.schema, "unit"), "descriptions": _said(rows.schema, "description")}
    return frame


def _said(schema: pa.Schema, what: str) -> dict[str, str]:
    key = what.encode()
    return {field.name: field.metadata[key].decode() for field in schema if field.metadata and key in field.metadata}
