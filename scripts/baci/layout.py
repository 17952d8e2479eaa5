"""What stands in a zip of BACI.

One ``BACI_HSxx_Yyyyy_Vyyyymm.csv`` a year with the columns t (year), i (exporter), j (importer),
k (product), v (thousand USD) and q (tonnes, ``NA`` where unknown), and the files
``country_codes_Vyyyymm.csv`` and ``product_codes_HSxx_Vyyyymm.csv``, as the page of CEPII says.
"""

import csv
import io
import re
from typing import NamedTuple
from zipfile import ZipFile

from scripts.ingest.rows import require_columns

YEAR_FILE = re.compile(r"^BACI_(?P<revision>HS\d{2})_Y(?P<year>\d{4})_V(?P<version>\d{6})\.csv$")
COUNTRY_FILE = re.compile(r"^country_codes_V\d{6}\.csv$")
PRODUCT_FILE = re.compile(r"^product_codes_HS\d{2}_V\d{6}\.csv$")
FLOW_COLUMNS = ["t", "i", "j", "k", "v", "q"]
COUNTRY_COLUMNS = ["country_code", "country_name", "country_iso2", "country_iso3"]
PRODUCT_COLUMNS = ["code", "description"]
DIGITS = 6


class YearFile(NamedTuple):
    """One year of flows in a zip."""

    name: str
    revision: str
    year: str
    version: str
    bytes: int


def year_files(archive: ZipFile) -> list[YearFile]:
    """The years of a zip, oldest first.

    Raises
    ------
    ValueError
        When there is none.
    """
    found = [(match, info) for info in archive.infolist() if (match := YEAR_FILE.match(info.filename))]
    if not found:
        raise ValueError(f"{archive.filename}: no file like {YEAR_FILE.pattern}; is this a zip of BACI?")
    return sorted(
        YearFile(info.filename, match["revision"], match["year"], match["version"], info.file_size) for match, info in found
    )


def countries(archive: ZipFile) -> dict[str, str]:
    """ISO 3166-1 alpha-3 code (or CEPII's own) by number; 490 is ``S19`` or Taiwan's code, as the release has it."""
    return {row["country_code"].strip(): row["country_iso3"].strip() for row in _rows(archive, COUNTRY_FILE, COUNTRY_COLUMNS)}


def products(archive: ZipFile) -> set[str]:
    """Six-digit codes of the revision."""
    return {row["code"].strip().zfill(DIGITS) for row in _rows(archive, PRODUCT_FILE, PRODUCT_COLUMNS)}


def _rows(archive: ZipFile, pattern: re.Pattern, columns: list[str]) -> list[dict[str, str]]:
    names = [name for name in archive.namelist() if pattern.match(name)]
    if len(names) != 1:
        raise ValueError(f"{archive.filename}: expected one file like {pattern.pattern}, found {names}")
    with archive.open(names[0]) as opened:
        reader = csv.DictReader(io.TextIOWrapper(opened, encoding="utf-8-sig", newline=""))
        require_columns(names[0], reader.fieldnames or [], columns)
        return list(reader)
