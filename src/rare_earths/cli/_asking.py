"""What the commands share: options, filters as words, and errors."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from rare_earths.package import bundled

if TYPE_CHECKING:
    from rare_earths.package import Package

#: Exit status where a file or a release cannot be read or written: nothing is wrong with the data or the question.
NOT_AT_HAND = 3
READ = {"string": str, "integer": int, "year": int, "number": float, "boolean": {"true": True, "false": False}.__getitem__}


def _tables(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    return [name for name in bundled().tables if name.startswith(begun)]


def _columns(context: click.Context, _: click.Parameter, begun: str) -> list[str]:
    table = context.params.get("table")
    if table not in bundled().tables:
        return []
    return [f"{field['name']}=" for field in bundled().schema(table)["fields"] if field["name"].startswith(begun)]


table_argument = click.argument("table", shell_complete=_tables)
filters_argument = click.argument("filters", nargs=-1, metavar="[COLUMN=VALUE]...", shell_complete=_columns)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
version_option = click.option("--version", metavar="VERSION", help="Version of the data [default: the one installed].")


def ask(function: Callable[..., Any], *arguments: Any, **key: Any) -> Any:
    """Call a function of the library; errors about the question are usage errors, those of files have a status of their own."""
    try:
        return function(*arguments, **key)
    except (LookupError, ValueError, ImportError) as error:
        raise click.UsageError(str(error.args[0])) from error
    except OSError as error:
        failed = click.ClickException(str(error))
        failed.exit_code = NOT_AT_HAND
        raise failed from error


def package_for(version: str | None) -> Package:
    """The package of a version."""
    from rare_earths.loading import chosen_package

    return ask(chosen_package, None, version)


def filters_of(package: Package, table: str, words: tuple[str, ...]) -> dict[str, Any]:
    """Filters from words like ``area=VNM``, typed by the schema.

    A column given again asks for any of its values, one without a value for rows where it is empty.

    Raises
    ------
    click.UsageError
        When a word is no ``COLUMN=VALUE``, or the value is not of the column's type.
    """
    types = {field["name"]: field["type"] for field in ask(package.schema, table)["fields"]}
    found: dict[str, list[Any]] = {}
    for word in words:
        name, separator, text = word.partition("=")
        if not separator:
            raise click.UsageError(f"{word!r} is no COLUMN=VALUE, such as area=VNM")
        kind = types.get(name, "string")
        try:
            value = READ[kind](text) if text else None
        except (ValueError, KeyError):
            raise click.UsageError(f"{word!r}: the column {name!r} of {table!r} is of type {kind}") from None
        found.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def show_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
