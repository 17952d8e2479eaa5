"""Read BACI as CEPII offers it: one zip per revision of the Harmonized System.

The zip holds ``BACI_HSxx_Yyyyy_Vyyyymm.csv`` per year with the columns t (year), i (exporter),
j (importer), k (product), v (thousand USD) and q (tonnes, ``NA`` where unknown), and the files
``country_codes_Vyyyymm.csv`` and ``product_codes_HSxx_Vyyyymm.csv``.
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from scripts.ingest.areas import area_of_code
from scripts.ingest.flows import NONE, amount, flow_row
from scripts.ingest.rows import Row, require_columns

YEAR_FILE = re.compile(r"^BACI_(?P<revision>HS\d{2})_Y(?P<year>\d{4})_V(?P<version>\d{6})\.csv$")
COUNTRY_FILE = re.compile(r"^country_codes_V\d{6}\.csv$")
PRODUCT_FILE = re.compile(r"^product_codes_HS\d{2}_V\d{6}\.csv$")
FLOW_COLUMNS = ["t", "i", "j", "k", "v", "q"]
COUNTRY_COLUMNS = ["country_code", "country_name", "country_iso2", "country_iso3"]
PRODUCT_COLUMNS = ["code", "description"]
OTHER_ASIA = "490"


class Place(NamedTuple):
    """Where a row stands in the zip."""

    revision: str
    version: str
    file: str
    line: int


def _rows(archive: ZipFile, name: str, columns: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    with archive.open(name) as opened:
        reader = csv.DictReader(io.TextIOWrapper(opened, encoding="utf-8-sig", newline=""))
        require_columns(name, reader.fieldnames or [], columns)
        yield from enumerate(reader, start=2)


def _only(archive: ZipFile, pattern: re.Pattern) -> str:
    names = [name for name in archive.namelist() if pattern.match(name)]
    if len(names) != 1:
        raise ValueError(f"{archive.filename}: expected one file like {pattern.pattern}, found {names}")
    return names[0]


def countries(archive: ZipFile) -> dict[str, str]:
    """ISO 3166-1 alpha-3 code (or CEPII's own) by number; 490 is ``S19`` or Taiwan's code, as the release has it."""
    name = _only(archive, COUNTRY_FILE)
    return {row["country_code"]: row["country_iso3"] for _, row in _rows(archive, name, COUNTRY_COLUMNS)}


def products(archive: ZipFile) -> set[str]:
    """Six-digit codes of the revision."""
    return {row["code"].zfill(6) for _, row in _rows(archive, _only(archive, PRODUCT_FILE), PRODUCT_COLUMNS)}


def records(path: Path, wanted: set[str]) -> Iterator[tuple[Place, dict[str, str]]]:
    """Rows of the wanted six-digit codes, year by year, with alpha-3 codes in ``i`` and ``j``.

    Raises
    ------
    ValueError
        When a wanted code is not in the revision, or a row has a country or a year
        that its files do not explain.
    """
    with ZipFile(path) as archive:
        codes = countries(archive)
        if unknown := wanted - products(archive):
            raise ValueError(f"{path.name}: no products {sorted(unknown)} in this revision")
        for name in sorted(archive.namelist()):
            if not (match := YEAR_FILE.match(name)):
                continue
            for line, row in _rows(archive, name, FLOW_COLUMNS):
                if row["k"].strip().zfill(6) not in wanted:
                    continue
                yield Place(match["revision"], match["version"], name, line), _explained(row, codes, match["year"], name, line)


def _explained(row: dict[str, str], codes: dict[str, str], year: str, name: str, line: int) -> dict[str, str]:
    found = {column: cell.strip() for column, cell in row.items()}
    if found["t"] != year:
        raise ValueError(f"{name}, line {line}, column t: expected {year}, found {found['t']!r}")
    for column in "ij":
        if found[column] not in codes:
            raise ValueError(f"{name}, line {line}, column {column}: country {found[column]!r} is not in country_codes")
    return {**found, "k": found["k"].zfill(6), "other_asia": OTHER_ASIA in (found["i"], found["j"])} | {
        column: codes[found[column]] for column in "ij"
    }


def rows(path: Path, wanted: set[str], source_id: str) -> list[Row]:
    """Rows of ``trade_flows`` from a zip of CEPII.

    Parameters
    ----------
    path
        The zip.
    wanted
        Six-digit codes to take.
    source_id
        Key of the source that the rows shall cite.
    """
    result = []
    for place, row in records(path, wanted):
        where = f"{place.file}, line {place.line}"
        value = amount(row["v"], "USD", printed=False)
        weight = NONE if row["q"] in {"", "NA"} else amount(row["q"], "t", printed=False)
        result.append(
            flow_row(
                source_id=source_id,
                period=row["t"],
                reporter=area_of_code(row["i"], where),
                partner=area_of_code(row["j"], where),
                flow="export",
                product=row["k"],
                valuation="FOB",
                scope="complete",
                basis="reconciled",
                quantity=weight,
                value=value._replace(number=value.number * 1000),
                locator=f"table={place.file}; record={place.line}",
                grade="A",
                note="Printed as Other Asia, not elsewhere specified (490)." if row["other_asia"] else "",
            )
        )
    return result
