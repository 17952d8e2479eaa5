"""Broken data in, exactly this error out, at exactly this place.

Each fault changes one row of real data. The row is found by a condition, so that new data
does not move the fault to another row.
"""

import pytest

from rare_earths.validate import validate
from rare_earths.validate.compile import schema_rules
from rare_earths.validate.rules import own_rules
from rare_earths.validate.rules.policy_relations import circular
from scripts.tables import schema, tables
from tests.faults.fault import assert_found, at, break_row, break_rows, check, in_order, name
from tests.faults.own import FAULTS
from tests.faults.own.trade import PRESS, year


@pytest.mark.parametrize("fault", FAULTS, ids=name)
def test_fault_is_found_at_its_place(fault, thin):
    assert_found(thin, fault, break_row(thin, fault))


def test_a_source_that_is_closed_closes_the_gate_on_the_rows_that_cite_it(copy):
    rows = copy.rows("sources")
    (row,) = filter(at(source_id="usgs-mcs-2020-via-couragemagnet"), rows)
    row["redistributable"] = "false"
    copy.write("sources", rows)
    report = validate(copy.folder, conformance=False)
    cited = {(p.table, p.column, p.rule, p.level) for p in report.problems if p.rule == "redistributable"}
    assert cited == {
        ("reserves_reported", "source_id", "redistributable", "error"),
        ("reserves", "source_id", "redistributable", "error"),
        ("revisions", "from_source_id", "redistributable", "error"),
    }


def test_untouched_data_has_no_error(copy):
    report = validate(copy.folder, conformance=False)
    assert report.errors == []
    assert set(report.checked) == set(tables())


def test_the_thinned_package_has_no_error(thin):
    assert validate(thin.folder, conformance=False).errors == []


def test_every_rule_has_a_fault():
    of_schema = {rule.name for table in tables() for rule in schema_rules(schema(table))}
    of_ours = {(table, rule.name) for table in tables() for rule in own_rules(schema(table))} - {
        (table, "redistributable") for table in tables()
    }
    assert of_schema <= {fault.rule for fault in FAULTS}
    assert of_ours <= {(fault.table, fault.rule) for fault in FAULTS}


def test_cycles_of_any_length_are_found():
    chain = [(str(n), str(n + 1)) for n in range(50)]
    assert circular(chain) == set()
    assert circular([*chain, ("50", "7")]) == {str(n) for n in range(7, 51)}
    assert circular([("a", "a")]) == {"a"}


def test_goods_that_come_back_may_name_the_reporter_twice(thin):
    rows = thin.rows("trade_flows")
    (row,) = filter(PRESS, rows)
    row |= {"partner": "CHN", "flow": "re_import"}
    in_order(rows, schema("trade_flows"))
    thin.write("trade_flows", rows)
    assert check(thin, "trade_flows").problems == []


@pytest.mark.parametrize(("annual", "months"), [("1200", range(1, 13)), ("1300", range(1, 12))])
def test_a_year_that_is_the_sum_of_its_months_or_lacks_one_is_not_noticed(annual, months, thin):
    (fault,) = [fault for fault in FAULTS if fault.rule == "annual-sum"]
    rows = thin.rows("trade_flows")
    break_rows(rows, fault._replace(more=year(annual, months)))
    thin.write("trade_flows", rows)
    thin.refresh("trade_flows", len(rows))
    assert check(thin, "trade_flows").problems == []
