"""The two data packages with the same rows: CSV in the folder itself, Parquet in ``parquet/``."""

import json
import shutil
from pathlib import Path

import pyarrow.parquet

from rare_earths.arrow import arrow_schema, read_csv
from scripts.describe import descriptor, resource
from scripts.tables import DATA, SCHEMAS, schema, tables, write_text

#: Rows of a group: small enough that a filter on the leading key columns skips most of a long table
#: (`benchmarks/trade_filter.py` measures it), large enough that the file stays about as small.
ROW_GROUP = 2048


def write_parquet(table: str, path: Path) -> int:
    """Write a table as Parquet; returns the number of rows."""
    rows = read_csv(DATA / f"{table}.csv", arrow_schema(schema(table)))
    pyarrow.parquet.write_table(rows, path, compression="zstd", row_group_size=ROW_GROUP)
    return rows.num_rows


def write_packages(folder: Path) -> None:
    """Write both packages."""
    csv_resources, parquet_resources = [], []
    for name in ("data", "schemas", "parquet"):
        (folder / name).mkdir(parents=True)
    for table in tables():
        path = folder / "parquet" / f"{table}.parquet"
        rows = write_parquet(table, path)
        parquet_resources.append(resource(table, path, path.name, schema(table), rows))
        copy = folder / "data" / f"{table}.csv"
        shutil.copyfile(DATA / f"{table}.csv", copy)
        shutil.copyfile(SCHEMAS / f"{table}.json", folder / "schemas" / f"{table}.json")
        csv_resources.append(resource(table, copy, f"data/{table}.csv", f"schemas/{table}.json", rows))
    for place, resources in ((folder, csv_resources), (folder / "parquet", parquet_resources)):
        write_text(place / "datapackage.json", json.dumps(descriptor(resources), indent=2, ensure_ascii=False) + "\n")
