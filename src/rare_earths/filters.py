"""Conditions on columns, checked against the schema and pushed down into the reading of files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from rare_earths.codes import defined
from rare_earths.unknown import UnknownName, meant

if TYPE_CHECKING:
    import pyarrow.compute as pc

#: Table Schema type -> what a value may be, in words and as Python types.
EXPECTED = {
    "string": ("text, as codes keep their leading zeros", (str,)),
    "integer": ("a whole number", (int,)),
    "year": ("a year as a whole number", (int,)),
    "number": ("a number", (int, float)),
    "boolean": ("True or False", (bool,)),
}
#: Values up to which a condition is a chain of equalities.
FEW = 32


def checked(table: str, schema: Mapping[str, Any], filters: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Filters as lists of values, each of the type and form that the schema gives its column.

    Parameters
    ----------
    table
        Name of the table, for messages.
    schema
        Its Table Schema.
    filters
        Column names with a value, or several values; None asks for a missing one.

    Raises
    ------
    KeyError
        When the table has no such column.
    ValueError
        When a value can stand in no row of the column: another type, a code of another form, a word
        that is not in its list.

    Examples
    --------
    >>> checked("areas", {"fields": [{"name": "m49", "type": "string"}]}, {"m49": "004"})
    {'m49': ['004']}
    """
    fields = {field["name"]: field for field in schema["fields"]}
    require_columns(table, schema, filters)
    found, defining = {}, defined(schema)
    for name, value in filters.items():
        several = isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping))
        see = f"; the table {defining[name][0]!r} lists them" if name in defining else ""
        found[name] = [_checked(table, fields[name], one, see) for one in (value if several else [value])]
    return found


def listed(what: str, names: Iterable[str] | None) -> list[str] | None:
    """Names as a list, each once; None, which stands for all of them, stays None.

    Parameters
    ----------
    what
        What is named, for messages.
    names
        The names.

    Raises
    ------
    ValueError
        When they are a text or no list at all, or one stands there twice.

    Examples
    --------
    >>> listed("tables", ("reserves", "prices"))
    ['reserves', 'prices']
    """
    if names is None:
        return None
    if isinstance(names, str) or not isinstance(names, Iterable):
        raise ValueError(f"{what} is a list of names, such as [{str(names)!r}], not {names!r}")
    found = list(names)
    if twice := [name for place, name in enumerate(found) if name in found[:place]]:
        raise ValueError(f"{what} names {twice[0]!r} twice; name each once")
    return found


def require_columns(table: str, schema: Mapping[str, Any], wanted: Iterable[str]) -> None:
    """Refuse columns that a table does not have.

    Raises
    ------
    KeyError
        When the table has no such column.
    """
    names = [field["name"] for field in schema["fields"]]
    for name in wanted:
        if name not in names:
            raise UnknownName(f"table {table!r} has no column {name!r}{meant(name, names)}; it has {', '.join(names)}")


def _checked(table: str, field: Mapping[str, Any], value: Any, see: str) -> Any:
    value = value.item() if hasattr(value, "item") else value
    # The missing value of pandas is not even unequal to itself.
    if value is None or type(value).__name__ == "NAType" or value != value:
        return None
    words, types = EXPECTED[field["type"]]
    where, constraints = f"table {table!r}, column {field['name']!r}", field.get("constraints", {})
    pattern = constraints.get("pattern", "")
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        kind = type(value).__name__
        # The same digits as text, unless the code has a form that they do not have, such as 004.
        spelt = str(value) if not pattern or re.fullmatch(pattern, str(value)) else field.get("example", pattern)
        example = f", such as {spelt!r}" if types == (str,) else ""
        raise ValueError(f"{where}: {value!r} is of type {kind}; expected {words}{example}")
    if value == "":
        raise ValueError(f"{where}: an empty text stands in no row; None asks for rows without a value")
    if "enum" in constraints and value not in constraints["enum"]:
        raise ValueError(f"{where}: {value!r} stands in no row; expected one of {', '.join(map(repr, constraints['enum']))}")
    if pattern and not re.fullmatch(pattern, value):
        example = f", such as {field['example']!r}" if "example" in field else ""
        raise ValueError(f"{where}: {value!r} is no code of this column, which all have the form {pattern}{example}{see}")
    return value


def expression(filters: Mapping[str, Any]) -> pc.Expression | None:
    """Condition that rows must meet, in a form that Arrow can check against the statistics of Parquet row groups.

    Parameters
    ----------
    filters
        Column names with a value, or a list of values, that rows must have.

    Returns
    -------
    pyarrow.compute.Expression or None
        None where there are no filters.
    """
    import pyarrow.compute as pc

    condition = None
    for name, value in filters.items():
        values = list(value) if isinstance(value, (list, tuple, set, frozenset)) else [value]
        term = _term(pc, pc.field(name), values)
        condition = term if condition is None else condition & term
    return condition


def _term(pc: Any, field: pc.Expression, values: list[Any]) -> pc.Expression:
    """Condition that a field has one of these values; None asks for a missing one."""
    known = [value for value in values if value is not None]
    # Arrow rules out more row groups by equality than by membership, and asks pandas about lists.
    equal = [field == value for value in known]
    term = reduce(or_, equal) if 0 < len(known) <= FEW else field.isin(known) if known else pc.scalar(False)
    return term | field.is_null() if len(known) < len(values) else term
