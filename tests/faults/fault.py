"""What a fault is, how it is put into a copy of the package, and what must be found then."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rare_earths.validate import Report, validate
from rare_earths.validate.rules import own_rules
from scripts.tables import schema
from tests.faults.copies import Copy, Row

#: Types of key columns that are sorted as numbers.
NUMBERED = {"year", "integer"}


class Fault(NamedTuple):
    """One thing that is wrong with one row of real data.

    Attributes
    ----------
    rule, table, column
        The rule that must report it, and where.
    where
        Finds the row, so that new data does not move the fault to another one.
    change
        The cells that are wrong.
    also
        Rules that the same row breaks by necessity.
    append
        Add the changed row after the found one instead of replacing it: both are at fault.
    more
        Cells of further rows like the found one; the first of them is at fault, and the found one stays.
    spread
        Number of rows on which the fault shows.
    """

    rule: str
    table: str
    column: str
    where: Callable[[Row], bool]
    change: Row
    also: frozenset[str] = frozenset()
    append: bool = False
    more: tuple[Row, ...] = ()
    spread: int = 1


def at(**cells: str) -> Callable[[Row], bool]:
    return lambda row: all(row[name] == value for name, value in cells.items())


def name(fault: Fault) -> str:
    return f"{fault.rule}-{fault.table}-{fault.column}-{'-'.join(fault.change.values()) or 'again'}"


def find(rows: Sequence[Row], fault: Fault) -> int:
    """Position of the one row that a fault is for."""
    (place,) = [number for number, row in enumerate(rows) if fault.where(row)]
    return place


def break_rows(rows: list[Row], fault: Fault) -> set[int]:
    """Put a fault into rows, and keep their order; returns the lines of the CSV on which it must be found."""
    place = find(rows, fault)
    broken = [rows[place] | fault.change]
    if fault.more:
        broken = [rows[place] | cells for cells in fault.more]
        rows += broken
        broken = broken[:1]
    elif fault.append:
        rows += broken
        broken.append(rows[place])
    else:
        rows[place] = broken[0]
    in_order(rows, schema(fault.table))
    return {number for number, row in enumerate(rows, start=2) if any(row is one for one in broken)}


def in_order(rows: list[Row], definition: dict) -> None:
    """Sort rows by the primary key, numbers as numbers."""
    kinds = {field["name"]: field["type"] for field in definition["fields"]}

    def key(row: Row) -> tuple:
        cells = ((kinds[name], row[name]) for name in definition["primaryKey"])
        return tuple((0, int(cell), "") if kind in NUMBERED and cell.isdecimal() else (1, 0, cell) for kind, cell in cells)

    rows.sort(key=key)


def break_row(copy: Copy, fault: Fault) -> set[int]:
    """Put a fault into a copy; returns the lines on which it must be found."""
    rows = copy.rows(fault.table)
    lines = break_rows(rows, fault)
    copy.write(fault.table, rows)
    copy.refresh(fault.table, len(rows))
    return lines


def assert_found(copy: Copy, fault: Fault, lines: set[int], engine: str = "duckdb") -> Report:
    """Exactly this error is found, at exactly this place."""
    report = check(copy, fault.table, engine)
    here = [p for p in report.problems if p.table == fault.table and p.line in lines]
    elsewhere = [p for p in report.errors if p not in here]
    assert len(elsewhere) == fault.spread - 1 and {p.rule for p in elsewhere} <= {fault.rule}
    assert {p.rule for p in here} == {fault.rule} | fault.also
    found = [p for p in here if p.rule == fault.rule]
    assert {p.column for p in found} == {fault.column}
    assert {p.line for p in found} == lines
    assert all(p.expected and p.mend for p in found)
    notices = {rule.name for rule in own_rules(schema(fault.table)) if rule.level == "notice"}
    assert {p.level for p in found} == ({"notice"} if fault.rule in notices else {"error"})
    assert report.valid == (not any(p.level == "error" for p in here))
    return report


def check(copy: Copy, table: str, engine: str = "duckdb") -> Report:
    """What validation finds in one table."""
    return validate(copy.folder, tables=[table], conformance=False)
