"""Foreign trade of China as quoted by the press: headlines of its customs, and 8-digit codes."""

import csv
from collections.abc import Iterator

from scripts.ingest.areas import area_of_code
from scripts.ingest.flows import amount, flow_row
from scripts.ingest.press import grade, press_source, remark_note, source_id
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Row, require_columns

FILE = "trade/gacc_china_rare_earth_trade_press_2010_2026.csv"
COLUMNS = [
    *("period", "frequency", "reporter", "partner", "flow", "product_scope", "quantity_t", "value_usd", "value_cny"),
    *("primary_publisher", "press_source", "press_url", "published", "remark"),
]
FREQUENCIES = {"monthly", "cumulative", "annual"}
#: What the file calls a group of goods (and its direction where that matters) -> product.
PRODUCTS = {
    ("rare_earths_headline", "export"): "gacc-rare-earths-export",
    ("rare_earths_headline", "import"): "gacc-rare-earths-import",
    ("rare_earths_and_products_headline_2011_scope", "export"): "gacc-rare-earths-and-products-2011",
    ("rare_earth_elements_and_compounds", "export"): "gacc-rare-earth-elements-and-compounds",
    ("re_permanent_magnets", "export"): "gacc-rare-earth-permanent-magnets",
    ("re_permanent_magnets", "import"): "gacc-rare-earth-permanent-magnets",
    ("re_products_incl_magnets", "export"): "gacc-rare-earth-products-with-magnets",
    ("re_compounds_and_metals", "import"): "gacc-rare-earth-compounds-and-metals",
    ("re_compounds_2846", "export"): "2846",
    ("re_compounds_2846", "import"): "2846",
    ("re_metals_280530", "export"): "280530",
    ("re_metals_280530", "import"): "280530",
    ("re_concentrates_25309020", "import"): "chn-25309020",
    ("unlisted_re_oxide_28469019", "export"): "chn-28469019",
    ("unlisted_re_oxide_28469019", "import"): "chn-28469019",
    ("mixed_re_carbonate_28469048", "import"): "chn-28469048",
    ("28469019+28469048+28469099", "import"): "argus-28469019-28469048-28469099",
    ("re_metals_and_alloys", "export"): "antaike-rare-earth-metals-and-alloys",
    ("re_metals_and_alloys", "import"): "antaike-rare-earth-metals-and-alloys",
    ("re_oxides", "export"): "antaike-rare-earth-oxides",
    ("re_oxides", "import"): "antaike-rare-earth-oxides",
    ("re_separation_products", "export"): "antaike-rare-earth-separation-products",
    ("reo_equivalent", "export"): "adamas-rare-earth-exports",
    ("dysprosium_products", "export"): "tradium-dysprosium-products",
    ("terbium_products", "export"): "tradium-terbium-products",
}
#: Figures that are rare-earth-oxide content and not the weight of goods.
REO = {"adamas-rare-earth-exports"}
#: Period that is a quarter of a year in the words of its page.
QUARTERS = {"2022-07/2022-09"}


def records(raw: Raw) -> Iterator[tuple[int, dict[str, str]]]:
    """Records whose page has an address; a figure that nobody can look up is left out."""
    with open(raw.path(FILE), encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        require_columns(FILE, reader.fieldnames or [], COLUMNS)
        for line, record in enumerate(reader, start=2):
            if record["frequency"] not in FREQUENCIES:
                raise ValueError(f"{FILE}, line {line}, column frequency: unknown {record['frequency']!r}")
            if record["press_url"].startswith("http"):
                yield line, record


def sources(raw: Raw) -> list[Row]:
    """One row of ``sources`` for each page."""
    pages = {}
    for _, record in records(raw):
        page = press_source(*(record[name] for name in ("primary_publisher", "press_url", "press_source", "published")))
        pages.setdefault(page["source_id"], page)
    return list(pages.values())


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows, one for each quoted figure."""
    return {"trade_flows": [_row(line, record) for line, record in records(raw)]}


def _row(line: int, record: dict[str, str]) -> Row:
    place = f"{FILE}, line {line}"
    key = (record["product_scope"], record["flow"])
    if key not in PRODUCTS:
        raise ValueError(f"{place}, column product_scope: unknown {key}; add it to {__name__}.PRODUCTS")
    currency = "USD" if record["value_usd"] else "CNY"
    remark = record["remark"]
    qualifier = "rounded" if "rounded" in remark else "exact"
    return flow_row(
        source_id=source_id(record["primary_publisher"], record["press_url"]),
        period=record["period"],
        reporter=area_of_code(record["reporter"], place),
        partner=area_of_code(record["partner"], place),
        flow=record["flow"],
        product=PRODUCTS[key],
        scope="single_figures",
        basis="quoted",
        reo=PRODUCTS[key] in REO,
        quarter=record["period"] in QUARTERS,
        quantity=amount(record["quantity_t"], "t", qualifier, printed=False),
        value=amount(record["value_usd"] or record["value_cny"], currency, printed=False),
        locator=f"row={PRODUCTS[key]} {record['flow']} {record['partner']}; column={record['period']}",
        grade=grade(remark),
        note=remark_note(remark),
    )
