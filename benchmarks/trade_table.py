"""Make a large table like ``trade_flows``: a benchmark table, of which no row is a statement of anybody.

Keys are combinations of the real areas, products, periods, sources and scopes, in the order of
the primary key, each once; the other cells of each row are those of one real row.
"""

from pathlib import Path

import duckdb

from scripts.tables import DATA, schema

TABLE = "trade_flows"
SAMPLED = "source_id LIKE 'cepii-baci%'"
#: Columns of the key that vary, in its order, and where their values come from. Months and years never overlap.
VALUES = {
    "reporter": "SELECT area FROM areas WHERE kind IN ('country', 'territory')",
    "product": "SELECT product FROM products WHERE nomenclature = 'HS'",
    "flow": "SELECT unnest(['export', 'import'])",
    "period": "SELECT unnest(range(2002, 2023))::VARCHAR UNION ALL SELECT format('2023-{:02}', m) FROM range(1, 13) AS _(m)",
    "partner": "SELECT area FROM areas WHERE kind IN ('country', 'territory')",
    "source_id": f"SELECT DISTINCT source_id FROM trade_flows WHERE {SAMPLED}",
    "scope": "SELECT DISTINCT scope FROM trade_flows",
}
SQL_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "year": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


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
    connection = duckdb.connect(config={"memory_limit": "2GB", "temp_directory": str(folder)})
    for table in ("areas", "products", TABLE):
        columns = {field["name"]: SQL_TYPES[field["type"]] for field in schema(table)["fields"]}
        source = connection.read_csv(str(DATA / f"{table}.csv"), dtype=columns, na_values="")
        source.create(table)
    sizes = {}
    for name, query in VALUES.items():
        connection.execute(f"SET VARIABLE {name} = (SELECT list(v ORDER BY v) FROM ({query}) AS _(v))")
        sizes[name] = connection.execute(f"SELECT len(getvariable('{name}'))").fetchall()[0][0]
    connection.execute(f"CREATE TABLE real AS SELECT row_number() OVER () - 1 AS k, * FROM {TABLE} WHERE {SAMPLED}")
    # Real rows are what is looked up in, whichever side is smaller, so that rows stay in the order of their numbers.
    connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    paths = {kind: folder / f"{TABLE}-{rows}.{kind}" for kind in ("parquet", *kinds)}
    connection.execute(f"COPY ({_select(sizes, rows)}) TO '{paths['parquet']}' (FORMAT parquet, COMPRESSION zstd)")
    if "csv" in kinds:
        # Whole numbers are written as we spell them, without a fraction.
        numbers = [field["name"] for field in schema(TABLE)["fields"] if field["type"] == "number"]
        whole = ", ".join(f"{name}::BIGINT AS {name}" for name in numbers)
        connection.execute(f"COPY (SELECT * REPLACE ({whole}) FROM '{paths['parquet']}') TO '{paths['csv']}' (HEADER)")
    return {kind: paths[kind] for kind in kinds}


def _select(sizes: dict[str, int], rows: int) -> str:
    combinations = 1
    for size in sizes.values():
        combinations *= size
    cells, below = {}, combinations
    for name, size in sizes.items():
        below //= size
        cells[name] = f"getvariable('{name}')[1 + (i // {below}) % {size}]"
    cells["freq"] = f"CASE length({cells['period']}) WHEN 4 THEN 'A' ELSE 'M' END"
    cells["locator"] = "'column=value_usd; record=' || i"
    columns = ", ".join(f"{cells.get(f['name'], 'r.' + f['name'])} AS {f['name']}" for f in schema(TABLE)["fields"])
    numbers = f"SELECT n * {combinations // (rows + rows // 100)} AS i, (hash(n) % (SELECT count(*) FROM real))::BIGINT AS k FROM range({rows + rows // 100}) AS _(n)"
    rows_of_two = f"SELECT {columns} FROM ({numbers}) JOIN real AS r USING (k)"
    return f"SELECT * FROM ({rows_of_two}) WHERE reporter <> partner LIMIT {rows}"
