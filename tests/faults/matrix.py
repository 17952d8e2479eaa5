"""The fault matrix: every fault, in every table that it can be put into, on every engine."""

import shutil
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from rare_earths.validate.run import rules_of
from scripts.tables import schema, tables
from tests.faults.copies import Copy
from tests.faults.files import AFTER, FILE_FAULTS, TOGETHER, FileFault
from tests.faults.kinds import KINDS
from tests.faults.own import FAULTS
from tests.faults.plan import RELATED, Placed, batches, options, own_batches
from tests.faults.run import Found, facts, found_in, problems, share, sound, spoil

ENGINES = ("duckdb", "spark")
#: Copies of a table that get its faults, before faults share rows; a run of Spark takes seconds, however few rows there are.
COPIES = {"duckdb": 3, "spark": 1}
FOUND = "found"


class Cell(NamedTuple):
    """What became of one fault in one table on one engine.

    Attributes
    ----------
    columns
        Columns that it was put into; empty for a fault of the file.
    missed
        Those in which it was not reported, or (for a file) what else was or was not.
    also
        Other rules that its row breaks by necessity.
    """

    columns: tuple[str, ...]
    missed: tuple[str, ...]
    also: tuple[str, ...]


class Column:
    """One table on one engine.

    Parameters
    ----------
    base
        A sound package.
    table, engine
        The table, the engine.
    folder
        Where copies are made.
    only
        Names of the faults to run; default: all.
    """

    def __init__(self, base: Path, table: str, engine: str, folder: Path, only: Collection[str] = ()):
        self.base, self.table, self.engine, self.folder, self.only = base, table, engine, folder, only
        self.sound = Copy(folder / "sound", base)
        self.rows = self.sound.rows(table)
        #: Problems that no fault explains, as text.
        self.unexplained: list[str] = []

    @cached_property
    def known(self) -> set[Found]:
        """What is found in the untouched table: notices only."""
        return sound(self.sound, self.table, self.engine)

    def cells(self) -> dict[str, Cell]:
        """A cell for each fault that the table can have, by the name of the fault."""
        told: dict[str, list] = {}
        for outcome in self._outcomes(self.planned()):
            told.setdefault(outcome.fault.kind, []).append(outcome)
        cells = {
            name: Cell(
                tuple(outcome.fault.column for outcome in found),
                tuple(outcome.fault.column for outcome in found if not outcome.found),
                tuple(sorted(set().union(*(outcome.also for outcome in found)))),
            )
            for name, found in told.items()
        }
        return cells | dict(self._files())

    def planned(self) -> list[list[Placed]]:
        """Faults of cells and of our own rules, copy by copy."""
        keys = {name: {row[_key(name)] for row in self.sound.rows(name)} for name in tables()}
        found = list(options(self.rows, schema(self.table), keys))
        generic = batches(self.rows, found, {one.row for one in self.known if one.row is not None}, COPIES[self.engine])
        wanted = [[fault for fault in faults if not self.only or fault.kind in self.only] for faults in [*generic, *self.own()]]
        return [faults for faults in wanted if faults]

    def own(self) -> list[list[Placed]]:
        """Faults of our own rules: each on DuckDB, one of each rule where a run costs seconds."""
        of_schema = {rule.name for rule in rules_of(schema(self.table))} & OF_SCHEMA
        faults = [fault for fault in FAULTS if fault.table == self.table and fault.rule not in of_schema]
        if self.engine != "duckdb":
            faults = list({(fault.rule, fault.column): fault for fault in reversed(faults)}.values())
        return own_batches(self.rows, faults)

    def _outcomes(self, planned: Sequence[Sequence[Placed]]) -> Iterator[Any]:
        for faults in planned:
            copy = Copy(self.folder / "spoilt", self.base)
            placed, lines = spoil(copy, self.rows, self.table, faults)
            found = found_in(copy, self.table, self.engine, lines, self.known)
            if self.engine != "duckdb":
                other = found_in(copy, self.table, "duckdb", lines, self.known)
                self.unexplained += [f"engines differ: {one}" for one in sorted(self._differ(found, other), key=str)]
            shutil.rmtree(copy.folder)
            outcomes, left = share(self.table, placed, found)
            self.unexplained += [str(one) for one in sorted(left, key=str)]
            yield from outcomes

    def _differ(self, found: set[Found], other: set[Found]) -> set[Found]:
        """What one engine says and the other does not.

        Both say the same of the same file, but for one thing: what is no number becomes one on one engine and
        nothing on the other. It is reported as of the wrong type by both; rules that read it too may differ.
        """
        reads, _ = facts(self.table)
        wrong = {(one.row, one.column) for one in found & other if one.rule == "type"}
        return {one for one in found ^ other if not any((one.row, name) in wrong for name in reads.get(one[:2], ()))}

    def _files(self) -> Iterator[tuple[str, Cell]]:
        named = {fault.kind: fault for fault in FILE_FAULTS}
        together = [] if self.engine == "duckdb" or self.only else [named[kind] for kind in TOGETHER]
        if together:
            yield from self._file(together)
        for fault in FILE_FAULTS:
            if fault not in together and (not self.only or fault.kind in self.only):
                yield from self._file([fault])

    def _file(self, faults: Sequence[FileFault]) -> Iterator[tuple[str, Cell]]:
        """Put faults into one file; it has these and no others."""
        copy = Copy(self.folder / "spoilt", self.base)
        for fault in faults:
            fault.spoil(copy, self.table)
        known = {one.rule for one in self.known}
        found = {(p.rule, p.line) for p in problems(copy, self.table, self.engine) if p.rule not in known}
        shutil.rmtree(copy.folder)
        also = set().union(*(fault.also for fault in faults))
        expected = {fault: (fault.rule, len(self.rows) + 2 if fault.line == AFTER else fault.line) for fault in faults}
        more = {rule for rule, line in found - set(expected.values())}
        for fault in faults:
            missed = () if expected[fault] in found else (fault.rule,)
            yield fault.kind, Cell((), (*missed, *sorted(more - also)), tuple(sorted(more & also)))


def _key(table: str) -> str:
    return schema(table)["primaryKey"][0]


#: Rules whose faults are made from the schemas, for every table alike.
OF_SCHEMA = {kind.rule for kind in (*KINDS, *RELATED)}


def names() -> list[tuple[str, str, str]]:
    """Group, name and rule of every fault, in the order of the matrix."""
    own = dict.fromkeys(fault.rule for fault in FAULTS if fault.rule not in OF_SCHEMA)
    return [
        *(("cell", kind.name, kind.rule) for kind in KINDS),
        *(("key", kind.name, kind.rule) for kind in RELATED),
        *(("file", fault.kind, fault.rule) for fault in FILE_FAULTS),
        *(("own", rule, rule) for rule in own),
    ]
