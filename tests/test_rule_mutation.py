"""Removing a rule turns a test red: each of our own rules and those of files here, all others in the record."""

import json

import pytest

from rare_earths.validate.compile import schema_rules
from rare_earths.validate.run import rules_of
from scripts.tables import schema, tables
from tests.faults.files import FILE_FAULTS
from tests.faults.matrix import Column
from tests.faults.mutation import RECORD, of_file, of_schema, own

#: Small tables in which the rules of the schema are taken out again; the record has them for all tables.
AGAIN = ("areas", "elements")


@pytest.mark.parametrize("table", tables())
def test_each_rule_of_our_own_is_missed(table, thin_base, tmp_path):
    assert [removed.rule for removed in own(Column(thin_base, table, "duckdb", tmp_path)) if not removed.noticed] == []


@pytest.mark.parametrize("table", AGAIN)
def test_the_rules_of_a_schema_are_missed(table, thin_base, tmp_path):
    assert [removed.rule for removed in of_schema(Column(thin_base, table, "duckdb", tmp_path)) if not removed.noticed] == []


def test_each_rule_of_files_is_missed(thin_base, tmp_path):
    assert [removed.rule for removed in of_file(thin_base, tmp_path) if not removed.noticed] == []


def test_the_record_has_every_rule_and_each_was_missed():
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    for entry in record["groups"].values():
        assert entry["removed"] == entry["noticed"] > 0
    again = "run `python -m tests.faults.mutation`"
    for table in tables():
        of_table = {(rule.name, rule.column) for rule in schema_rules(schema(table))}
        ours = {f"{rule.name} of {rule.column}" for rule in rules_of(schema(table)) if (rule.name, rule.column) not in of_table}
        assert set(record["rules"][f"schema: {table}"]) == {name for name, _ in of_table}, again
        assert set(record["rules"].get(f"own: {table}", [])) == ours, again
    (of_files,) = (rules for name, rules in record["rules"].items() if name.startswith("file: "))
    assert set(of_files) == {fault.rule for fault in FILE_FAULTS}, again
