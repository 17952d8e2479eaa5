"""What changed between two releases of 100,000 rows, against an outer merge of the same files in pandas."""

import json
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from benchmarks._clock import ratio
from rare_earths.diffing import compare
from rare_earths.package import DESCRIPTOR, Package
from scripts.tables import ROOT, schema

TABLE = "trade_flows"
ROWS = 100_000


def packages(folder: Path) -> tuple[Package, Package]:
    """Two packages of 100,000 trade flows: ours again under other reporters; one in a hundred rows is out, in, or changed."""
    rows = Package(ROOT).read(TABLE)
    copies = [
        rows.set_column(0, rows.schema.field(0), pc.binary_join_element_wise(rows[0], f"-{n}", ""))
        for n in range(ROWS // 30_000)
    ]
    old = pa.concat_tables(copies).slice(0, ROWS + ROWS // 100)
    new = old.slice(ROWS // 100)
    old = old.slice(0, ROWS)
    place = new.column_names.index("value")
    value = new["value"].to_numpy(zero_copy_only=False)
    changed = pa.array(np.where(np.arange(ROWS) % 100 == 0, value + 1, value), from_pandas=True)
    new = new.set_column(place, new.schema.field(place), changed)
    found = []
    for version, table in (("1.0.0", old), ("2.0.0", new)):
        path = folder / version / f"{TABLE}.parquet"
        path.parent.mkdir()
        pyarrow.parquet.write_table(table, path)
        resource = {"name": TABLE, "path": path.name, "schema": schema(TABLE)}
        (path.parent / DESCRIPTOR).write_text(json.dumps({"version": version, "resources": [resource]}))
        found.append(Package(path.parent))
    return found[0], found[1]


def merged(old: Package, new: Package, key: list[str]) -> int:
    """The same question put to pandas: rows out, rows in, and changed cells."""
    before, after = (pd.read_parquet(package.path(TABLE)) for package in (old, new))
    both = before.merge(after, how="outer", on=key, suffixes=("_old", "_new"), indicator=True)
    kept = both[both["_merge"] == "both"]
    count = int((both["_merge"] != "both").sum())
    for name in before.columns.difference(key):
        a, b = kept[f"{name}_old"], kept[f"{name}_new"]
        count += int(((a != b) & ~(a.isna() & b.isna())).sum())
    return count


def main() -> None:
    """Print the times and their ratio; both must find the same."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = packages(Path(folder))
        key = schema(TABLE)["primaryKey"]
        table = compare(old, new, removals=[]).tables[TABLE]
        assert (table.rows_old, table.rows_new) == (ROWS, ROWS)
        found = table.added.num_rows + table.removed.num_rows + table.changed.num_rows
        assert found == merged(old, new, key)
        print(f"  {ROWS:,} rows of {len(table.added.column_names)} columns, {found:,} differences")
        ratio("compare, against pandas.merge", lambda: compare(old, new, removals=[]), lambda: merged(old, new, key), turns=3)


if __name__ == "__main__":
    main()
