"""Take out each rule and see that its faults go unreported: ``python -m tests.faults.mutation``.

Each of our own rules is taken out by itself, and those of a schema by kind (all ``pattern`` rules
of a table, and so on): no rule hears of another. The table gets its faults as in the matrix, and
every fault that the missing rule is for must be one that nothing reports any more.
"""

import argparse
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from unittest.mock import patch

from rare_earths.validate import run
from rare_earths.validate.compile import schema_rules
from rare_earths.validate.files import FileCheck
from rare_earths.validate.problems import Result
from scripts.tables import ROOT, schema, tables, write_text
from tests.faults.copies import Copy, thinned
from tests.faults.files import FILE_FAULTS
from tests.faults.matrix import Column
from tests.faults.plan import Placed
from tests.faults.run import Found, found_in, problems, spoil

RECORD = ROOT / "docs" / "quality" / "rule-mutation.json"
#: The table whose file gets the faults of files: these rules are the same for every table.
FILE = "elements"


class Removed(NamedTuple):
    """What came of taking out one rule, or the rules of one kind.

    Attributes
    ----------
    group
        ``schema``, ``own`` or ``file``.
    table, rule
        The rule; of ``own`` rules with its column.
    noticed
        Whether each of its faults went unreported.
    """

    group: str
    table: str
    rule: str
    noticed: bool


def rules_left(gone: Callable[[Any], bool]) -> Callable[[dict[str, Any]], list]:
    """``rules_of`` less some rules."""
    whole = run.rules_of
    return lambda definition: [rule for rule in whole(definition) if not gone(rule)]


def own(column: Column) -> Iterator[Removed]:
    """Take out each of our own rules of a table, one at a time."""
    of_schema = {(rule.name, rule.column) for rule in schema_rules(schema(column.table))}
    wanted = {(rule.name, rule.column) for rule in run.rules_of(schema(column.table))} - of_schema
    yield from _removed(column, "own", wanted, lambda one: (one.rule, one.column), lambda rule: (rule.name, rule.column))


def of_schema(column: Column) -> Iterator[Removed]:
    """Take out the rules of the schema of a table, one kind at a time."""
    wanted = {(rule.name,) for rule in schema_rules(schema(column.table))}
    yield from _removed(column, "schema", wanted, lambda one: (one.rule,), lambda rule: (rule.name,))


def _removed(column: Column, group: str, wanted: set[tuple], key_of: Callable, key_of_rule: Callable) -> Iterator[Removed]:
    """Take out rules by their key; a key that no planned fault is for is one that nobody would miss."""
    left = set(wanted)
    for faults in column.planned():
        here = left & {key_of(fault) for fault in faults}
        if not here:
            continue
        copy = Copy(column.folder / "removed", column.base)
        placed, lines = spoil(copy, column.rows, column.table, faults)
        for key in sorted(here):
            with patch.object(run, "rules_of", rules_left(lambda rule, key=key: key_of_rule(rule) == key)):
                found = found_in(copy, column.table, column.engine, lines, column.known)
            yield Removed(group, column.table, " of ".join(key), _unreported(placed, key, key_of, found))
        shutil.rmtree(copy.folder)
        left -= here
    for key in sorted(left):
        yield Removed(group, column.table, " of ".join(key), False)


def _unreported(placed: Sequence[Placed], key: tuple, key_of: Callable, found: set[Found]) -> bool:
    """Whether the faults of a rule are reported by nothing under its name, and all others still are."""
    reported = {
        fault: all(Found(fault.rule, fault.column, row) in found for row in fault.shows) for fault in map(_frozen, placed)
    }
    return all(seen != (key_of(fault) == key) for fault, seen in reported.items())


def _frozen(fault: Placed) -> Placed:
    return fault._replace(cells=None, more=())


def of_file(base: Path, folder: Path) -> Iterator[Removed]:
    """Take out each rule for files."""
    whole = FileCheck.results
    for rule in dict.fromkeys(fault.rule for fault in FILE_FAULTS):
        fault = next(fault for fault in FILE_FAULTS if fault.rule == rule)
        copy = Copy(folder / "removed", base)
        fault.spoil(copy, FILE)
        names = [name for name in ("row_count",) if rule == "rows"]

        def left(self, rule=rule):
            return [result for result in whole(self) if result.rule != rule]

        with patch.object(FileCheck, "results", left):
            if names:
                with patch.object(run, "row_count", lambda table, *_: Result(table, "", None, "error", "")):
                    found = problems(copy, FILE, "duckdb")
            else:
                found = _tolerant(copy)
        shutil.rmtree(copy.folder)
        yield Removed("file", FILE, rule, rule not in {p.rule for p in found})


def _tolerant(copy: Copy) -> list:
    """Problems of a file; none where rows are read that a rule would have kept from being read."""
    try:
        return problems(copy, FILE, "duckdb")
    except Exception:
        return []


TITLES = {"schema": "of schemas, by kind and table", "own": "our own, one at a time", "file": "for files"}


def record(found: Sequence[Removed], before: dict[str, dict[str, bool]]) -> dict[str, Any]:
    """What came of it, as data: for each group and table its rules, true where they were missed.

    Parameters
    ----------
    found
        What was run.
    before
        The rules of the record so far; those of a table that was run are replaced.
    """
    ran = {f"{one.group}: {one.table}" for one in found}
    rules: dict[str, dict[str, bool]] = {name: told for name, told in before.items() if name not in ran}
    for one in found:
        rules.setdefault(f"{one.group}: {one.table}", {})[one.rule] = one.noticed
    groups = {}
    for group, title in TITLES.items():
        told = [noticed for name, entry in rules.items() if name.startswith(f"{group}: ") for noticed in entry.values()]
        groups[title] = {"removed": len(told), "noticed": sum(told)}
    comment = "Generated by `python -m tests.faults.mutation`; do not edit."
    # In alphabetical order: the order in which faults are planned says nothing.
    return {"$comment": comment, "groups": groups, "rules": {name: dict(sorted(rules[name].items())) for name in sorted(rules)}}


def main() -> None:
    """Take out every rule, or those of some tables, and bring the record up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", action="append", choices=tables(), help="default: all, and the rules for files")
    asked = parser.parse_args()
    found: list[Removed] = []
    with TemporaryDirectory() as name:
        base = thinned(Path(name) / "base").folder
        for table in asked.table or tables():
            column = Column(base, table, "duckdb", Path(name) / table)
            found += [*of_schema(column), *own(column)]
            print(f"{table}: {sum(one.table == table for one in found)} removed", flush=True)
        found += [] if asked.table else of_file(base, Path(name))
    for one in found:
        if not one.noticed:
            print(f"not noticed: {one.table}: {one.rule}")
    before = json.loads(RECORD.read_text(encoding="utf-8"))["rules"] if asked.table and RECORD.is_file() else {}
    write_text(RECORD, json.dumps(record(found, before), indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
