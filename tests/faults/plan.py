"""Where faults go: which columns can have a kind of fault, and which rows of which copy get it.

Columns come from the schema, rows from the table. Faults of one copy stand in different rows, so
that each problem found belongs to one fault; only in a table of very few rows do several share a
row, in different columns.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from tests.faults.copies import Row
from tests.faults.fault import Fault, find
from tests.faults.kinds import KINDS, Field, Kind, fits

#: A real source whose figures may not be released.
SHUT_SOURCE = "hmrc-2024-2026-via-critical-materials-atlas"
UNKNOWN = ("{}-unknown", "{}-UNKNOWN", "{}_unknown", "QQQ")

RELATED = (
    Kind("unknown foreign key", "foreign-key", lambda field, cell: None),
    Kind("key of another row", "primary-key", lambda field, cell: None),
    Kind("value of another row", "unique", lambda field, cell: None),
    Kind("source not to be released", "redistributable", lambda field, cell: None),
)


class Placed(NamedTuple):
    """A fault in its row: the cells that change, and the rows on which it must be found.

    With ``more`` the row stays: rows like it with these cells are added, and the first of them is at fault.
    """

    kind: str
    rule: str
    column: str
    row: int
    cells: Row
    shows: tuple[int, ...]
    more: tuple[Row, ...] = ()


class Option(NamedTuple):
    """A kind of fault in a column, with what it does to a row; None where it cannot be put there."""

    kind: Kind
    column: str
    spoil: Callable[[int], Placed | None]


def options(rows: Sequence[Row], schema: dict[str, Any], keys: dict[str, set[str]]) -> Iterator[Option]:
    """Every kind of fault that fields of this schema can have, column by column.

    Parameters
    ----------
    rows
        Sound rows of the table.
    schema
        Its Table Schema.
    keys
        Values of the foreign keys by table, single columns only; those of two columns are made unknown by their second.
    """
    for field in schema["fields"]:
        for kind in KINDS:
            yield Option(kind, field["name"], _cell(kind, field, rows))
        if field.get("constraints", {}).get("unique"):
            yield Option(RELATED[2], field["name"], _twin(RELATED[2], field["name"], rows, [field["name"]]))
        if _cites(schema, field["name"]):
            yield Option(
                RELATED[3], field["name"], _change(RELATED[3], field["name"], rows, lambda cell: SHUT_SOURCE, empty=True)
            )
    yield Option(RELATED[1], schema["primaryKey"][0], _twin(RELATED[1], schema["primaryKey"][0], rows, list(rows[0])))
    fields = {field["name"]: field for field in schema["fields"]}
    for foreign in schema.get("foreignKeys", []):
        name = foreign["fields"][-1]
        known = keys[foreign["reference"]["resource"]]
        yield Option(RELATED[0], name, _change(RELATED[0], name, rows, _unknown(fields[name], known)))


def _cites(schema: dict[str, Any], column: str) -> bool:
    return schema["name"] != "sources" and (column == "source_id" or column.endswith("_source_id"))


def _unknown(field: Field, known: set[str]) -> Callable[[str], str | None]:
    def spoil(cell: str) -> str | None:
        made = (form.format(cell) for form in UNKNOWN)
        return next((text for text in made if text not in known and fits(field, text)), None)

    return spoil


def _cell(kind: Kind, field: Field, rows: Sequence[Row]):
    def spoil(row: int) -> Placed | None:
        cell = rows[row][field["name"]]
        spoilt = kind.spoil(field, cell)
        if spoilt is None or spoilt == cell:
            return None
        return Placed(kind.name, kind.rule, field["name"], row, {field["name"]: spoilt}, (row,))

    return spoil


def _change(kind: Kind, column: str, rows: Sequence[Row], change: Callable[[str], str | None], empty: bool = False):
    def spoil(row: int) -> Placed | None:
        cell = rows[row][column]
        spoilt = change(cell) if cell or empty else None
        return Placed(kind.name, kind.rule, column, row, {column: spoilt}, (row,)) if spoilt else None

    return spoil


def _twin(kind: Kind, column: str, rows: Sequence[Row], copied: list[str]):
    """A row gets cells of the row before it: both are at fault."""

    def spoil(row: int) -> Placed | None:
        if row == 0:
            return None
        cells = {name: rows[row - 1][name] for name in copied}
        return Placed(kind.name, kind.rule, column, row, cells, (row - 1, row))

    return spoil


def batches(rows: Sequence[Row], found: Sequence[Option], shut: set[int], copies: int) -> list[list[Placed]]:
    """Faults laid out over copies of a table.

    Parameters
    ----------
    rows
        Rows of the table.
    found
        What can be put into it.
    shut
        Rows that stay as they are.
    copies
        Number of copies before faults share rows.
    """
    laid: list[list[Placed]] = []
    taken: list[dict[int, set[str]]] = []
    start = 0
    for option in found:
        start = (start + 1) % len(rows)
        places = [placed for row in chain(range(start, len(rows)), range(start)) if (placed := option.spoil(row))]
        places = [placed for placed in places if not shut.intersection(placed.shows)]
        if not places:
            continue
        number, placed = _place(places, taken, copies)
        laid += [[] for _ in range(number + 1 - len(laid))]
        laid[number].append(placed)
    return laid


def own_batches(rows: Sequence[Row], faults: Sequence[Fault]) -> list[list[Placed]]:
    """Faults that only our own rules see, laid out over copies of a table: no two in one row."""
    laid: list[list[Placed]] = []
    for fault in faults:
        row = find(rows, fault)
        placed = Placed(fault.rule, fault.rule, fault.column, row, fault.change, (row,), fault.more)
        for batch in laid:
            if row not in {other.row for other in batch}:
                batch.append(placed)
                break
        else:
            laid.append([placed])
    return laid


def _place(places: list[Placed], taken: list[dict[int, set[str]]], copies: int) -> tuple[int, Placed]:
    """The copy and row with the fewest faults that a fault can have; a new copy while there may be more."""

    def load(number: int, placed: Placed) -> int | None:
        used = [taken[number].get(row, set()) for row in placed.shows]
        whole = len(placed.shows) > 1
        if any(columns & {*placed.cells, "*"} or (whole and columns) for columns in used):
            return None
        return sum(map(len, used))

    free = [(load(number, placed), number, placed) for number in range(len(taken)) for placed in places[:200]]
    free = [entry for entry in free if entry[0] is not None]
    best = min(free, key=lambda entry: entry[:2], default=None)
    if best is None or (best[0] and len(taken) < copies):
        taken.append({})
        best = (0, len(taken) - 1, places[0])
    _, number, placed = best
    for row in placed.shows:
        taken[number].setdefault(row, set()).update({"*"} if len(placed.shows) > 1 else placed.cells)
    return number, placed
