"""The command ``rare-earths load``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rare_earths.cli._asking import ask, filters_argument, filters_of, json_option, package_for, table_argument, version_option
from rare_earths.exporting import FORMATS


@click.command()
@table_argument
@filters_argument
@click.option("--columns", metavar="NAME,NAME…", help="Columns wanted, in this order [default: all].")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write this file instead of printing.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    help="Format [default: by the name of the file, else csv]. Codes are text in each.",
)
@json_option
@version_option
def load(
    table: str,
    filters: tuple[str, ...],
    columns: str | None,
    out: Path | None,
    kind: str | None,
    as_json: bool,
    version: str | None,
) -> None:
    """Print rows of TABLE, or write them to a file. For example: load reserves area=VNM area=BRA --out reserves.xlsx.

    A column given again asks for any of its values; one without a value, such as note=, for rows where it is empty.
    """
    from rare_earths.exporting import TEXTS, write
    from rare_earths.loading import read

    kind = "json" if as_json else kind or (out.suffix[1:].lower() if out else "csv")
    if kind not in FORMATS:
        raise click.UsageError(f"the name {out} does not tell the format; give one of {', '.join(FORMATS)} with --format")
    if out is None and kind not in TEXTS:
        raise click.UsageError(f"{kind} is no text for a terminal; give a file with --out")
    package = package_for(version)
    wanted = [name.strip() for name in columns.split(",")] if columns else None
    rows = ask(read, package, table, wanted, filters_of(package, table, filters))
    if out is None:
        TEXTS[kind](rows, sys.stdout)
    else:
        ask(write, rows, out, kind, package)
        click.echo(f"{out}: {rows.num_rows:,} rows", err=True)
