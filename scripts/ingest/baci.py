"""CEPII BACI, release of January 2026: permanent magnets of metal (850511) between all countries.

Three copies were read. Two are complete (2022 values, 2024 values and weights); the third
holds the main flows of 2002-2024 and gives way to the complete ones in their years.
"""

import csv
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from scripts.ingest.areas import area_of_code
from scripts.ingest.flows import Amount, amount, flow_row
from scripts.ingest.raw import Raw
from scripts.ingest.rows import Comparison, Row, compare, require_columns

COMPLETE_2024 = "trade/baci_hs17_v202601_850511_2024.csv"
COMPLETE_2022 = "trade/baci_hs17_v202601_850511_2022_valueonly.csv"
MAIN_FLOWS = "trade/baci_v202601_850511_2002_2024_topflows.csv"
COLUMNS = {
    COMPLETE_2024: ["year", "exporter", "exporter_name", "importer", "importer_name", "hs6", "value_kusd", "qty_t"],
    COMPLETE_2022: ["year", "exporter_iso3", "importer_iso3", "hs6", "value_usd"],
    MAIN_FLOWS: ["year", "hs_revision", "exporter_iso2", "importer_iso2", "hs6", "value_usd", "qty_t"],
}
COMPLETE_YEARS = {"2022", "2024"}
SOURCES = {
    (COMPLETE_2024, "HS17"): "cepii-baci-hs17-v202601-y2024",
    (COMPLETE_2022, "HS17"): "cepii-baci-hs17-v202601-y2022",
    (MAIN_FLOWS, "HS17"): "cepii-baci-hs17-v202601-main-flows",
    (MAIN_FLOWS, "HS02"): "cepii-baci-hs02-v202601-main-flows",
}
FOUND_IN = {
    COMPLETE_2024: "pipeline/data/trade.parquet",
    COMPLETE_2022: "reconcile/fixtures/reconcile/baci_2022.csv",
    MAIN_FLOWS: "out/flows_2002.json to out/flows_2024.json",
}
NOTES = {
    COMPLETE_2024: "Every flow of 850511 in 2024. The source gives values in thousand USD and weights in tonnes.",
    COMPLETE_2022: "Every flow of 850511 in 2022, values only, in USD.",
    MAIN_FLOWS: "Only the largest suppliers and customers of each country: about 98 % of the value of 2022 and 2024. "
    "Values are rounded to 1 USD; no weights but for 2024, which the complete file replaces.",
}
CONVENTION = (
    "CEPII reconciles what exporters and importers report to the United Nations and states values FOB; some weights are estimated "
    "by CEPII, and which is not said. Area 490 (Other Asia, not elsewhere specified) is Taiwan by its convention."
)
OTHER_ASIA = "S19"
OTHER_ASIA_NOTE = "Printed as Other Asia, not elsewhere specified (490)."


class Flow(NamedTuple):
    """One flow as a file has it: codes as printed, amounts in USD and t."""

    line: int
    year: str
    revision: str
    exporter: str
    importer: str
    value: Amount
    weight: Amount
    column: str


def sources(raw: Raw) -> list[Row]:
    """One row of ``sources`` for each copy and revision of the Harmonized System."""
    return [_source(raw, file, revision, key) for (file, revision), key in SOURCES.items()]


def _source(raw: Raw, file: str, revision: str, source_id: str) -> Row:
    years = {COMPLETE_2024: "2024", COMPLETE_2022: "2022"}.get(file, "main flows")
    return {
        "source_id": source_id,
        "kind": "dataset",
        "publisher": "CEPII",
        "title": f"BACI: international trade database at the product level, {revision}, {years} (code 850511)",
        "series": f"BACI {revision}",
        "edition": "202601",
        "edition_version": f"V202601, {years}",
        "published_on": "2026-01",
        "restated_by": "critical-materials-atlas (Varcolacus)",
        "read_at": f"github.com/Varcolacus/critical-materials-atlas @17b328d2239864e993895582a29fdd3b5ceb479b : {FOUND_IN[file]}",
        "url": "https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37",
        "language": "en",
        "licence": "etalab-2.0",
        "licence_url": "https://www.etalab.gouv.fr/wp-content/uploads/2018/11/open-licence.pdf",
        "redistributable": True,
        "sha256": raw.sha256(file),
        "attribution": "Source: CEPII, BACI; Gaulier and Zignago (2010), CEPII Working Paper 2010-23.",
        "note": f"{NOTES[file]} {CONVENTION}",
    }


def _records(raw: Raw, file: str) -> Iterator[tuple[int, dict[str, str]]]:
    with open(raw.path(file), encoding="utf-8", newline="") as opened:
        reader = csv.DictReader(opened)
        require_columns(file, reader.fieldnames or [], COLUMNS[file])
        for line, record in enumerate(reader, start=2):
            if record["hs6"] != "850511":
                raise ValueError(f"{file}, line {line}, column hs6: expected 850511, found {record['hs6']!r}")
            yield line, record


def whole_usd(text: str, place: str) -> Amount:
    """A value in USD that a copy carries with the dust of binary fractions: BACI states thousandths of thousand USD."""
    exact = Decimal(text)
    nearest = exact.quantize(Decimal(1))
    if abs(exact - nearest) > Decimal("0.00001"):
        raise ValueError(f"{place}: expected whole USD, found {text}; read how the copy was made")
    return Amount(nearest, "USD", "exact" if nearest else "nil")


def flows(raw: Raw, file: str) -> Iterator[Flow]:
    """Flows of one file, codes as printed."""
    for line, record in _records(raw, file):
        place = f"{file}, line {line}"
        if file == COMPLETE_2024:
            kusd = amount(record["value_kusd"], "USD", printed=False)
            value = kusd._replace(number=kusd.number * 1000)
            weight = amount(record["qty_t"], "t", printed=False)
            yield Flow(line, record["year"], "HS17", record["exporter"], record["importer"], value, weight, "value_kusd")
            continue
        end = "iso3" if file == COMPLETE_2022 else "iso2"
        sides = (record[f"exporter_{end}"], record[f"importer_{end}"])
        weight = amount(record.get("qty_t", ""), "t", printed=False)
        value = whole_usd(record["value_usd"], place)
        yield Flow(line, record["year"], record.get("hs_revision", "HS17"), *sides, value, weight, "value_usd")


def flow_of(found: Flow, source_id: str, place: str, scope: str) -> Row:
    """Row of ``trade_flows``: the exporter is the reporter, as BACI speaks of exports."""
    note = OTHER_ASIA_NOTE if OTHER_ASIA in (found.exporter, found.importer) else ""
    return flow_row(
        source_id=source_id,
        period=found.year,
        reporter=area_of_code(found.exporter, place),
        partner=area_of_code(found.importer, place),
        flow="export",
        product="850511",
        valuation="FOB",
        scope=scope,
        basis="reconciled",
        quantity=found.weight,
        value=found.value,
        locator=f"column={found.column}; record={found.line}",
        grade="B",
        note=note,
    )


def rows(raw: Raw) -> dict[str, list[Row]]:
    """Fact rows; the complete files speak for their years."""
    result = []
    for file in COLUMNS:
        scope = "main_partners" if file == MAIN_FLOWS else "complete"
        for found in flows(raw, file):
            if file == MAIN_FLOWS and found.year in COMPLETE_YEARS:
                continue
            result.append(flow_of(found, SOURCES[file, found.revision], f"{file}, line {found.line}", scope))
    return {"trade_flows": result}


def comparison(raw: Raw) -> Comparison:
    """The complete files against the main flows of the same years, values to 1 USD."""
    complete, main = {}, {}
    for file in COLUMNS:
        for found in flows(raw, file):
            if found.year not in COMPLETE_YEARS:
                continue
            place = f"{file}, line {found.line}"
            key = (found.year, area_of_code(found.exporter, place), area_of_code(found.importer, place))
            (main if file == MAIN_FLOWS else complete)[key] = str(found.value.number.quantize(Decimal(1)))
    return compare("cepii-baci, complete files against main flows", {key: complete.get(key) for key in main}, main)
