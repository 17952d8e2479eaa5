"""A cold process that loads a table, against one that reads the same Parquet with pandas."""

import subprocess
import sys

from benchmarks.clock import ratio
from scripts.release import DIST

TABLE = "production_reported"


def _run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def main() -> None:
    """Print the ratios."""
    path = DIST / "parquet" / f"{TABLE}.parquet"
    ours = f"from rare_earths import load; from rare_earths.package import Package; load({TABLE!r}, package=Package({str(path.parent)!r}))"
    theirs = f"import pandas; pandas.read_parquet({str(path)!r})"
    ratio("load, against pandas.read_parquet", lambda: _run(ours), lambda: _run(theirs))
    ratio("import, against an empty process", lambda: _run("import rare_earths"), lambda: _run("pass"))
