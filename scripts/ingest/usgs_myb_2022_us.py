"""USGS Minerals Yearbook 2022, advance tables: sheets T1 (salient statistics) and T3 (oxide prices)."""

import openpyxl

from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, Row, compare
from scripts.ingest.statistic_footnotes import Meaning, combine, read_footnotes
from scripts.ingest.statistics import Cell, is_price, price_row, statistic_row
from scripts.ingest.usgs_myb_2022 import FILE, SOURCE

YEARS = {"D": 2018, "F": 2019, "H": 2020, "J": 2021, "L": 2022}
BASTNAESITE = "Includes only the rare earths derived from bastnaesite."
FILINGS = "Sources: MP Materials Corp filings with the U.S. Securities and Exchange Commission."
ARGUS = "Source: Argus Media group – Argus Metals International."
TONS, PRICE = "metric tons REO", "dollars per kilogram"
#: Row of T1 -> its label with markers, series, unit, footnotes of the label and of its heading.
T1 = {
    5: (
        "Production of rare-earth concentrates, rare-earth-oxide (REO) equivalent2",
        "Production of rare-earth concentrates, REO equivalent",
        TONS,
        [FILINGS],
    ),
    7: ("Rare-earth concentrates, monazite", "Exports: Rare-earth concentrates, monazite", TONS, ["Estimated."]),
    9: ("Cerium compounds", "Exports: Compounds: Cerium compounds", TONS, ["Estimated."]),
    10: ("Other rare-earth compounds", "Exports: Compounds: Other rare-earth compounds", TONS, ["Estimated."]),
    12: ("Ferrocerium and pyrophoric alloys", "Exports: Metals: Ferrocerium and pyrophoric alloys", TONS, ["Estimated."]),
    13: ("Rare-earth metals and alloys", "Exports: Metals: Rare-earth metals and alloys", TONS, ["Estimated."]),
    16: ("Cerium compounds", "Imports for consumption: Compounds: Cerium compounds", TONS, ["Estimated."]),
    17: ("Other rare-earth compoundse", "Imports for consumption: Compounds: Other rare-earth compounds", TONS, ["Estimated."]),
    19: (
        "Ferrocerium and pyrophoric alloys",
        "Imports for consumption: Metals: Ferrocerium and pyrophoric alloys",
        TONS,
        ["Estimated."],
    ),
    20: ("Rare-earth metals and alloys", "Imports for consumption: Metals: Rare-earth metals and alloys", TONS, ["Estimated."]),
    21: ("World production, REO equivalent", "World production, REO equivalent", TONS, []),
    23: (
        "Monazite concentrate, gross basise",
        "Prices, annual average: Monazite concentrate, gross basis",
        PRICE,
        ["Estimated."],
    ),
    24: (
        "Mischmetal, 65% cerium, 35% lanthanum, metal basis4",
        "Prices, annual average: Mischmetal, 65% cerium, 35% lanthanum, metal basis",
        PRICE,
        [ARGUS],
    ),
}
#: Markers beside a cell of T1.
MARKS = {"e": ["Estimated."], "r": ["Revised."], "3": [BASTNAESITE]}
UNIT_SLIP = "The unit cell of this row reads metric tons, although its heading is one of prices."
T3_COLUMNS = {"E": 2021, "G": 2022}
T3_ROWS = range(7, 18)
#: Markers of T3.
T3_MARKS = {
    "2, 3": ["Source: Stanford Materials Corp.", "Five-kilogram lot size."],
    "4, 5": [ARGUS, "China, free on board."],
}


def sources(raw: Raw) -> list[Row]:
    """None: the module of sheet T8 gives the row of this workbook."""
    return []


def _text(value) -> str:
    return "" if value is None else str(value).strip()


def _salient(book):
    sheet = book["T1"]
    for column, year in YEARS.items():
        if _text(sheet[f"{column}4"].value) != str(year):
            raise ValueError(f"{FILE}, T1!{column}4: expected {year}, found {sheet[f'{column}4'].value!r}")
    for row, (label, series, unit, footnotes) in T1.items():
        if _text(sheet[f"A{row}"].value) != label:
            raise ValueError(f"{FILE}, T1!A{row}: expected {label!r}, found {sheet[f'A{row}'].value!r}")
        for column, year in YEARS.items():
            place = f"T1!{column}{row}"
            mark = _text(sheet[f"{chr(ord(column) + 1)}{row}"].value)
            if mark and mark not in MARKS:
                raise ValueError(f"{FILE}, {place}: unknown footnote marker {mark!r}; expected {sorted(MARKS)}")
            meaning = read_footnotes([*footnotes, *MARKS.get(mark, [])], place)
            locator = f"table=1; row={series}; column={year}; sheet=T1; cell={column}{row}"
            note = UNIT_SLIP if row == 24 else ""
            yield Cell(SOURCE, series, year, _text(sheet[f"{column}{row}"].value), unit, locator, "A", meaning, note)


def _prices(book):
    sheet = book["T3"]
    for row in T3_ROWS:
        label, purity = _text(sheet[f"A{row}"].value), _text(sheet[f"C{row}"].value)
        marks = next((mark for mark in T3_MARKS if label.endswith(mark)), None)
        if marks is None:
            raise ValueError(f"{FILE}, T3!A{row}: expected a product with the markers {sorted(T3_MARKS)}, found {label!r}")
        product = f"{label.removesuffix(marks)} (oxide), {purity}"
        meaning: Meaning = combine([read_footnotes(T3_MARKS[marks], f"T3!A{row}")])
        for column, year in T3_COLUMNS.items():
            if _text(sheet[f"{column}6"].value) != str(year):
                raise ValueError(f"{FILE}, T3!{column}6: expected {year}, found {sheet[f'{column}6'].value!r}")
            locator = f"table=3; row={label.removesuffix(marks)}; column={year}; sheet=T3; cell={column}{row}"
            printed = _text(sheet[f"{column}{row}"].value)
            yield Cell(SOURCE, f"Prices, annual average: {product}", year, printed, PRICE, locator, "A", meaning)


def _cells(raw: Raw) -> tuple[list[Cell], list[Cell]]:
    book = openpyxl.load_workbook(raw.path(FILE))
    salient = list(_salient(book))
    return salient, [cell for cell in salient if is_price(cell.series)] + list(_prices(book))


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows: salient statistics of T1; prices of T1 and T3."""
    salient, prices = _cells(raw)
    return {
        "us_salient_statistics": [statistic_row(cell) for cell in salient],
        "prices": [price_row(cell) for cell in prices],
    }


def comparison(raw: Raw) -> Comparison:
    """Both sheets against the transcriptions."""
    salient, prices = _cells(raw)
    found = {("statistic", cell.series, str(cell.year)): cell.as_printed for cell in salient}
    found |= {("price", cell.series.split(": ", 1)[1].split(" (oxide)")[0], str(cell.year)): cell.as_printed for cell in prices}
    expected = {}
    for _, row in raw.transcription("usgs_mcs_salient_us.csv"):
        if row["edition"] == "MYB 2022":
            expected["statistic", row["series"], row["year"]] = row["value_as_printed"]
    for _, row in raw.transcription("usgs_oxide_prices.csv"):
        if row["edition"] == "MYB 2022":
            expected["price", row["product_as_printed"], row["year"]] = row["value_as_printed"]
    return compare("usgs-myb-2022, sheets T1 and T3", found, expected)
