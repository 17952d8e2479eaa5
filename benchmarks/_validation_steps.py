"""Ways to check one large table, each in a process of its own: ``python -m benchmarks._validation_steps STEP FILE``.

Prints JSON: seconds of the fastest turn without imports, and the peak of resident memory in MiB.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from scripts.tables import schema

TABLE = "trade_flows"
#: Rows that frictionless gets; its time grows with the number of rows, so the rest is reckoned.
FRICTIONLESS_ROWS = 100_000


def floor(path: Path) -> Callable[[], object]:
    """DuckDB scans every column and takes its largest value."""
    import duckdb

    names = [field["name"] for field in schema(TABLE)["fields"]]
    if path.suffix == ".csv":
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
        source = f"read_csv('{path}', header = true, auto_detect = false, delim = ',', quote = '\"', columns = {{{columns}}})"
    else:
        source = f"read_parquet('{path}')"
    query = f"SELECT count(*), {', '.join(f'max({name})' for name in names)} FROM {source}"
    return lambda: duckdb.connect().execute(query).fetchall()


def ours(path: Path) -> Callable[[], object]:
    """All rules of the schema and of our own, from the file to the report."""
    from rare_earths.validate import validate

    def run():
        report = validate(path, table=TABLE)
        assert report.valid, report.counts()

    return run


def spark(path: Path) -> Callable[[], object]:
    """The same rules on Spark, in a local session that is already running."""
    from rare_earths.validate import validate
    from rare_earths.validate.spark import session

    session()
    return lambda: validate(path, table=TABLE, engine="spark")


def pandera(path: Path) -> Callable[[], object]:
    """The rules of the schema alone, as pandera on pandas has them: no foreign keys, no rules of our own."""
    import pandas as pd
    import pandera.pandas as pa

    types = {"string": "str", "number": "float64", "boolean": "object"}
    columns = {}
    for field in schema(TABLE)["fields"]:
        constraints, checks = field.get("constraints", {}), []
        if "pattern" in constraints:
            checks.append(pa.Check.str_matches(constraints["pattern"]))
        if "enum" in constraints:
            checks.append(pa.Check.isin(constraints["enum"]))
        if "minimum" in constraints:
            checks.append(pa.Check.ge(constraints["minimum"]))
        nullable = not constraints.get("required", False)
        columns[field["name"]] = pa.Column(types[field["type"]], checks, nullable=nullable)
    compiled = pa.DataFrameSchema(columns, unique=schema(TABLE)["primaryKey"], strict=True, ordered=True)

    def run():
        if path.suffix == ".csv":
            known = {name: types[field["type"]] for name, field in zip(columns, schema(TABLE)["fields"], strict=True)}
            frame = pd.read_csv(path, dtype=known, keep_default_na=False, na_values=[""])
        else:
            frame = pd.read_parquet(path).astype({"weight_estimated": "object"})
        compiled.validate(frame, lazy=True)

    return run


def frictionless(path: Path) -> Callable[[], object]:
    """The rules of the schema alone, on the first rows; no foreign keys, as these are of a package.

    In Parquet it takes a missing number for one that is not a number, and says so of each.
    """
    import frictionless as f

    definition = {key: value for key, value in schema(TABLE).items() if key not in {"foreignKeys", "$schema"}}

    def run():
        table = f.Schema.from_descriptor(definition)
        source = f.Resource(path=str(path), schema=table)
        source.validate(limit_rows=FRICTIONLESS_ROWS)

    f.system.trusted = True
    return run


def peak() -> float:
    """Peak of resident memory of this process in MiB; Spark runs in a process of its own, which is not counted."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def main() -> None:
    """Run one step."""
    step, path, turns = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    run = globals()[step](path)
    seconds = []
    for _ in range(turns):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": min(seconds), "peak_mib": peak()}))


if __name__ == "__main__":
    main()
