"""A zip of BACI's layout and of any size, for tests and benchmarks. Its flows are made up, and its Readme says so.

Run ``python -m scripts.baci.replica FOLDER --rows 10000000 --years 10``.
"""

import argparse
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pyarrow as pa
import pyarrow.csv

from scripts.baci.layout import COUNTRY_COLUMNS, DIGITS, FLOW_COLUMNS, PRODUCT_COLUMNS
from scripts.tables import DATA

#: Our codes among the products, so that the question has an answer.
OURS = ("280530", "284610", "284690", "850511")
PRODUCTS = 5000
CHUNK = 1_000_000
#: Share of flows without a weight; a fortieth or so is what the release of 2026 shows for 850511 in 2024.
WITHOUT_WEIGHT = 1 / 20
README = "Made-up flows in the layout of BACI, to test and time a reader. No figure here is a statistic.\n"


def write(folder: Path, rows: int, years: int, revision: str = "HS92", version: str = "202601", last_year: int = 2024) -> Path:
    """Write a zip as CEPII would, with made-up flows.

    Parameters
    ----------
    folder
        Where to put it.
    rows
        Number of flows in all; each year has its share.
    years
        Number of years.
    revision, version
        Revision of the Harmonized System and version of BACI that the files are named after.
    last_year
        The newest year.

    Returns
    -------
    pathlib.Path
        The zip. The same arguments give the same flows.
    """
    countries, products = _countries(), _products()
    path = folder / f"BACI_{revision}_V{version}.zip"
    beside = path.with_suffix(".part")
    with ZipFile(beside, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(f"country_codes_V{version}.csv", _csv(COUNTRY_COLUMNS, countries))
        archive.writestr(f"product_codes_{revision}_V{version}.csv", _csv(PRODUCT_COLUMNS, [(code, "") for code in products]))
        archive.writestr("Readme.txt", README)
        for place, year in enumerate(range(last_year - years + 1, last_year + 1)):
            share = rows * (place + 1) // years - rows * place // years
            with archive.open(f"BACI_{revision}_Y{year}_V{version}.csv", "w", force_zip64=True) as file:
                options = pyarrow.csv.WriteOptions(quoting_style="none", include_header=False)
                file.write(_csv(FLOW_COLUMNS, []).encode())
                with pyarrow.csv.CSVWriter(file, _SCHEMA, write_options=options) as writer:
                    for batch in _flows(year, share, [int(row[0]) for row in countries], products):
                        writer.write_batch(batch)
    beside.replace(path)
    return path


_SCHEMA = pa.schema([(name, pa.string()) for name in FLOW_COLUMNS])


def _flows(year: int, rows: int, countries: list[int], products: list[str]) -> Iterator[pa.RecordBatch]:
    """Flows in the order of exporter, importer and product, each once."""
    every = len(countries) ** 2 * len(products)
    if rows > every:
        raise ValueError(f"{rows:,} flows a year are more than {every:,}, one for each exporter, importer and product")
    random = np.random.default_rng(year)
    numbers, codes = np.array(countries).astype(str), np.array(products)
    for start in range(0, rows, CHUNK):
        place = np.arange(start, min(start + CHUNK, rows), dtype=np.int64) * every // rows
        pair, product = np.divmod(place, len(products))
        exporter, importer = np.divmod(pair, len(countries))
        value = np.round(random.lognormal(2, 3, len(place)), 3) + 0.001
        weight = np.round(random.lognormal(1, 3, len(place)), 3) + 0.001
        # Fixed-point text, as pyarrow would write 1e-3.
        texts = [np.char.mod("%.3f", amounts) for amounts in (value, weight)]
        texts[1][random.random(len(place)) < WITHOUT_WEIGHT] = "NA"
        columns = [np.full(len(place), str(year)), numbers[exporter], numbers[importer], codes[product], *texts]
        yield pa.record_batch([pa.array(column) for column in columns], schema=_SCHEMA)


def _countries() -> list[tuple[str, str, str, str]]:
    """Countries as CEPII numbers them: M49, and 490 for Other Asia."""
    with open(DATA / "areas.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["iso_alpha2"] and row["area"] != "TWN"]
    found = [(str(int(row["m49"])), row["name"], row["iso_alpha2"], row["area"]) for row in rows]
    return sorted([*found, ("490", "Other Asia, nes", "", "S19")], key=lambda row: int(row[0]))


def _products() -> list[str]:
    """Six-digit codes spread over all chapters, ours among them."""
    spread = {f"{10121 + place * 190:0{DIGITS}}" for place in range(PRODUCTS - len(OURS))}
    return sorted(spread | set(OURS))


def _csv(columns: list[str], rows: list[tuple[str, ...]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([columns, *rows])
    return buffer.getvalue()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--revision", default="HS92")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    print(write(asked.folder, asked.rows, asked.years, asked.revision))
