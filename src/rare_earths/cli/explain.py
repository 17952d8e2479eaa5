"""The command ``rare-earths explain``."""

from __future__ import annotations

import click

from rare_earths.cli._asking import ask, filters_of, json_option, package_for, show_json, version_option
from rare_earths.explaining import EXPLAINERS


@click.command()
@click.argument("table", type=click.Choice(list(EXPLAINERS)))
@click.argument("key", nargs=-1, required=True, metavar="COLUMN=VALUE...")
@json_option
@version_option
def explain(table: str, key: tuple[str, ...], as_json: bool, version: str | None) -> None:
    """Show every reported figure and why one was chosen. For example: explain reserves area=BRA."""
    from rare_earths import explain as explain_key

    package = package_for(version)
    explanation = ask(explain_key, table, package=package, **filters_of(package, table, key))
    show_json(explanation.as_json()) if as_json else click.echo(explanation)
