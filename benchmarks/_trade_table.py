"""Make a large table like ``trade_flows``: a benchmark table, of which no row is a statement of anybody.

Keys are combinations of the real areas, products, periods, sources and scopes, in the order of
the primary key, each once; the other cells of each row are those of one real row.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from rare_earths.arrow import arrow_schema, read_csv
from scripts.tables import DATA, schema

TABLE = "trade_flows"
#: Source of the real rows.
SAMPLED = "cepii-baci"
PERIODS = [*map(str, range(2002, 2023)), *(f"2023-{month:02}" for month in range(1, 13))]
#: Rows that are made at a time.
CHUNK = 1_000_000
#: A large odd number, so that neighbours take their cells from real rows far apart.
STEP = 2_654_435_761


def make(rows: int, folder: Path, kinds: tuple[str, ...] = ("parquet", "csv")) -> dict[str, Path]:
    """Write the table; returns the file by kind.

    Parameters
    ----------
    rows
        Number of rows; there are about a thousand million combinations to take them from.
    folder
        Where the files are written.
    kinds
        ``parquet``, ``csv`` or both.
    """
    paths = {kind: folder / f"{TABLE}-{rows}.{kind}" for kind in ("parquet", *kinds)}
    writer = None
    try:
        for batch in _batches(rows):
            # Dictionaries make it fast; without the Arrow schema the file says plain text, as ours do.
            writer = writer or pq.ParquetWriter(paths["parquet"], batch.schema, compression="zstd", store_schema=False)
            writer.write_batch(batch)
    finally:
        if writer:
            writer.close()
    if "csv" in kinds:
        # Whole numbers are written as we spell them, without a fraction.
        numbers = [field["name"] for field in schema(TABLE)["fields"] if field["type"] == "number"]
        whole = ", ".join(f"{name}::BIGINT AS {name}" for name in numbers)
        connection = duckdb.connect(config={"memory_limit": "2GB", "temp_directory": str(folder)})
        connection.execute(f"COPY (SELECT * REPLACE ({whole}) FROM '{paths['parquet']}') TO '{paths['csv']}' (HEADER)")
    return {kind: paths[kind] for kind in kinds}


def _rows(table: str) -> pa.Table:
    return read_csv(DATA / f"{table}.csv", arrow_schema(schema(table)))


def _values(flows: pa.Table, sampled: pa.Table) -> dict[str, list[str]]:
    """Columns of the key that vary, in its order, with their values. Months and years never overlap."""
    areas, products = _rows("areas"), _rows("products")
    single = areas.filter(pc.field("kind").isin(["country", "territory"]))["area"].to_pylist()
    found = {
        "reporter": single,
        "product": products.filter(pc.field("nomenclature") == "HS")["product"].to_pylist(),
        "flow": ["export", "import"],
        "period": PERIODS,
        "partner": single,
        "source_id": sampled["source_id"].unique().to_pylist(),
        "scope": flows["scope"].unique().to_pylist(),
    }
    return {name: sorted(values) for name, values in found.items()}


def _batches(rows: int) -> Iterator[pa.RecordBatch]:
    flows = _rows(TABLE)
    sampled = flows.filter(pc.starts_with(flows["source_id"], SAMPLED))
    real = {name: sampled[name].combine_chunks() for name in sampled.schema.names}
    real = {name: cells.dictionary_encode() if pa.types.is_string(cells.type) else cells for name, cells in real.items()}
    values = _values(flows, sampled)
    combinations = int(np.prod([len(each) for each in values.values()], dtype=np.int64))
    # A hundredth more than asked for, as nobody trades with itself.
    step, left = combinations // (rows + rows // 100), rows
    for start in range(0, rows + rows // 100, CHUNK):
        numbers = np.arange(start, min(start + CHUNK, rows + rows // 100), dtype=np.int64)
        batch = _batch(numbers * step, numbers * STEP % len(sampled), real, values)
        batch = batch.slice(0, left)
        left -= batch.num_rows
        yield batch


def _batch(keys: np.ndarray, places: np.ndarray, real: dict[str, pa.Array], values: dict[str, list[str]]) -> pa.RecordBatch:
    codes, rest = {}, keys
    for name, each in reversed(values.items()):
        rest, codes[name] = np.divmod(rest, len(each))
    kept = codes["reporter"] != codes["partner"]
    taken = pa.array(places[kept])
    columns = {name: cells.take(taken) for name, cells in real.items()}
    columns |= {name: _coded(codes[name][kept], each) for name, each in values.items()}
    columns["freq"] = _coded((codes["period"][kept] >= PERIODS.index("2023-01")).astype(np.int64), ["A", "M"])
    columns["locator"] = pc.binary_join_element_wise("column=value_usd; record=", pa.array(keys[kept]).cast(pa.string()), "")
    return pa.record_batch(columns)


def _coded(codes: np.ndarray, values: list[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(values))
