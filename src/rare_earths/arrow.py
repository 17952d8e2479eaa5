"""Arrow types of Table Schema fields, and tables read with exactly these types."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv

from rare_earths.safety import check_header

if TYPE_CHECKING:
    import pyarrow.dataset

#: Table Schema type (Data Package v2) -> Arrow type.
ARROW_TYPES = {"string": pa.string(), "integer": pa.int64(), "year": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
#: How our CSV files are written.
PARSE = pyarrow.csv.ParseOptions(newlines_in_values=False)


def arrow_schema(schema: dict[str, Any]) -> pa.Schema:
    """Arrow schema of a Table Schema, with description and unit of each field in its metadata."""
    return pa.schema(
        [
            pa.field(
                field["name"],
                ARROW_TYPES[field["type"]],
                nullable=not field.get("constraints", {}).get("required", False),
                metadata={key: field[key] for key in ("description", "unit") if key in field},
            )
            for field in schema["fields"]
        ]
    )


def read_csv(path: str | Path, schema: pa.Schema) -> pa.Table:
    """Read a CSV of ours: an empty cell is the only missing value, so ``NA`` and leading zeros stay text.

    Raises
    ------
    pyarrow.ArrowInvalid
        When a cell is not of its column's type.
    """
    table = pyarrow.csv.read_csv(path, parse_options=PARSE, convert_options=_conversion(schema))
    return table.select(schema.names).cast(schema)


def dataset(path: Path, schema: dict[str, Any]) -> pyarrow.dataset.Dataset:
    """File of a table, CSV or Parquet, as a dataset that reads rows when they are asked for."""
    from pyarrow.dataset import CsvFileFormat, dataset

    types = arrow_schema(schema)
    csv = path.suffix == ".csv"
    if csv:
        check_header(path)
    kind = CsvFileFormat(parse_options=PARSE, convert_options=_conversion(types)) if csv else "parquet"
    return dataset(path, schema=types, format=kind)


def _conversion(schema: pa.Schema) -> pyarrow.csv.ConvertOptions:
    return pyarrow.csv.ConvertOptions(
        column_types=schema,
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
        true_values=["true"],
        false_values=["false"],
    )
