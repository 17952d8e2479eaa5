"""What a filter on trade flows reads: row groups and bytes, against reading the whole table.

Run ``python -m benchmarks.trade_filter``. Bytes are those that Arrow asks the file for,
counted by a file object; row groups are those that the statistics cannot rule out.
"""

import io
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.dataset
import pyarrow.parquet

from rare_earths.filters import expression
from scripts.release.packages import write_parquet

TABLE = "trade_flows"
FILTERS: tuple[dict[str, Any], ...] = (
    {"reporter": "CHN", "product": "850511"},
    {"reporter": "CHN", "product": "850511", "period": "2024"},
    {"reporter": ["DEU", "JPN"]},
    {"partner": "DEU"},
)


class CountingFile(io.FileIO):
    """A file that counts the bytes read from it."""

    def __init__(self, path: Path):
        super().__init__(path)
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = super().read(size)
        self.count += len(data)
        return data


class Cost(NamedTuple):
    """What reading cost."""

    row_groups: int
    bytes_read: int
    rows: int


def cost(path: Path, filters: dict[str, Any]) -> Cost:
    """Row groups and bytes that reading with these filters takes."""
    condition = expression(filters)
    fragment = next(iter(pyarrow.dataset.dataset(path, format="parquet").get_fragments()))
    groups = fragment.row_groups if condition is None else fragment.subset(condition).row_groups
    with CountingFile(path) as file:
        rows = pyarrow.parquet.read_table(pa.PythonFile(file), filters=condition)
        return Cost(len(groups), file.count, rows.num_rows)


def main() -> None:
    """Print the cost of each filter as a share of the whole."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{TABLE}.parquet"
        write_parquet(TABLE, path)
        whole = cost(path, {})
        print(f"no filter: {whole.rows:,} rows, {whole.row_groups} row groups, {whole.bytes_read:,} bytes")
        for filters in FILTERS:
            part = cost(path, filters)
            print(
                f"{filters}: {part.rows:,} rows, {part.row_groups} of {whole.row_groups} row groups "
                f"({part.row_groups / whole.row_groups:.0%}), {part.bytes_read / whole.bytes_read:.0%} of the bytes"
            )


if __name__ == "__main__":
    main()
