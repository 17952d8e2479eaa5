"""The fault matrix: broken data in, exactly this error out, at exactly this place.

Each fault changes one row of real data. The row is found by a condition, so that new data
does not move the fault to another row.
"""

import pytest

from rare_earths.validate import validate
from rare_earths.validate.compile import schema_rules
from rare_earths.validate.rules import own_rules
from scripts.tables import schema, tables
from tests.faults import Fault, assert_found, at, break_row, name
from tests.test_policy_faults import FAULTS as POLICY_FAULTS
from tests.test_trade_rules import PROVEN

BRAZIL_V1 = at(source_id="usgs-mcs-2026-v1.0", area="BRA")
BRAZIL_PRODUCTION = at(source_id="usgs-mcs-2026-v1.0", area="BRA", year="2025")

FAULTS = [
    Fault("primary-key", "reserves_reported", "source_id", BRAZIL_V1, {}, append=True),
    Fault("foreign-key", "production_reported", "area", BRAZIL_PRODUCTION, {"area": "BRZ"}),
    Fault(
        "foreign-key",
        "reserves_reported",
        "source_id",
        at(source_id="mongolia-economy-2012", area="USA"),
        {"source_id": "mongolia-economy-2013"},
    ),
    Fault(
        "minimum",
        "production_reported",
        "quantity_t_reo",
        BRAZIL_PRODUCTION,
        {"quantity_t_reo": "-2000"},
        frozenset({"figure-as-printed"}),
    ),
    Fault(
        "type",
        "production_reported",
        "quantity_t_reo",
        BRAZIL_PRODUCTION,
        {"quantity_t_reo": "2,000"},
        frozenset({"figure-or-reason"}),
    ),
    Fault(
        "type",
        "production_reported",
        "quantity_t_reo",
        BRAZIL_PRODUCTION,
        {"quantity_t_reo": "inf"},
        frozenset({"figure-as-printed"}),
    ),
    Fault(
        "type",
        "production_reported",
        "quantity_t_reo",
        BRAZIL_PRODUCTION,
        {"quantity_t_reo": "NaN"},
        frozenset({"figure-as-printed"}),
    ),
    Fault(
        "type",
        "production_reported",
        "quantity_t_reo",
        BRAZIL_PRODUCTION,
        {"quantity_t_reo": "2٠00"},
        frozenset({"figure-or-reason"}),
    ),
    Fault("type", "production_reported", "year", BRAZIL_PRODUCTION, {"year": "20250"}, frozenset({"maximum"})),
    Fault("type", "sources", "redistributable", at(source_id="periodictable"), {"redistributable": "yes"}),
    Fault("type", "reserves", "candidates", at(area="VNM", as_of_year="2025"), {"candidates": "2.0"}),
    Fault("maximum", "reserves_reported", "as_of_year", BRAZIL_V1, {"as_of_year": "9999"}),
    Fault("required", "production_reported", "locator", BRAZIL_PRODUCTION, {"locator": ""}),
    Fault("required", "production_reported", "grade", BRAZIL_PRODUCTION, {"grade": ""}),
    Fault("required", "production_reported", "qualifier", BRAZIL_PRODUCTION, {"qualifier": ""}),
    Fault("required", "sources", "redistributable", at(source_id="periodictable"), {"redistributable": ""}),
    Fault("pattern", "production_reported", "locator", BRAZIL_PRODUCTION, {"locator": "p. 153, Brazil"}),
    Fault("pattern", "reserves_reported", "locator", BRAZIL_V1, {"locator": "table=World; row="}),
    Fault("pattern", "areas", "m49", at(area="BRA"), {"m49": "76"}),
    Fault("pattern", "sources", "published_on", at(source_id="usgs-mcs-2025"), {"published_on": "2025-13"}),
    Fault("enum", "production_reported", "qualifier", BRAZIL_PRODUCTION, {"qualifier": "about"}),
    Fault("enum", "reserves_reported", "grade", BRAZIL_V1, {"grade": "E"}),
    Fault("unique", "elements", "atomic_number", at(symbol="Nd"), {"atomic_number": "61"}),
    Fault("clean-text", "reserves_reported", "note", BRAZIL_V1, {"note": "=1+1"}),
    Fault("clean-text", "reserves_reported", "note", BRAZIL_V1, {"note": "A space at the end "}),
    Fault("clean-text", "reserves_reported", "note", BRAZIL_V1, {"note": "a\tb"}),
    Fault("figure-or-reason", "production_reported", "quantity_t_reo", BRAZIL_PRODUCTION, {"quantity_t_reo": ""}),
    Fault("figure-or-reason", "reserves_reported", "reserves_t_reo", BRAZIL_V1, {"qualifier": "not_available"}),
    Fault("nil-is-zero", "production_reported", "quantity_t_reo", BRAZIL_PRODUCTION, {"qualifier": "nil"}),
    Fault("nil-is-zero", "reserves_reported", "reserves_t_reo", BRAZIL_V1, {"qualifier": "nil"}),
    Fault(
        "blank-cell",
        "production_reported",
        "quantity_as_printed",
        at(source_id="usgs-mcs-2025", area="CAN", year="2023"),
        {"quantity_as_printed": ""},
    ),
    Fault(
        "blank-cell",
        "reserves_reported",
        "reserves_as_printed",
        at(source_id="usgs-mcs-2025", area="MMR"),
        {"reserves_as_printed": ""},
    ),
    Fault("figure-as-printed", "production_reported", "quantity_t_reo", BRAZIL_PRODUCTION, {"quantity_t_reo": "20000"}),
    Fault("figure-as-printed", "reserves_reported", "reserves_t_reo", BRAZIL_V1, {"reserves_t_reo": "2100000"}),
    Fault(
        "world-total",
        "reserves_reported",
        "reserves_t_reo",
        at(source_id="usgs-mcs-2025-data", area="WLD"),
        {"reserves_t_reo": "80000000", "reserves_as_printed": ">80000000"},
    ),
    Fault(
        "world-total",
        "production_reported",
        "quantity_t_reo",
        at(source_id="usgs-mcs-2026-v1.0", area="WLD", year="2025"),
        {"quantity_t_reo": "290000", "quantity_as_printed": "290,000"},
    ),
    Fault(
        "redistributable",
        "sources",
        "redistributable",
        at(source_id="usgs-mcs-2020-via-couragemagnet"),
        {"redistributable": "false"},
    ),
    Fault("restated-is-marked", "sources", "restated_by", at(source_id="usgs-mcs-2020-via-couragemagnet"), {"restated_by": ""}),
    Fault("date-exists", "sources", "published_on", at(source_id="usgs-mcs-2026-v1.3"), {"published_on": "2026-02-30"}),
    Fault("iso-has-codes", "areas", "iso_alpha2", at(area="NAM"), {"iso_alpha2": ""}),
    Fault("chosen-is-reported", "production", "quantity_t_reo", at(area="AUS", year="2024"), {"quantity_t_reo": "28999"}),
    Fault(
        "chosen-is-reported", "reserves", "reserves_t_reo", at(area="BRA", as_of_year="2025"), {"reserves_t_reo": "12000000"}
    ),
    Fault("within-candidates", "production", "quantity_t_reo", at(area="AUS", year="2024"), {"highest_t_reo": "20000"}),
    Fault("within-candidates", "reserves", "reserves_t_reo", at(area="BRA", as_of_year="2025"), {"lowest_t_reo": "12000000"}),
    Fault(
        "within-world",
        "production",
        "quantity_t_reo",
        at(area="CHN", year="2024"),
        {"quantity_t_reo": "400000", "highest_t_reo": "400000"},
        frozenset({"chosen-is-reported"}),
    ),
    Fault(
        "within-world",
        "reserves",
        "reserves_t_reo",
        at(area="CHN", as_of_year="2023"),
        {"reserves_t_reo": "120000000", "highest_t_reo": "120000000"},
        frozenset({"chosen-is-reported"}),
    ),
    Fault(
        "change-adds-up",
        "revisions",
        "change_t_reo",
        at(area="BRA", to_source_id="usgs-mcs-2026-v1.3"),
        {"change_t_reo": "-10"},
    ),
    Fault(
        "two-vintages",
        "revisions",
        "to_source_id",
        at(area="BRA", to_source_id="usgs-mcs-2026-v1.3"),
        {"to_source_id": "usgs-mcs-2026-v1.0"},
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=name)
def test_fault_is_found_at_its_place(fault: Fault, copy):
    lines = break_row(copy, fault)
    if fault.rule == "redistributable":
        # The gate closes on the rows that cite the source, not on the source.
        report = validate(copy.folder, conformance=False)
        cited = {(p.table, p.column, p.rule, p.level) for p in report.problems if p.rule == fault.rule}
        assert cited == {
            ("reserves_reported", "source_id", "redistributable", "error"),
            ("reserves", "source_id", "redistributable", "error"),
            ("revisions", "from_source_id", "redistributable", "error"),
        }
        return
    assert_found(copy, fault, lines)


def test_untouched_data_has_no_error(copy):
    report = validate(copy.folder, conformance=False)
    assert report.errors == []
    assert set(report.checked) == set(tables())


def test_every_rule_has_a_fault():
    of_schema = {rule.name for table in tables() for rule in schema_rules(schema(table))}
    of_ours = {(table, rule.name) for table in tables() for rule in own_rules(schema(table))} - {
        (table, "redistributable") for table in tables()
    }
    faults = [*FAULTS, *POLICY_FAULTS]
    assert of_schema <= {fault.rule for fault in faults}
    assert of_ours <= {(fault.table, fault.rule) for fault in faults} | PROVEN
