"""Frames of other libraries as Arrow, with nothing hidden on the way."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from rare_earths.spelling import cell


def is_spark(data: Any) -> bool:
    """Whether this is a Spark frame, without importing Spark."""
    return type(data).__module__.startswith("pyspark.sql") and type(data).__name__ == "DataFrame"


def arrow_table(data: Any) -> pa.Table:
    """An Arrow table of a frame; a pandas column of mixed objects becomes the text of its cells.

    Raises
    ------
    TypeError
        When it is nothing that can be read as a table.
    """
    if isinstance(data, pa.Table):
        return data
    if type(data).__module__.startswith("pandas"):
        return pa.table({str(name): _column(data[name]) for name in data.columns}) if data.columns.is_unique else _twice(data)
    if isinstance(data, pa.RecordBatch) or hasattr(data, "__arrow_c_stream__"):
        return pa.table(data)
    raise TypeError(
        f"cannot read a {type(data).__module__}.{type(data).__name__} as a table; "
        "give a path, an Arrow table, or a frame of pandas, polars or Spark"
    )


def _column(series: Any) -> pa.Array:
    try:
        return pa.array(series, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        missing = series.isna()
        return pa.array([None if gone else cell(value) for value, gone in zip(series, missing, strict=True)], pa.string())


def _twice(data: Any) -> pa.Table:
    names = [str(name) for name in data.columns]
    return pa.Table.from_arrays([_column(data.iloc[:, place]) for place in range(len(names))], names=names)
