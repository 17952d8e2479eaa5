"""A cold process that loads a table, against one that reads the same Parquet with pandas."""

import subprocess
import sys

from benchmarks._clock import ratio
from scripts.release import DIST

TABLES = ("trade_flows", "production_reported")
ENGINES = ("polars", "arrow", "duckdb")


def _run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def _load(table: str, engine: str = "pandas", filters: str = "") -> str:
    package = f"Package({str(DIST / 'parquet')!r})"
    return (
        f"from rare_earths import load; from rare_earths.package import Package; "
        f"load({table!r}, engine={engine!r}, package={package}{filters})"
    )


def _pandas(table: str) -> str:
    return f"import pandas; pandas.read_parquet({str(DIST / 'parquet' / f'{table}.parquet')!r})"


def main() -> None:
    """Print the ratios; the aim is 1.3 at most for `trade_flows` in pandas, and 60 ms at most for the import alone."""
    for table in TABLES:
        ratio(f"load {table}, against pandas.read_parquet", lambda t=table: _run(_load(t)), lambda t=table: _run(_pandas(t)))
    wanted = ", reporter='CHN', product='850511'"
    ratio("a filtered load of it", lambda: _run(_load("trade_flows", filters=wanted)), lambda: _run(_pandas("trade_flows")))
    for engine in ENGINES:
        ratio(f"load it for {engine}", lambda e=engine: _run(_load("trade_flows", e)), lambda: _run(_pandas("trade_flows")))
    ratio("import, against an empty process", lambda: _run("import rare_earths"), lambda: _run("pass"))


if __name__ == "__main__":
    main()
