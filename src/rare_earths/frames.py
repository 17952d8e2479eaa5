"""Frames of any engine: what they hold, as Arrow and as pandas, and back again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rare_earths.engines import deliver
from rare_earths.loading import chosen_package
from rare_earths.package import Package

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def columns_of(frame: Any) -> list[str]:
    """Names of the columns of a frame of any engine.

    Raises
    ------
    TypeError
        When it is no frame.
    """
    if _engine(frame) == "polars" and hasattr(frame, "collect_schema"):
        return frame.collect_schema().names()
    if hasattr(frame, "column_names"):
        return list(frame.column_names)
    if hasattr(frame, "scanner"):
        return list(frame.schema.names)
    if not hasattr(frame, "columns"):
        raise TypeError(f"{type(frame).__name__} is no frame; expected one of pandas, polars, Arrow or DuckDB")
    return [str(name) for name in frame.columns]


def to_arrow(frame: Any, columns: Iterable[str]) -> pa.Table:
    """Some columns of a frame of any engine, read as far as needed."""
    import pyarrow as pa

    names = list(columns)
    if hasattr(frame, "scanner"):
        return frame.to_table(columns=names)
    if _engine(frame) == "duckdb":
        return pa.table(frame.select(*(f'"{name}"' for name in names)))
    # The index of pandas is no column of the table, and would become one.
    part = frame.select(names) if _engine(frame) in {"polars", "pyarrow"} else frame[names].reset_index(drop=True)
    part = part.collect() if hasattr(part, "collect") else part
    return part if isinstance(part, pa.Table) else pa.table(part)


def metadata_of(frame: Any) -> dict[str, str]:
    """What a frame of :func:`rare_earths.load` says of itself: ``table`` and ``version``, where it can."""
    said: dict[str, str] = {}
    if _engine(frame) == "pandas":
        said = frame.attrs
    elif _engine(frame) == "pyarrow":
        said = {key.decode(): value.decode() for key, value in (frame.schema.metadata or {}).items()}
    return {name: said[name] for name in ("table", "version") if name in said}


def package_of(frame: Any, package: Package | None) -> Package:
    """The package given, else the one of the version that the frame says, else the one installed."""
    return package or chosen_package(None, metadata_of(frame).get("version"))


def to_pandas(frame: Any) -> pd.DataFrame:
    """A frame of any engine in pandas, with the types that :func:`rare_earths.load` gives."""
    if _engine(frame) == "pandas":
        return frame
    rows = to_arrow(frame, columns_of(frame))
    narrow = rows.cast(_plain(rows.schema)).replace_schema_metadata(rows.schema.metadata)
    return deliver(narrow, "pandas")


def from_records(records: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a pandas frame in which whole numbers stay whole beside missing values.

    Examples
    --------
    >>> from_records([{"year": 2024, "note": None}, {"year": None, "note": None}])["year"].dtype
    Int64Dtype()
    """
    import pyarrow as pa

    rows = pa.Table.from_pylist(records)
    return deliver(rows.cast(_plain(rows.schema)), "pandas")


def like(frame: Any, result: pd.DataFrame) -> Any:
    """A pandas frame in the engine of another frame; lazy ones get an eager one of their library."""
    engine = {"pyarrow": "arrow"}.get(_engine(frame), _engine(frame))
    if engine == "pandas":
        return result
    import pyarrow as pa

    return deliver(pa.Table.from_pandas(result, preserve_index=False).replace_schema_metadata(metadata_of(frame)), engine)


def _engine(frame: Any) -> str:
    return type(frame).__module__.split(".")[0]


def _plain(schema: pa.Schema) -> pa.Schema:
    """The same columns without the wide and viewed forms of text that engines prefer, and empty ones as text."""
    import pyarrow as pa

    def plain(kind: pa.DataType) -> pa.DataType:
        text = pa.types.is_large_string(kind) or pa.types.is_string_view(kind) or pa.types.is_null(kind)
        return pa.string() if text else kind

    return pa.schema([field.with_type(plain(field.type)) for field in schema])
