"""Foreign trade of the European Union, Japan, the Republic of Korea, India and the United States as quoted by pages."""

import csv
import re
from collections.abc import Iterator

from scripts.ingest.areas import area_of_code
from scripts.ingest.flows import NONE, amount, flow_row
from scripts.ingest.press import PUBLISHERS, RESTRICTED, SHARES_ONLY, grade, press_source, remark_note, source_id
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Row, require_columns

FILE = "trade/press_trade_other_reporters.csv"
COLUMNS = [
    *("period", "frequency", "reporter", "partner", "flow", "product_scope", "quantity_t", "value", "value_unit"),
    *("share_pct", "primary_publisher", "press_source", "press_url", "remark"),
]
PRODUCTS = {
    "REE+": "eurostat-ree-plus",
    "REE+ (CN 280530xx + 2846xx per Eurostat definition)": "eurostat-ree-plus",
    "CN8 28469040": "cn-28469040",
    "CN8 28469060 + 28469070": "eurostat-28469060-28469070",
    "CN8 85051110": "cn-85051110",
    "rare earths": "japan-rare-earths",
    "rare earth materials incl. Sc, Y": "korea-rare-earth-materials",
    "permanent magnets (all)": "india-permanent-magnets",
    "permanent magnets (finished and unfinished)": "india-permanent-magnets-finished-unfinished",
    "HTS 280530+284610+284690": "usa-280530-2846",
}
#: The same words mean another group where JOGMEC uses them.
OF_JOGMEC = {"rare earths": "jogmec-rare-earths"}
#: A value that the file took from another page than the quantity beside it: line -> address and author of that page.
VALUE_FROM = {2: ("https://ubn.news/?p=228406", "ubn.news (quotes Eurostat)")}
#: Partner that the page leaves open.
AMBIGUOUS = "WLD or CHN (text ambiguous)"
FISCAL_YEAR = re.compile(r"^FY(\d{4})-(\d{2})$")
REPOSITORY = re.compile(r"^(?P<repo>[\w-]+/[\w-]+) : (?P<path>\S+) @(?P<commit>[0-9a-f]{40})$")
OFFICE = "https://ec.europa.eu/eurostat/"


def address(text: str) -> str:
    """Address of a page; a file in a repository by its commit."""
    if match := REPOSITORY.match(text):
        return "https://github.com/{repo}/blob/{commit}/{path}".format(**match.groupdict())
    return text


def period(text: str) -> str:
    """A period; a fiscal year of India runs from April to March."""
    if match := FISCAL_YEAR.match(text):
        return f"{match[1]}-04/{int(match[1]) + 1}-03"
    return text


def records(raw: Raw) -> Iterator[tuple[int, dict[str, str], str, str]]:
    """Records that are flows and may be passed on, with address and author of their page."""
    with open(raw.path(FILE), encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        require_columns(FILE, reader.fieldnames or [], COLUMNS)
        for line, record in enumerate(reader, start=2):
            publisher = record["primary_publisher"]
            if publisher in RESTRICTED | SHARES_ONLY or record["partner"] == AMBIGUOUS:
                continue
            if publisher not in PUBLISHERS:
                raise ValueError(f"{FILE}, line {line}, column primary_publisher: unknown {publisher!r}")
            if not record["quantity_t"] and not record["value"]:
                continue
            page = (address(record["press_url"]), record["press_source"])
            if line in VALUE_FROM:
                yield line, {**record, "quantity_t": ""}, *VALUE_FROM[line]
                record, page = {**record, "value": ""}, (page[0], page[1].partition(" (value:")[0])
            yield line, record, *page


def sources(raw: Raw) -> list[Row]:
    """One row of ``sources`` for each page."""
    pages = {}
    for _, record, url, name in records(raw):
        published = "2025-04-09" if "9 Apr 2025" in name else ""
        page = press_source(record["primary_publisher"], url, name, published)
        if url.startswith(OFFICE):
            page |= {"restated_by": "", "kind": "web page", "note": "Figures were taken from a text copy of the page."}
        pages.setdefault(page["source_id"], page)
    return list(pages.values())


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows, one for each quoted figure."""
    return {"trade_flows": [_row(*found) for found in records(raw)]}


def _row(line: int, record: dict[str, str], url: str, name: str) -> Row:
    place = f"{FILE}, line {line}"
    scope, publisher = record["product_scope"], record["primary_publisher"]
    if scope not in PRODUCTS:
        raise ValueError(f"{place}, column product_scope: unknown {scope!r}; add it to {__name__}.PRODUCTS")
    product = OF_JOGMEC.get(scope, PRODUCTS[scope]) if publisher == "JOGMEC" else PRODUCTS[scope]
    rounded = "rounded" if re.search("rounded|around", record["remark"]) else "exact"
    return flow_row(
        source_id=source_id(publisher, url),
        period=period(record["period"]),
        reporter=area_of_code(record["reporter"], place),
        partner=area_of_code(record["partner"], place),
        flow=record["flow"],
        product=product,
        scope="single_figures",
        basis="quoted",
        quantity=amount(record["quantity_t"], "t", rounded, printed=False),
        value=amount(record["value"], record["value_unit"], printed=False) if record["value"] else NONE,
        locator=f"row={product} {record['flow']} {record['partner']}; column={record['period']}",
        grade=grade(record["remark"], url.startswith(OFFICE)),
        note=remark_note(record["remark"]),
    )
