"""The command ``rare-earths validate``."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from rare_earths.package import UnknownTable


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
@click.option("--table", "only", multiple=True, help="Check only this table; may be given again.")
@click.option(
    "--raw", type=click.Path(path_type=Path), help="Folder with raw files [default: $RARE_EARTHS_RAW or ../shared/raw]."
)
@click.option("--fast", is_flag=True, help="Leave out the conformance check by frictionless.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def validate(folder: Path, only: tuple[str, ...], raw: Path | None, fast: bool, as_json: bool) -> None:
    """Check the data package in FOLDER. Exit status 1 says that it is not valid."""
    try:
        from rare_earths import validate as validation
    except ImportError as error:
        raise click.UsageError(f"{error}; install the extra with: pip install 'rare-earths[validate]'") from error
    raw = raw or Path(os.environ.get("RARE_EARTHS_RAW", folder / ".." / "shared" / "raw"))
    try:
        report = validation.validate(folder, tables=only, conformance=not fast, raw=raw)
    except ImportError as error:
        raise click.UsageError(f"{error}; install the extra with: pip install 'rare-earths[validate]'") from error
    except (FileNotFoundError, UnknownTable) as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        click.echo(json.dumps(report.as_json(), indent=2, ensure_ascii=False))
    else:
        validation.show(report)
    raise SystemExit(0 if report.valid else 1)
