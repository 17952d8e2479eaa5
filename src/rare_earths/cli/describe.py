"""The command ``rare-earths describe``."""

from __future__ import annotations

import click

from rare_earths.cli._asking import ask, json_option, package_for, show_json, table_argument, version_option


@click.command()
@table_argument
@json_option
@version_option
def describe(table: str, as_json: bool, version: str | None) -> None:
    """Describe TABLE, its rows and each column with its unit."""
    from rare_earths import describe as describe_table

    description = ask(describe_table, table, package=package_for(version))
    show_json(description.as_json()) if as_json else click.echo(description)
