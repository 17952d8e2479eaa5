"""Where the question is asked: DuckDB on this machine, year by year, or Spark on a cluster, all years at once.

Both read unpacked files: every engine reads those in parallel, and a zip none.
"""

import csv
import shutil
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path
from zipfile import ZipFile

import duckdb
import ibis
import pyarrow as pa

from scripts.baci.layout import FLOW_COLUMNS, YearFile
from scripts.baci.query import wanted
from scripts.ingest.rows import require_columns

#: Bytes that are unpacked at a time.
BLOCK = 1 << 20
#: Memory of DuckDB. It filters what it scans, so that files of any size fit.
MEMORY = "512MB"
#: SQL types of the columns. Amounts stay text until the few wanted rows are read, so that none is rounded.
TYPES = {name: "INTEGER" if name == "k" else "VARCHAR" for name in FLOW_COLUMNS}


def unpack(archive: ZipFile, year: YearFile, folder: Path) -> Path:
    """Unpack one year; the file is whole or not there.

    Raises
    ------
    ValueError
        When the columns are not those of BACI.
    """
    path, beside = folder / year.name, folder / f".{year.name}.part"
    with archive.open(year.name) as packed, open(beside, "wb") as unpacked:
        shutil.copyfileobj(packed, unpacked, BLOCK)
    with open(beside, encoding="utf-8-sig", newline="") as file:
        require_columns(year.name, next(csv.reader(file), []), FLOW_COLUMNS)
    return beside.replace(path)


def on_duckdb(
    archive: ZipFile, years: Collection[YearFile], codes: Collection[str], done: Callable[[YearFile], None] = lambda year: None
) -> pa.Table:
    """Rows of our codes, in bounded memory and with one year unpacked at a time.

    Parameters
    ----------
    archive
        The zip.
    years, codes
        What to read, and what to take of it.
    done
        Is told each year that was read.

    Raises
    ------
    ValueError
        When a file has other columns, or a line that cannot be read.
    """
    parts = []
    for year in years:
        with tempfile.TemporaryDirectory() as folder:
            parts.append(_year(unpack(archive, year, Path(folder)), codes))
        done(year)
    return pa.concat_tables(parts)


def _year(path: Path, codes: Collection[str]) -> pa.Table:
    connection = ibis.duckdb.connect(memory_limit=MEMORY)
    try:
        connection.con.read_csv(
            str(path), header=True, sep=",", quotechar='"', escapechar='"', auto_detect=False, columns=TYPES
        ).create_view("flows")
        return connection.to_pyarrow(wanted({path.name: connection.table("flows")}, codes))
    except duckdb.Error as error:
        raise ValueError(f"{path.name}: {error}") from error
    finally:
        connection.disconnect()


def on_spark(session, archive: ZipFile, years: Collection[YearFile], codes: Collection[str], folder: Path) -> pa.Table:
    """Rows of our codes, by Spark, in one job over all years.

    Parameters
    ----------
    session
        A ``pyspark.sql.SparkSession``, of this machine or of a cluster.
    archive
        The zip.
    years, codes
        What to read, and what to take of it.
    folder
        Folder to unpack to, which every worker can read.

    Raises
    ------
    ValueError
        When a file has other columns.
    """
    connection = ibis.pyspark.connect(session)
    schema = ", ".join(f"{name} {kind.replace('VARCHAR', 'STRING')}" for name, kind in TYPES.items())
    files = {}
    for year in years:
        path = str(unpack(archive, year, folder))
        rows = session.read.csv(path, header=True, schema=schema, mode="FAILFAST", ignoreLeadingWhiteSpace=True)
        view = f"baci_{year.revision}_{year.year}".lower()
        rows.createOrReplaceTempView(view)
        files[year.name] = connection.table(view)
    return connection.to_pyarrow(wanted(files, codes))
