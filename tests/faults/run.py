"""Put planned faults into a table and compare what an engine finds with what it must find."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import ibis
import ibis.expr.operations as ops

from rare_earths.package import Package
from rare_earths.validate import Problem, validate
from rare_earths.validate.inputs import PackageTables
from rare_earths.validate.reading import Reader
from rare_earths.validate.run import engine_named, rules_of
from rare_earths.validate.typed import LINE, TEXT, TYPES
from scripts.tables import ROOT, schema
from tests.faults.copies import Copy, Row
from tests.faults.fault import in_order
from tests.faults.plan import Placed

#: Enough for all problems of a table full of faults.
ALL = 100_000
#: Rules that count bytes and name the first.
COUNTED = {"line-ends", "nul"}


class Found(NamedTuple):
    """A problem, with the row by its place in the sound table."""

    rule: str
    column: str | None
    row: int | None


class Outcome(NamedTuple):
    """What an engine said of one fault: found or not, and which other rules its row broke too."""

    fault: Placed
    found: bool
    also: frozenset[str]


def problems(copy: Copy, table: str, engine: str) -> list[Problem]:
    """All that validation of one table finds."""
    report = validate(copy.folder, tables=[table], conformance=False, engine=engine, examples=ALL)
    assert all(len(result.examples) == result.failures for result in report.results if result.rule not in COUNTED)
    return report.problems


def sound(copy: Copy, table: str, engine: str) -> set[Found]:
    """What is found in the untouched table: notices, and nothing else."""
    found = problems(copy, table, engine)
    assert not [problem for problem in found if problem.level == "error"], found
    return {Found(p.rule, p.column, None if p.line is None else p.line - 2) for p in found}


def spoil(copy: Copy, rows: Sequence[Row], table: str, faults: Sequence[Placed]) -> tuple[list[Placed], list[int]]:
    """Put faults into a copy.

    Returns
    -------
    tuple
        The faults as they came to stand, and for each line of the CSV after the header the row of the sound table.
    """
    broken, placed = [dict(row) for row in rows], []
    for fault in faults:
        broken[fault.row] |= fault.cells
        if fault.more:
            fault = fault._replace(shows=(len(broken),), cells=fault.more[0])
            broken += [rows[fault.row] | cells for cells in fault.more]
        placed.append(fault)
    place = {id(row): number for number, row in enumerate(broken)}
    in_order(broken, schema(table))
    copy.write(table, broken)
    copy.refresh(table, len(broken))
    return placed, [place[id(row)] for row in broken]


def found_in(copy: Copy, table: str, engine: str, lines: Sequence[int], known: set[Found]) -> set[Found]:
    """What an engine finds in a spoilt copy and did not find in the sound one."""
    found = problems(copy, table, engine)
    return {Found(p.rule, p.column, None if p.line is None else lines[p.line - 2]) for p in found} - known


def share(table: str, faults: Sequence[Placed], found: set[Found]) -> tuple[list[Outcome], set[Found]]:
    """Share out problems among faults.

    Returns
    -------
    tuple
        An outcome per fault, and the problems that no fault explains.
    """
    reads, spread = facts(table)
    left = set(found)
    wanted = [{Found(fault.rule, fault.column, row) for row in fault.shows} for fault in faults]
    left -= set().union(*wanted)
    told, explained = [], set()
    for fault, must in zip(faults, wanted, strict=True):
        also = {one for one in left if one.row in fault.shows and fault.cells.keys() & reads.get(one[:2], set())}
        told.append(Outcome(fault, must <= found, frozenset(one.rule for one in also)))
        explained |= also
    touched = {name for fault in faults for name in fault.cells}
    return told, {one for one in left - explained if one[:2] not in spread or not reads[one[:2]] & touched}


@cache
def facts(table: str) -> tuple[dict[tuple[str, str], set[str]], set[tuple[str, str]]]:
    """What each rule of a table reads, and which of them compare rows with each other.

    Only a fault in a cell that a rule reads may break it; only where a rule compares rows may
    a fault in one of them show on another.
    """
    given = PackageTables(Package(ROOT))
    key = schema(table)["primaryKey"]
    with Reader() as reader:
        lookup = engine_named("duckdb", given, reader).table
        reads: dict[tuple[str, str], set[str]] = {("sorted", key[0]): set(key)}
        spread = {("sorted", key[0])}
        for rule in rules_of(schema(table)):
            operation = rule.holds(_empty(table), lookup).op()
            fields = operation.find(ops.Field)
            reads.setdefault((rule.name, rule.column), set()).update(
                field.name.removeprefix(TEXT) for field in fields if field.rel.find(ops.UnboundTable)
            )
            reads[rule.name, rule.column] |= WALKED.get(rule.name, set())
            if operation.find((ops.WindowFunction, ops.Aggregate)) or rule.name in WALKED:
                spread.add((rule.name, rule.column))
    return reads, spread


#: Rules that compare rows outside of an engine, with the columns that they look at there.
WALKED = {"supersedes-no-cycle": {"action_id", "relation", "target_action_id"}}


def _empty(table: str) -> ibis.Table:
    columns = {LINE: "int64"}
    for field in schema(table)["fields"]:
        columns[field["name"]] = TYPES[field["type"]]
        if field["type"] != "string":
            columns[TEXT + field["name"]] = "string"
    return ibis.table(columns, name=table)
