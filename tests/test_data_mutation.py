"""Data changed at random: a cell that gets a value which its field does not allow is reported, at that cell.

What a field allows is said here a second time, in plain Python, so that a rule that lets something
through has nobody to agree with.
"""

import csv
import io
import re
import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scripts.tables import schema, tables
from tests.faults.copies import Copy
from tests.faults.fault import in_order
from tests.faults.run import problems

NUMBERS = {
    "integer": r"0|-?[1-9][0-9]*",
    "year": r"[0-9]{4}",
    "number": r"-?(0|[1-9][0-9]*)(\.[0-9]+)?(e[+-]?[0-9]+)?",
    "boolean": "true|false",
}
#: Text that goes wrong in practice, beside whatever hypothesis thinks of.
AWKWARD = [
    "",
    " ",
    "NaN",
    "inf",
    "-",
    "--",
    "0",
    "-1",
    "1e400",
    "2.50",
    "00",
    "1,000",
    "TRUE",
    "x" * 500,
    "٣",
    "=1",
    "2025-02-30",
    "20200",
    "CHN ",
    "é",
]


def allowed(field: dict[str, Any], cell: str) -> bool:
    """Whether a cell is what its field asks for; keys and rules of our own aside."""
    limits = field.get("constraints", {})
    if cell == "":
        return not limits.get("required")
    if field["type"] in NUMBERS:
        return re.fullmatch(NUMBERS[field["type"]], cell) is not None and _within(limits, field["type"], cell)
    pattern, enum = limits.get("pattern"), limits.get("enum")
    if pattern and not re.fullmatch(pattern.removeprefix("^").removesuffix("$"), cell):
        return False
    if enum and cell not in enum:
        return False
    if pattern and "3[01]" in pattern and len(cell) == 10 and not _is_day(cell):
        return False
    return _clean(cell)


def _within(limits: dict[str, Any], kind: str, cell: str) -> bool:
    if kind == "boolean":
        return True
    figure = float(cell)
    if figure in (float("inf"), float("-inf")):
        return False
    return limits.get("minimum", figure) <= figure <= limits.get("maximum", figure)


def _is_day(cell: str) -> bool:
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return True


def _clean(cell: str) -> bool:
    unseen = {unicodedata.category(character) for character in cell} & {"Cc", "Cf", "Zl", "Zp"}
    formula = cell[0] in "=+@-" and set(cell) != {"-"}
    return cell == cell.strip() and not unseen and not formula


@pytest.fixture(scope="module")
def package(thin_base, tmp_path_factory) -> Copy:
    return Copy(tmp_path_factory.mktemp("changed") / "package", thin_base)


CELLS = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
    st.floats().map(str),
    st.integers().map(str),
    st.dates().map(str),
)


@st.composite
def changes(draw) -> tuple[str, int, str, str, str]:
    """A table, a row by its place among all, a column, a way to change its cell, and text for that."""
    table = draw(st.sampled_from(tables()))
    column = draw(st.sampled_from([field["name"] for field in schema(table)["fields"]]))
    how = draw(st.sampled_from(["replace", "append", "prepend", "insert"]))
    return table, draw(st.integers(0, 10_000)), column, how, draw(CELLS)


def changed(cell: str, how: str, text: str) -> str:
    return {"replace": text, "append": cell + text, "prepend": text + cell, "insert": cell[:1] + text + cell[1:]}[how]


@given(changes())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_slips_through(package, thin_base, change):
    table, number, column, how, text = change
    rows = package.rows(table)
    row = rows[number % len(rows)]
    (field,) = [field for field in schema(table)["fields"] if field["name"] == column]
    cell = changed(row[column], how, text)
    assume("\x00" not in cell and "\r" not in cell and not allowed(field, cell))
    row[column] = cell
    in_order(rows, schema(table))
    (line,) = [place for place, one in enumerate(rows, start=2) if one is row]
    sound = package.path(table).read_bytes()
    try:
        package.write(table, rows)
        assert _read_back(package, table, line, column) == cell
        found = {(problem.line, problem.column) for problem in problems(package, table, "duckdb") if problem.level == "error"}
    finally:
        package.write_bytes(table, sound)
        package.refresh(table)
    assert (line, column) in found


def _read_back(package: Copy, table: str, line: int, column: str) -> str:
    text = package.path(table).read_bytes().decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))[line - 2][column]
