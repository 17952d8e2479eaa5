"""Frames of other libraries as Arrow, with nothing hidden on the way."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from rare_earths.spelling import cell


def is_spark(data: Any) -> bool:
    """Whether this is a Spark frame, without importing Spark."""
    return type(data).__module__.startswith("pyspark.sql") and type(data).__name__ == "DataFrame"


def arrow_table(data: Any, schema: dict[str, Any]) -> pa.Table:
    """An Arrow table of a frame.

    A pandas column of mixed objects becomes the text of its cells. Whole numbers that pandas
    holds as floats, as some are missing, become whole numbers again where the schema says so.

    Parameters
    ----------
    data
        The frame.
    schema
        Table Schema that it should follow.

    Raises
    ------
    TypeError
        When it is nothing that can be read as a table.
    """
    if isinstance(data, pa.Table):
        return data
    if type(data).__module__.startswith("pandas"):
        whole = {field["name"] for field in schema["fields"] if field["type"] in {"integer", "year"}}
        names = [str(name) for name in data.columns]
        columns = [_column(data.iloc[:, place], name in whole) for place, name in enumerate(names)]
        return pa.Table.from_arrays(columns, names=names)
    if isinstance(data, pa.RecordBatch) or hasattr(data, "__arrow_c_stream__"):
        return pa.table(data)
    raise TypeError(
        f"cannot read a {type(data).__module__}.{type(data).__name__} as a table; "
        "give a path, an Arrow table, or a frame of pandas, polars or Spark"
    )


def _column(series: Any, whole: bool) -> pa.Array:
    try:
        column = pa.array(series, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        missing = series.isna()
        return pa.array([None if gone else cell(value) for value, gone in zip(series, missing, strict=True)], pa.string())
    if not whole or not pa.types.is_floating(column.type):
        return column
    try:
        return column.cast(pa.int64())
    except pa.ArrowInvalid:
        return column
