"""Rows of BACI as rows of ``trade_flows``: the exporter is the reporter, as BACI speaks of exports."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from scripts.baci.layout import DIGITS, YEAR_FILE
from scripts.ingest.areas import area_of_code
from scripts.ingest.baci import OTHER_ASIA_NOTE
from scripts.ingest.flows import NONE, Amount, amount, flow_row
from scripts.ingest.rows import Row

UNKNOWN = {"", "NA"}
OTHER_ASIA = "490"
KEY = ("t", "i", "j", "k")

Cells = Mapping[str, str]


def rows(found: Iterable[Mapping[str, Any]], codes: Mapping[str, str], source_id: str) -> list[Row]:
    """Rows of ``trade_flows``, in the order of year, exporter, importer and product.

    Parameters
    ----------
    found
        Rows of :func:`scripts.baci.query.wanted`, in any order.
    codes
        Alpha-3 codes of countries by number.
    source_id
        Key of the source that the rows shall cite.

    Raises
    ------
    ValueError
        When a row has a country that the release does not explain, a year that is not the one of
        its file, an amount that is none, or stands twice.
    """
    plain = [{name: str(cell if cell is not None else "").strip() for name, cell in row.items()} for row in found]
    plain.sort(key=_key)
    for row, after in pairwise(plain):
        if _key(row) == _key(after):
            raise ValueError(f"{_place(row)}: stands twice; each exporter, importer and product has one row a year")
    return [_row(row, codes, source_id) for row in plain]


def _key(row: Cells) -> tuple[str, ...]:
    return tuple(row[name] for name in KEY)


def _place(row: Cells) -> str:
    return f"{row['file']}, i {row['i']}, j {row['j']}, k {row['k']}"


def _row(row: Cells, codes: Mapping[str, str], source_id: str) -> Row:
    place = _place(row)
    year = YEAR_FILE.match(row["file"])["year"]
    if row["t"] != year:
        raise ValueError(f"{place}, column t: expected {year}, found {row['t']!r}")
    for column in "ij":
        if row[column] not in codes:
            raise ValueError(f"{place}, column {column}: country {row[column]!r} is not in country_codes")
    value = _amount(row["v"], "USD", f"{place}, column v")
    return flow_row(
        source_id=source_id,
        period=year,
        reporter=area_of_code(codes[row["i"]], place),
        partner=area_of_code(codes[row["j"]], place),
        flow="export",
        product=row["k"].zfill(DIGITS),
        valuation="FOB",
        scope="complete",
        basis="reconciled",
        quantity=NONE if row["q"] in UNKNOWN else _amount(row["q"], "t", f"{place}, column q"),
        value=value._replace(number=value.number * 1000),
        locator=f"table={row['file']}; row={' '.join(row[name] for name in 'ijk')}",
        grade="A",
        note=OTHER_ASIA_NOTE if OTHER_ASIA in (row["i"], row["j"]) else "",
    )


def _amount(text: str, unit: str, place: str) -> Amount:
    if not text:
        raise ValueError(f"{place}: expected a number, found nothing")
    try:
        return amount(text, unit, printed=False)
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from error
