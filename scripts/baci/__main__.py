"""Take our codes out of a zip of BACI: ``python -m scripts.baci BACI_HS92_V202601.zip``.

The rows go to ``local/baci-hs92-202601/``, where they are validated like those of the package.
"""

import argparse
import sys
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pyarrow as pa
from rich.console import Console
from rich.progress import Progress

from scripts.baci import engines, layout, records
from scripts.fetch.archive import digest
from scripts.ingest.rows import Row
from scripts.local import extension
from scripts.reference import products


def our_codes(revision: set[str]) -> list[str]:
    """Six-digit codes of our products that a revision of the Harmonized System has."""
    ours = {str(row["code"]) for row in products.rows() if row["nomenclature"] == "HS"}
    return sorted(code for code in ours & revision if len(code) == layout.DIGITS)


def source(path: Path, year: layout.YearFile) -> Row:
    """Row of ``sources`` for a zip."""
    return {
        "source_id": f"cepii-baci-{year.revision.lower()}-v{year.version}",
        "kind": "dataset",
        "publisher": "CEPII",
        "title": f"BACI: international trade database at the product level, {year.revision}",
        "series": f"BACI {year.revision}",
        "edition": year.version,
        "edition_version": f"V{year.version}",
        "published_on": f"{year.version[:4]}-{year.version[4:]}",
        "url": f"https://www.cepii.fr/DATA_DOWNLOAD/baci/data/BACI_{year.revision}_V{year.version}.zip",
        "language": "en",
        "licence": "etalab-2.0",
        "licence_url": "https://www.etalab.gouv.fr/wp-content/uploads/2018/11/open-licence.pdf",
        "redistributable": True,
        "sha256": digest(path),
        "attribution": "Source: CEPII, BACI; Gaulier and Zignago (2010), CEPII Working Paper 2010-23.",
    }


def take(path: Path, codes: list[str], engine: str = "duckdb", unpacked: Path | None = None) -> tuple[list[Row], Row]:
    """Rows of ``trade_flows`` and the row of ``sources`` of a zip.

    Parameters
    ----------
    path
        The zip.
    codes
        Six-digit codes to take; none for all of ours.
    engine
        ``duckdb`` or ``spark``.
    unpacked
        For Spark: the folder to unpack to, which every worker can read.

    Raises
    ------
    ValueError
        When the zip is not laid out as BACI, lacks a code, or has a row that cannot be read.
    """
    with ZipFile(path) as archive:
        years, revision = layout.year_files(archive), layout.products(archive)
        if unknown := set(codes) - revision:
            raise ValueError(f"{path.name}: no products {sorted(unknown)} in {years[0].revision}")
        codes = codes or our_codes(revision)
        if engine == "spark":
            found = _on_spark(archive, years, codes, unpacked or path.with_suffix(""))
        else:
            found = _on_duckdb(archive, years, codes)
        about = source(path, years[0])
        return records.rows(found.to_pylist(), layout.countries(archive), about["source_id"]), about


def _on_duckdb(archive: ZipFile, years: list[layout.YearFile], codes: list[str]) -> pa.Table:
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(years[0].revision, total=sum(year.bytes for year in years))
        return engines.on_duckdb(archive, years, codes, lambda year: progress.advance(task, year.bytes))


def _on_spark(archive: ZipFile, years: list[layout.YearFile], codes: list[str], folder: Path) -> pa.Table:
    from pyspark.sql import SparkSession

    folder.mkdir(parents=True, exist_ok=True)
    return engines.on_spark(SparkSession.builder.appName("baci").getOrCreate(), archive, years, codes, folder)


def main(arguments: list[str] | None = None) -> None:
    """Write the rows to ``local/``."""
    parser = argparse.ArgumentParser(prog="python -m scripts.baci", description=__doc__.splitlines()[0])
    parser.add_argument("zip", type=Path)
    parser.add_argument("--code", action="append", default=[], help="six-digit code; default: all of ours")
    parser.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")
    parser.add_argument("--unpacked", type=Path, help="for Spark: folder to unpack to, which every worker can read")
    asked = parser.parse_args(arguments)
    try:
        rows, about = take(asked.zip, asked.code, asked.engine, asked.unpacked)
    except (ValueError, FileNotFoundError, BadZipFile) as error:
        sys.exit(str(error))
    name = about["source_id"].removeprefix("cepii-")
    folder = extension.write(name, {"trade_flows": rows, "sources": [about]})
    print(f"{len(rows):,} rows in {extension.shown(folder)}")


if __name__ == "__main__":
    main()
