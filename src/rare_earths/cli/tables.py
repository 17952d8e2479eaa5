"""The command ``rare-earths tables``."""

from __future__ import annotations

import click

from rare_earths.cli._asking import ask, json_option, package_for, show_json, version_option


@click.command()
@json_option
@version_option
def tables(as_json: bool, version: str | None) -> None:
    """List the tables, with rows, time covered and units."""
    from rare_earths import tables as list_tables

    listing = ask(list_tables, package=package_for(version))
    show_json(listing.records) if as_json else click.echo(listing)
