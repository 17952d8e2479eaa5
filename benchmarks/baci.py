"""BACI at full size: rows a second, memory, and the time that reading the CSV in pandas chunks takes.

Run ``python -m benchmarks.baci --rows 10000000 --years 10``. Each way runs in a process of its own over a
replica of CEPII's layout (``scripts.baci.replica``), in turns; peak memory is that of the process.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from zipfile import ZipFile

from scripts.baci import engines, layout, replica

TURNS = 3
CHUNK = 1_000_000


def ours(path: Path) -> int:
    """Our codes by DuckDB; returns how many rows were found."""
    with ZipFile(path) as archive:
        return engines.on_duckdb(archive, layout.year_files(archive), replica.OURS).num_rows


def pandas_chunks(path: Path) -> int:
    """The same by pandas, chunk by chunk, from the same zip."""
    import pandas as pd

    found = 0
    with ZipFile(path) as archive:
        for year in layout.year_files(archive):
            with archive.open(year.name) as file:
                for chunk in pd.read_csv(file, chunksize=CHUNK, dtype={"k": "str"}, keep_default_na=False):
                    found += int(chunk["k"].isin(replica.OURS).sum())
    return found


WAYS = {"ours": ours, "pandas": pandas_chunks}


def measure(way: str, path: Path) -> dict[str, float]:
    """Seconds, rows and peak memory (MiB) of one way in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.baci", "--way", way, "--zip", str(path)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _child(way: str, path: Path) -> None:
    start = time.perf_counter()
    found = WAYS[way](path)
    seconds = time.perf_counter() - start
    # Unlike ru_maxrss, the high-water mark of /proc starts anew with the process.
    status = Path("/proc/self/status").read_text()
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    print(json.dumps({"found": found, "seconds": seconds, "mib": peak}))


def compare(rows: int, years: int) -> None:
    """Print rows a second, memory and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path = replica.write(Path(folder), rows, years)
        found = {way: [] for way in WAYS}
        for _ in range(TURNS):
            for way, runs in found.items():
                runs.append(measure(way, path))
    if len({run["found"] for runs in found.values() for run in runs}) != 1:
        raise RuntimeError(f"the ways found different rows: {found}")
    seconds = {way: statistics.median(run["seconds"] for run in runs) for way, runs in found.items()}
    for way, runs in found.items():
        speed = rows / seconds[way] / 1e6
        print(f"  {way}: {rows:,} rows, {speed:.1f} million rows a second, peak {max(run['mib'] for run in runs):,.0f} MiB")
    print(f"  ratio of times, ours to pandas in chunks: {seconds['ours'] / seconds['pandas']:.2f}")


def main() -> None:
    """Compare the ways, or run one of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--years", type=int, default=4)
    parser.add_argument("--way", choices=list(WAYS), help=argparse.SUPPRESS)
    parser.add_argument("--zip", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.way:
        _child(asked.way, asked.zip)
    else:
        compare(asked.rows, asked.years)


if __name__ == "__main__":
    main()
