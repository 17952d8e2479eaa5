"""The command ``rare-earths cite``."""

from __future__ import annotations

import click

from rare_earths.citing import STYLES
from rare_earths.cli._asking import ask, filters_argument, filters_of, json_option, package_for, table_argument, version_option


@click.command()
@table_argument
@filters_argument
@click.option("--style", type=click.Choice(list(STYLES)), default="bibtex", show_default=True)
@json_option
@version_option
def cite(table: str, filters: tuple[str, ...], style: str, as_json: bool, version: str | None) -> None:
    """Cite the package and the sources of rows of TABLE. For example: cite reserves area=VNM. With --json: CSL-JSON."""
    from rare_earths import cite as cite_rows
    from rare_earths.loading import read

    package = package_for(version)
    rows = ask(read, package, table, None, filters_of(package, table, filters))
    click.echo(ask(cite_rows, rows, "csl-json" if as_json else style, package=package), nl=False)
