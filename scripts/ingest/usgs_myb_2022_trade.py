"""USGS Minerals Yearbook 2022, advance tables: sheets T4-T7, trade of the United States by code and country."""

import re
import warnings
from collections.abc import Iterator
from typing import NamedTuple

import openpyxl

from scripts.ingest.areas import area_code
from scripts.ingest.flows import NONE, Amount, amount, flow_row
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Row, join_notes
from scripts.ingest.usgs_myb_2022 import FILE, SOURCE

FLOWS = {"T4": "export", "T5": "export", "T6": "import", "T7": "import"}
FIRST_ROW = 7
#: Column of the weight and of the value for each year; a marker of revision stands in the next column.
YEARS = {"2021": ("E", "G"), "2022": ("I", "K")}
LEGEND = "rRevised.  XX Not applicable.  -- Zero."
CODE = re.compile(r"^\d{4}\.\d{2}\.\d{4},?$")
REO = re.compile(r"^(Grand total|Total) estimated (rare-earth-oxide \(REO\)|REO) equivalent content$")
#: Totals over several codes: headlines of the Yearbook's own.
TOTALS = {
    "Total, cerium compounds": "usgs-myb-cerium-compounds",
    "Total, other rare-earth compounds": "usgs-myb-other-compounds",
    "Total, rare-earth metals and alloys": "usgs-myb-metals-alloys",
}
GRAND_TOTALS = {"T4": "usgs-myb-compounds", "T6": "usgs-myb-compounds", "T7": "usgs-myb-metals-alloys-ferrocerium"}
#: Printed as three lines of the tariff that make up one subheading.
GROUPED = {"3606903000,3606903010,3606903090": "36069030"}
#: A row whose label holds product and country.
BOTH = {"Scandium or yttrium chloride mixtures, Russia": "Russia"}


class Line(NamedTuple):
    """One printed figure pair of one year."""

    sheet: str
    row: int
    label: str
    product: str
    partner: str
    reo: bool
    year: str
    weight: str
    value: str
    revised: tuple[bool, bool]


def sources(raw: Raw) -> list[Row]:
    """None: the workbook is the source that the tables of production cite."""
    return []


def _book(raw: Raw):
    with warnings.catch_warnings():
        # One print area of the workbook is malformed; openpyxl warns and goes on.
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(raw.path(FILE))


def _headed(sheet) -> None:
    for year, (weight, value) in YEARS.items():
        printed = (sheet[f"{weight}4"].value, sheet[f"{weight}5"].value, sheet[f"{value}6"].value)
        if printed != (year, "Gross weight", "Value"):
            raise ValueError(f"{FILE}, {sheet.title}!{weight}4:{value}6: expected weight and value of {year}, found {printed}")


def lines(raw: Raw) -> Iterator[Line]:
    """Every printed figure pair of the four sheets."""
    book = _book(raw)
    for name, flow in FLOWS.items():
        _headed(book[name])
        yield from _sheet_lines(book[name], name, "sb-" if flow == "export" else "hts-")


def _sheet_lines(sheet, name: str, prefix: str) -> Iterator[Line]:
    codes: list[str] = []
    product = ""
    for row in range(FIRST_ROW, sheet.max_row + 1):
        label = str(sheet[f"A{row}"].value or "").strip()
        if label == LEGEND:
            return
        code = str(sheet[f"C{row}"].value or "")
        if code:
            if not CODE.match(code):
                raise ValueError(f"{FILE}, {name}!C{row}: {code!r} is no code")
            codes = [*codes, code] if codes and codes[-1].endswith(",") else [code]
            joined = "".join(codes).replace(".", "")
            product = prefix + GROUPED.get(joined, joined)
        if sheet[f"E{row}"].value is None:
            continue
        product, partner = _meaning(label, product, name, row)
        yield from _years(sheet, name, row, label, product, partner)
    raise ValueError(f"{FILE}, {name}: expected the legend {LEGEND!r} below the table")


def _meaning(label: str, product: str, sheet: str, row: int) -> tuple[str, str]:
    """Product and partner of a row; a line of REO content belongs to the total above it."""
    if REO.match(label) or label == "Total":
        return product, "WLD"
    if label in TOTALS:
        return TOTALS[label], "WLD"
    if label == "Grand total":
        return GRAND_TOTALS[sheet], "WLD"
    return product, area_code(BOTH.get(label, label), f"{FILE}, {sheet}!A{row}")


def _years(sheet, name: str, row: int, label: str, product: str, partner: str) -> Iterator[Line]:
    for year, (weight, value) in YEARS.items():
        marks = [sheet[f"{chr(ord(weight) + 1)}{row}"].value]
        # The marker of a value stands in the column that follows it, where the sheet has one.
        marks.append(sheet[f"{chr(ord(value) + 1)}{row}"].value)
        if unknown := [mark for mark in marks if mark not in (None, "r")]:
            raise ValueError(f"{FILE}, {name}!A{row}: unknown marker {unknown}; expected r")
        figures = (str(sheet[f"{weight}{row}"].value), str(sheet[f"{value}{row}"].value))
        yield Line(name, row, label, product, partner, bool(REO.match(label)), year, *figures, (bool(marks[0]), bool(marks[1])))


def _read(text: str, unit: str) -> Amount:
    if text == "XX":
        return NONE
    return amount("0" if text == "--" else text, unit, "rounded")._replace(as_printed=text)


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows: gross weights and values by country, totals, and the REO content that USGS estimates of them."""
    result = []
    for line in lines(raw):
        revised = [
            f"The source marks the {word} as revised."
            for word, mark in zip(("weight", "value"), line.revised, strict=False)
            if mark
        ]
        result.append(
            flow_row(
                source_id=SOURCE,
                period=line.year,
                reporter="USA",
                partner=line.partner,
                flow=FLOWS[line.sheet],
                product=line.product,
                scope="complete",
                basis="reported",
                concept="imports_for_consumption" if FLOWS[line.sheet] == "import" else "unspecified",
                reo=line.reo,
                quantity=_read(line.weight, "kg"),
                value=_read(line.value, "USD"),
                estimated=True if line.reo else None,
                status="estimated" if line.reo else "revised" if revised else "",
                locator=f"row={line.label}; column={line.year}; sheet={line.sheet}; cell={YEARS[line.year][0]}{line.row}",
                grade="A",
                note=join_notes(*revised),
            )
        )
    return {"trade_flows": result}
