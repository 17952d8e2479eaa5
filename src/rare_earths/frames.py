"""Frames of any engine: what they hold, as Arrow and as pandas, and back again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

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
    part = frame.select(names) if _engine(frame) in {"polars", "pyarrow"} else frame[names]
    part = part.collect() if hasattr(part, "collect") else part
    return part if isinstance(part, pa.Table) else pa.table(part)


def metadata_of(frame: Any) -> dict[str, str]:
    """What a frame of :func:`rare_earths.load` says of itself: ``table`` and ``version``, where it can."""
    if isinstance(attrs := getattr(frame, "attrs", None), dict):
        said = attrs
    else:
        of_schema = getattr(getattr(frame, "schema", None), "metadata", None) or {}
        said = {k.decode(): v.decode() for k, v in of_schema.items() if isinstance(k, bytes)}
    return {name: said[name] for name in ("table", "version") if name in said}


def to_pandas(frame: Any) -> pd.DataFrame:
    """A frame of any engine in pandas, with the types that :func:`rare_earths.load` gives."""
    if _engine(frame) == "pandas":
        return frame
    from rare_earths.engines import deliver

    rows = to_arrow(frame, columns_of(frame))
    narrow = rows.cast(_plain(rows.schema)).replace_schema_metadata(rows.schema.metadata)
    return deliver(narrow, "pandas")


def like(frame: Any, result: pd.DataFrame) -> Any:
    """A pandas frame in the engine of another frame; lazy ones get an eager one of their library."""
    engine = {"pyarrow": "arrow"}.get(_engine(frame), _engine(frame))
    if engine == "pandas":
        return result
    import pyarrow as pa

    from rare_earths.engines import deliver

    return deliver(pa.Table.from_pandas(result, preserve_index=False).replace_schema_metadata(metadata_of(frame)), engine)


def _engine(frame: Any) -> str:
    return type(frame).__module__.split(".")[0]


def _plain(schema: pa.Schema) -> pa.Schema:
    """The same columns without the wide and viewed forms of text that engines prefer."""
    import pyarrow as pa

    def plain(kind: pa.DataType) -> pa.DataType:
        return pa.string() if pa.types.is_large_string(kind) or pa.types.is_string_view(kind) else kind

    return pa.schema([field.with_type(plain(field.type)) for field in schema])
