"""What a fault is, how it is put into a copy of the package, and what must be found then."""

from collections.abc import Callable
from typing import NamedTuple

from rare_earths.validate import validate
from rare_earths.validate.rules import own_rules
from scripts.tables import schema
from tests.conftest import Copy

Row = dict[str, str]


class Fault(NamedTuple):
    rule: str
    table: str
    column: str
    where: Callable[[Row], bool]
    change: Row
    also: frozenset[str] = frozenset()  # rules that the same cell breaks by necessity
    append: bool = False  # add the changed row after the found one instead of replacing it


def at(**cells: str) -> Callable[[Row], bool]:
    return lambda row: all(row[name] == value for name, value in cells.items())


def name(fault: Fault) -> str:
    return f"{fault.rule}-{fault.table}-{fault.column}-{'-'.join(fault.change.values()) or 'again'}"


def break_row(copy: Copy, fault: Fault) -> set[int]:
    """Put the fault into the one row that it is for; returns the lines on which it must be found."""
    rows = copy.rows(fault.table)
    (place,) = [number for number, row in enumerate(rows) if fault.where(row)]
    broken = rows[place] | fault.change
    rows[place : place + 1] = [rows[place], broken] if fault.append else [broken]
    copy.write(fault.table, rows)
    return {place + 2, place + 3} if fault.append else {place + 2}


def assert_found(copy: Copy, fault: Fault, lines: set[int]) -> None:
    """Exactly this error is found, at exactly this place."""
    report = validate(copy.folder, tables=[fault.table], conformance=False)
    here = [p for p in report.problems if p.table == fault.table and p.line in lines]
    assert {p.rule for p in here} == {fault.rule} | fault.also
    found = [p for p in here if p.rule == fault.rule]
    assert {p.column for p in found} == {fault.column}
    assert {p.line for p in found} == lines
    assert all(p.expected and p.mend for p in found)
    notices = {rule.name for rule in own_rules(schema(fault.table)) if rule.level == "notice"}
    assert {p.level for p in found} == ({"notice"} if fault.rule in notices else {"error"})
    assert report.valid == (not any(p.level == "error" for p in here))
