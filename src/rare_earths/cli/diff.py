"""The command ``rare-earths diff``."""

from __future__ import annotations

from pathlib import Path

import click

from rare_earths.cli._asking import ask, json_option, show_json


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--table", "only", multiple=True, help="Compare only this table; may be given again.")
@json_option
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Write diff.json and all rows as Parquet into this folder."
)
def diff(old: str, new: str, only: tuple[str, ...], as_json: bool, out: Path | None) -> None:
    """Show what changed from OLD to NEW. Each is a version or the folder of a data package, for example: diff 0.1.0 0.2.0."""
    from rare_earths import diff as compare_versions

    found = ask(compare_versions, old, new, tables=only or None)
    if out is not None:
        ask(found.write, out)
    show_json(found.as_json()) if as_json else click.echo(found)
