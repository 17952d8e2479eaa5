"""Write the release into ``dist/``: CSV, Parquet, descriptors, bibliography, wheel and checksums.

Run ``python -m scripts.release`` after ``rare-earths validate``. The same commit gives the
same bytes: nothing in a file depends on the clock, the machine or the order of a set.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet

from rare_earths.arrow import arrow_schema, read_csv
from rare_earths.citing import cite
from rare_earths.package import Package
from scripts.describe import descriptor, resource, stale
from scripts.project import project
from scripts.tables import DATA, ROOT, SCHEMAS, schema, tables, write_text

DIST = ROOT / "dist"
DOCUMENTS = ("LICENSE", "LICENSE-DATA", "CITATION.cff", "CHANGELOG.md")
#: Rows of a group: small enough that a filter on the leading key columns skips most of a long table
#: (`benchmarks/trade_filter.py` measures it), large enough that the file stays about as small.
ROW_GROUP = 2048


def write_parquet(table: str, path: Path) -> int:
    """Write a table as Parquet; returns the number of rows."""
    rows = read_csv(DATA / f"{table}.csv", arrow_schema(schema(table)))
    pyarrow.parquet.write_table(rows, path, compression="zstd", row_group_size=ROW_GROUP)
    return rows.num_rows


def write_packages(folder: Path) -> None:
    """Write two data packages with the same rows: CSV in ``folder``, Parquet in ``folder/parquet``."""
    csv_resources, parquet_resources = [], []
    (folder / "parquet").mkdir(parents=True)
    shutil.copytree(SCHEMAS, folder / "schemas")
    for table in tables():
        path = folder / "parquet" / f"{table}.parquet"
        rows = write_parquet(table, path)
        parquet_resources.append(resource(table, path, path.name, schema(table), rows))
        copy = folder / "data" / f"{table}.csv"
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(DATA / f"{table}.csv", copy)
        csv_resources.append(resource(table, copy, f"data/{table}.csv", f"schemas/{table}.json", rows))
    for place, resources in ((folder, csv_resources), (folder / "parquet", parquet_resources)):
        write_text(place / "datapackage.json", json.dumps(descriptor(resources), indent=2, ensure_ascii=False) + "\n")


def write_bibliography(folder: Path) -> None:
    """Write ``sources.bib``: the package and every source."""
    write_text(folder / "sources.bib", cite("sources", package=Package(folder)))


def build_wheel(folder: Path) -> None:
    """Build the wheel with the Parquet package of ``dist/`` inside."""
    released = datetime.fromisoformat(project()["released"]).replace(tzinfo=UTC)
    environment = os.environ | {
        "SOURCE_DATE_EPOCH": str(int(released.timestamp())),
        "PYTHONHASHSEED": "0",
        "RARE_EARTHS_BUNDLE": str(folder / "parquet"),
    }
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)


def write_checksums(folder: Path) -> None:
    """Write ``SHA256SUMS`` of every file, as ``sha256sum --check`` reads it."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in files if name != "SHA256SUMS"]
    write_text(folder / "SHA256SUMS", "".join(lines))


def main() -> None:
    """Write the release beside ``dist/`` and put it there when it is whole."""
    if names := stale():
        sys.exit(f"stale: {', '.join(names)}; run `python -m scripts.describe` and commit the result")
    beside = DIST.with_name(".dist.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    steps = [("tables and descriptors", write_packages), ("bibliography", write_bibliography), ("wheel", build_wheel)]
    for name, step in steps:
        print(f"release: {name}", flush=True)
        step(beside)
    for name in DOCUMENTS:
        shutil.copyfile(ROOT / name, beside / name)
    write_checksums(beside)
    shutil.rmtree(DIST, ignore_errors=True)
    beside.rename(DIST)
    print(f"release: {sum(1 for path in DIST.rglob('*') if path.is_file())} files in dist/")


if __name__ == "__main__":
    main()
