"""Arrow types of Table Schema fields, and tables read with exactly these types."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv

#: Table Schema type (Data Package v2) -> Arrow type.
ARROW_TYPES = {"string": pa.string(), "integer": pa.int64(), "year": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}


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
    table = pyarrow.csv.read_csv(
        path,
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=False),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=schema,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            true_values=["true"],
            false_values=["false"],
        ),
    )
    return table.select(schema.names).cast(schema)
