"""The command ``rare-earths``.

Exit status: 0 when all is well, 1 when data is invalid, 2 when the command was used wrongly, 3 when a release
cannot be had.
"""

from __future__ import annotations

import csv
import sys
from typing import Any

import click

from rare_earths.cli.diff import diff
from rare_earths.cli.validate import validate
from rare_earths.cli.versions import versions
from rare_earths.package import UnknownTable


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rare-earths", message="%(version)s")
def main() -> None:
    """Rare-earth production, reserves, trade, policy and prices as tidy tables, every row citing its source."""


def _key(pairs: tuple[str, ...]) -> dict[str, Any]:
    key: dict[str, Any] = {}
    for pair in pairs:
        name, separator, value = pair.partition("=")
        if not separator:
            raise click.UsageError(f"{pair!r} is no COLUMN=VALUE, such as area=VNM")
        key[name] = int(value) if name.endswith("year") and value.isdecimal() else value
    return key


def _ask(function, *arguments, **key):
    """Call a function of the library; its errors about the question are usage errors."""
    try:
        return function(*arguments, **key)
    except (UnknownTable, KeyError, ValueError) as error:
        raise click.UsageError(str(error.args[0])) from error


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def tables(as_json: bool) -> None:
    """List the tables."""
    from rare_earths import tables as list_tables

    frame = list_tables()
    if as_json:
        click.echo(frame.to_json(orient="records", indent=2, force_ascii=False))
        return
    for row in frame.itertuples():
        click.echo(f"{row.table:22}{row.rows:9,}  {row.title}")


@main.command()
@click.argument("table")
@click.argument("filters", nargs=-1, metavar="[COLUMN=VALUE]...")
def load(table: str, filters: tuple[str, ...]) -> None:
    """Print rows of TABLE as CSV, for example: load reserves area=VNM."""
    from rare_earths.loading import read
    from rare_earths.package import bundled
    from rare_earths.spelling import cell

    rows = _ask(read, bundled(), table, None, _key(filters))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(rows.column_names)
    writer.writerows([cell(value) for value in row.values()] for row in rows.to_pylist())


@main.command()
@click.argument("table")
@click.argument("filters", nargs=-1, metavar="[COLUMN=VALUE]...")
def cite(table: str, filters: tuple[str, ...]) -> None:
    """Print BibTeX of the sources of rows of TABLE, for example: cite reserves area=VNM."""
    from rare_earths import cite as cite_rows
    from rare_earths import load as load_table

    click.echo(_ask(cite_rows, _ask(load_table, table, **_key(filters))), nl=False)


@main.command()
@click.argument("table", type=click.Choice(["production", "reserves"]))
@click.argument("key", nargs=-1, required=True, metavar="COLUMN=VALUE...")
def explain(table: str, key: tuple[str, ...]) -> None:
    """Show every reported figure of a key, the chosen one and the rule, for example: explain reserves area=BRA."""
    from rare_earths import explain as explain_key

    click.echo(str(_ask(explain_key, table, **_key(key))))


@main.command("in-force")
@click.argument("day")
@click.option("--jurisdiction", help="Code of the area that acted, such as CHN.")
@click.option("--element", help="Symbol of a rare earth that the action must concern, such as Dy.")
def in_force(day: str, jurisdiction: str | None, element: str | None) -> None:
    """Show the policy actions that applied on DAY and those suspended then, for example: in-force 2025-11-20."""
    from rare_earths import policy_in_force

    for row in _ask(policy_in_force, day, jurisdiction=jurisdiction, element=element).itertuples():
        known = "" if row.certain else " (not certain)"
        by = f" (suspended by {row.suspended_by})" if isinstance(row.suspended_by, str) else ""
        click.echo(f"{row.state}{known}  {row.action_id}  {row.title}" + (f"\n    {row.remark}{by}" if row.remark else ""))


main.add_command(validate)
main.add_command(versions)
main.add_command(diff)
