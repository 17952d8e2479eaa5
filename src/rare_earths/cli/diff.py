"""The command ``rare-earths diff``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from rare_earths.download import DownloadError
from rare_earths.package import UnknownTable

#: Exit status where a release cannot be had, or a file not be written: nothing is wrong with the data or the question.
NOT_AT_HAND = 3


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--table", "only", multiple=True, help="Compare only this table; may be given again.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON that follows rare_earths/diff.schema.json.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Write diff.json and all rows as Parquet into this folder."
)
def diff(old: str, new: str, only: tuple[str, ...], as_json: bool, out: Path | None) -> None:
    """Show what changed from OLD to NEW: versions, or folders of data packages; for example: diff 0.1.0 0.2.0."""
    from rare_earths import diff as compare_versions
    from rare_earths.releases import UnknownVersion

    try:
        found = compare_versions(old, new, tables=only or None)
    except (UnknownTable, UnknownVersion, ValueError, ImportError) as error:
        raise click.UsageError(str(error)) from error
    except DownloadError as error:
        raise _not_at_hand(str(error)) from error
    if out is not None:
        try:
            found.write(out)
        except OSError as error:
            raise _not_at_hand(f"{out} cannot be written: {error}") from error
    click.echo(json.dumps(found.as_json(), indent=2, ensure_ascii=False) if as_json else str(found))


def _not_at_hand(message: str) -> click.ClickException:
    error = click.ClickException(message)
    error.exit_code = NOT_AT_HAND
    return error
