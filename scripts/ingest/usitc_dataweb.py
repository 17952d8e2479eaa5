"""USITC DataWeb: imports for consumption and domestic exports of the United States, four-digit headings.

The workbooks declare every sheet to be one cell large; a streaming reader would believe it, so
they are read whole.
A value stands in one sheet, its quantity in another, in the row of the same country, heading
and unit; every heading may have several rows, one for each unit that its tariff lines use.
"""

import re
import warnings
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import openpyxl
from openpyxl.utils import get_column_letter

from scripts.ingest.areas import area_code
from scripts.ingest.flows import NONE, Amount, flow_row
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Row, require_columns

EXPORTS = "trade/usitc_dataweb_us_domestic_exports_1993-2026.xlsx"
IMPORTS = "trade/usitc_dataweb_us_imports_for_consumption_1993-2026.xlsx"
DOWNLOADED = "2026-07-10"
YEARS = range(1993, 2027)
HEADINGS = {"2612", "2805", "2846", "8505"}
#: Headings whose tariff lines are counted in several units, which split the trade of a country.
SPLIT = {"2612", "8505"}
LEADING = ["Data Type", "Country", "HTS Number", "Description", "Quantity Description"]
TITLE = re.compile(r"\|Annual \+ Year-To-Date Data from Jan - Apr$")
QUANTITY_SHEET = "First Unit of Quantity"
#: Unit in the workbook -> unit of ours, and the scope of the tariff lines counted in it.
UNITS = {
    "kilograms": ("kg", "named_partners_kg"),
    "metric tons": ("t", "named_partners_t"),
    "number": ("number", "named_partners_number"),
    "no units collected": ("", "named_partners_no_unit"),
}


class Book(NamedTuple):
    """What a workbook holds."""

    source_id: str
    flow: str
    value_sheet: str
    valuation: str
    concept: str
    title: str


BOOKS = {
    EXPORTS: Book("usitc-dataweb-2026-07-exports", "export", "FAS Value", "FAS", "domestic_exports", "Domestic exports"),
    IMPORTS: Book(
        "usitc-dataweb-2026-07-imports",
        "import",
        "Customs Value",
        "customs",
        "imports_for_consumption",
        "Imports for consumption",
    ),
}


class Cell(NamedTuple):
    """One value with its quantity, as the workbook has them."""

    cumulative: bool
    year: int
    country: str
    heading: str
    unit: str
    value: Decimal
    quantity: Decimal | None
    withheld: int
    sheet: str
    cell: str


def sources(raw: Raw) -> list[Row]:
    """One row of ``sources`` for each workbook."""
    return [
        {
            "source_id": book.source_id,
            "kind": "dataset",
            "publisher": "U.S. International Trade Commission",
            "title": f"DataWeb: {book.title}, headings 2612, 2805, 2846 and 8505, 18 partners, 1993-2026",
            "series": f"DataWeb, {book.title.lower()}",
            "edition": DOWNLOADED,
            "published_on": DOWNLOADED,
            "accessed_on": DOWNLOADED,
            "read_at": "github.com/therealjameswilson/critical-minerals-records-stage-v3 @a67e3d4286b3 : data/raw",
            "url": "https://dataweb.usitc.gov/",
            "language": "en",
            "licence": "US-Government-Work",
            "redistributable": True,
            "sha256": raw.sha256(file),
            "attribution": "U.S. International Trade Commission, DataWeb; data of the U.S. Census Bureau.",
            "note": f"The locator names the cell of the value; the quantity stands in the sheet {QUANTITY_SHEET!r} of the same period, "
            "in the row of the same country, heading and unit. Cells with neither value nor quantity are left out. "
            "Only 18 partners were asked for: no world total.",
        }
        for file, book in BOOKS.items()
    ]


def _sheet(book, file: str, name: str, columns: list[str]) -> Iterator[tuple[int, tuple]]:
    """Rows of a sheet below its header, each with its number; the last row may hold a total."""
    sheet = book[name]
    rows = list(sheet.iter_rows(values_only=True))
    if not TITLE.search(str(rows[0][0])):
        raise ValueError(f"{file}, {name}!A1: expected annual and January-April data, found {rows[0][0]!r}")
    require_columns(f"{file}, {name}", [cell for cell in rows[2] if cell is not None], columns)
    for number, row in enumerate(rows[3:], start=4):
        if row[0] is None or str(row[0]).startswith("Total"):
            continue
        if row[2] in HEADINGS:
            yield number, row


def _columns(cumulative: bool, quantity: bool) -> list[str]:
    ending = "_Year_to_date" if cumulative else ""
    names = LEADING + [f"{year}{ending}" for year in YEARS]
    return names + ([f"{year}{ending}_Suppressed" for year in YEARS] if quantity else [])


def _number(value: object, place: str) -> Decimal:
    if not isinstance(value, (int, float)) or value < 0:
        raise ValueError(f"{place}: expected a number that is not negative, found {value!r}")
    return Decimal(str(value))


def _quantities(book, file: str, cumulative: bool) -> dict[tuple, tuple[Decimal, int]]:
    name = QUANTITY_SHEET + (" YTD" if cumulative else "")
    found: dict[tuple, tuple[Decimal, int]] = {}
    for number, row in _sheet(book, file, name, _columns(cumulative, True)):
        for offset, year in enumerate(YEARS):
            place = f"{file}, {name}, row {number}, {year}"
            cells = row[len(LEADING) + offset], row[len(LEADING) + len(YEARS) + offset]
            key = (row[1], row[2], row[4], year)
            if key in found:
                raise ValueError(f"{place}: country, heading and unit stand twice")
            found[key] = (_number(cells[0], place), int(_number(cells[1], place)))
    return found


def cells(raw: Raw, file: str) -> Iterator[Cell]:
    """Every cell of the wanted headings that holds a value or a quantity."""
    with warnings.catch_warnings():
        # The workbooks name no default style; openpyxl says so for each.
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(raw.path(file))
    for cumulative in (False, True):
        quantities = _quantities(book, file, cumulative)
        name = BOOKS[file].value_sheet + (" YTD" if cumulative else "")
        for number, row in _sheet(book, file, name, _columns(cumulative, False)):
            unit = row[4].removeprefix("Value for: ")
            for offset, year in enumerate(YEARS):
                letter = get_column_letter(len(LEADING) + offset + 1)
                value = _number(row[len(LEADING) + offset], f"{file}, {name}!{letter}{number}")
                quantity, withheld = quantities.pop((row[1], row[2], unit, year), (None, 0))
                if value or quantity:
                    place = (name, f"{letter}{number}")
                    yield Cell(cumulative, year, row[1], row[2], unit, value, quantity, withheld, *place)
        if left := [key for key, (quantity, _) in quantities.items() if quantity]:
            raise ValueError(f"{file}: quantities without a value, e.g. {left[:3]}")


def _quantity(cell: Cell, unit: str) -> Amount:
    if not unit or cell.quantity is None:
        return NONE
    if cell.withheld:
        return Amount(cell.quantity, unit, "partly_withheld") if cell.quantity else Amount(qualifier="withheld")
    return Amount(cell.quantity, unit, "exact" if cell.quantity else "nil")


def flow_of(cell: Cell, book: Book) -> Row:
    """Row of ``trade_flows`` for one cell.

    Raises
    ------
    ValueError
        When the unit is not known.
    """
    if cell.unit not in UNITS:
        raise ValueError(f"{cell.sheet}!{cell.cell}: unknown unit {cell.unit!r}; expected one of {sorted(UNITS)}")
    unit, scope = UNITS[cell.unit]
    return flow_row(
        source_id=book.source_id,
        period=f"{cell.year}-01/{cell.year}-04" if cell.cumulative else str(cell.year),
        reporter="USA",
        partner=area_code(cell.country, f"{cell.sheet}!{cell.cell}"),
        flow=book.flow,
        product=cell.heading,
        valuation=book.valuation,
        scope=scope if cell.heading in SPLIT else "named_partners",
        basis="reported",
        concept=book.concept,
        quantity=_quantity(cell, unit),
        value=Amount(cell.value, "USD", "exact" if cell.value else "nil"),
        locator=f"sheet={cell.sheet}; cell={cell.cell}",
        grade="A",
        note=f"The source counts {cell.withheld} under quantities suppressed." if cell.withheld else "",
    )


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows of both workbooks."""
    return {"trade_flows": [flow_of(cell, book) for file, book in BOOKS.items() for cell in cells(raw, file)]}
