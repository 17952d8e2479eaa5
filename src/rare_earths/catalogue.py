"""What there is: tables, their columns, and what each covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rare_earths.codes import references
from rare_earths.description import Description
from rare_earths.listing import Listing
from rare_earths.loading import chosen_package, read
from rare_earths.package import Package

if TYPE_CHECKING:
    import pyarrow as pa

#: Columns that say when a row is of, the most telling first.
TIMES = ("year", "as_of_year", "period", "announced_on", "stated_on", "published_on")
#: Types as a reader would say them.
WORDS = {"string": "text", "integer": "whole number", "year": "year", "number": "number", "boolean": "true or false"}


def tables(*, version: str | None = None, package: Package | None = None) -> Listing:
    """List the tables.

    Parameters
    ----------
    version
        Version of the data; default: the one installed.
    package
        The package to look into, instead of a version.

    Returns
    -------
    Listing
        One row per table: ``table``, ``rows`` (count), ``from`` and ``to`` (first and last year
        covered, as text), ``units`` (joined by ``; ``) and ``title``. Shows itself in a terminal
        and in a notebook; ``.frame`` is a pandas frame.

    Examples
    --------
    >>> import rare_earths
    >>> next(row for row in rare_earths.tables() if row["table"] == "production")
    {'table': 'production', 'rows': 436, 'from': '1900', 'to': '2025', 'units': 't REO', 'title': 'Production, one figure per area and year'}
    """
    found = chosen_package(package, version)
    listed = []
    for resource in found.descriptor["resources"]:
        schema = found.schema(resource["name"])
        time = _time(schema)
        span = _span(read(found, resource["name"], [time])[time]) if time else (None, None)
        first, last = (end and end[:4] for end in span)
        units = dict.fromkeys(field["unit"] for field in schema["fields"] if field.get("unit", "1") != "1")
        listed.append(
            {"table": resource["name"], "rows": resource["rows"], "from": first, "to": last}
            | {"units": "; ".join(units) or None, "title": resource["title"]}
        )
    return Listing(listed)


def fields(table: str | None = None, /, *, version: str | None = None, package: Package | None = None) -> Listing:
    """List the columns of a table, or of all tables.

    Parameters
    ----------
    table
        Name of the table; default: all.
    version
        Version of the data; default: the one installed.
    package
        The package to look into, instead of a version.

    Returns
    -------
    Listing
        One row per column: ``table``, ``field``, ``type`` (in words), ``unit``, ``required``
        (never empty), ``key`` (``primary``, or the column of another table that it refers to) and
        ``description``.

    Raises
    ------
    UnknownTable
        When there is no such table.

    Examples
    --------
    >>> import rare_earths
    >>> next(row["unit"] for row in rare_earths.fields("production") if row["field"] == "quantity_t_reo")
    't REO'
    """
    found = chosen_package(package, version)
    names = found.tables if table is None else [table]
    listed = [{"table": name, **facts} for name in names for facts in _fields(found.schema(name))]
    return Listing(listed)


def describe(table: str, /, *, version: str | None = None, package: Package | None = None) -> Description:
    """Describe a table: what a row is, what it covers, and each column with its unit.

    Parameters
    ----------
    table
        Name of the table.
    version
        Version of the data; default: the one installed.
    package
        The package to look into, instead of a version.

    Returns
    -------
    Description
        Shows itself in a terminal and in a notebook.

    Raises
    ------
    UnknownTable
        When there is no such table.

    Examples
    --------
    >>> import rare_earths
    >>> rare_earths.describe("reserves").coverage["from"]
    '2014'
    """
    found = chosen_package(package, version)
    schema, rows = found.schema(table), read(found, table)
    filled = [len(column) - column.null_count for column in rows.columns]
    listed = Listing([facts | {"filled": count} for facts, count in zip(_fields(schema), filled, strict=True)])
    coverage: dict[str, Any] = {}
    if time := _time(schema):
        coverage["from"], coverage["to"] = _span(rows[time])
    for other in ("areas", "sources"):
        columns = [name for name, (target, _) in references(schema).items() if target == other]
        if columns:
            coverage[other] = len({value for name in columns for value in rows[name].to_pylist()} - {None})
    facts = found.resource(table)
    return Description(
        table, facts["title"], facts["description"], found.version, rows.num_rows, schema["primaryKey"], coverage, listed
    )


def _fields(schema: dict[str, Any]) -> list[dict[str, Any]]:
    keys = {name: f"{target}.{other}" for name, (target, other) in references(schema).items()}
    keys |= dict.fromkeys(schema["primaryKey"], "primary")
    return [
        {
            "field": field["name"],
            "type": WORDS[field["type"]],
            "unit": field.get("unit"),
            "required": field.get("constraints", {}).get("required", False),
            "key": keys.get(field["name"]),
            "description": field["description"],
        }
        for field in schema["fields"]
    ]


def _time(schema: dict[str, Any]) -> str | None:
    names = {field["name"] for field in schema["fields"]}
    return next((name for name in TIMES if name in names), None)


def _span(times: pa.ChunkedArray) -> tuple[str | None, str | None]:
    """First and last time; an interval begins with its first month and ends with its last."""
    known = [str(value) for value in times.drop_null().unique().to_pylist()]
    if not known:
        return None, None
    return min(text.split("/")[0] for text in known), max(text.split("/")[-1] for text in known)
