"""The command ``rare-earths validate``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from rare_earths.package import UnknownTable
from rare_earths.safety import RefusedPackage

EXTRA = "install the extra with: pip install 'rare-earths[validate]'"


@click.command()
@click.argument("path", default=".")
@click.option(
    "--table", "only", multiple=True, help="Table that the file holds; of a package, the table to check. May be given again."
)
@click.option(
    "--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True, help="What runs the rules."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option(
    "--report", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write the report as JSON into this file too."
)
@click.option(
    "--examples", type=click.IntRange(min=0), default=20, show_default=True, help="Rows to name for each broken rule."
)
@click.option("--fast", is_flag=True, help="Leave out the conformance check by frictionless.")
@click.option(
    "--raw", type=click.Path(path_type=Path), help="Folder with raw files [default: $RARE_EARTHS_RAW or ../shared/raw]."
)
def validate(
    path: str, only: tuple[str, ...], engine: str, as_json: bool, file: Path | None, examples: int, fast: bool, raw: Path | None
) -> None:
    """Check a data package or a table. PATH is the folder or zip of a package, a CSV file, or Parquet files of one table.

    A file is checked against our schema of --table; a folder or a quoted glob may hold Parquet
    files of one table.

    Exit status: 0 valid, 1 not valid, 2 wrong use or nothing to check, 3 refused, as it asks
    for something that a reader must not do.
    """
    try:
        from rare_earths import validate as validation
    except ImportError as error:
        raise click.UsageError(f"{error}; {EXTRA}") from error
    raw = raw or Path(os.environ.get("RARE_EARTHS_RAW", Path(path) / ".." / "shared" / "raw"))
    which = {"table": only[0]} if len(only) == 1 else {"tables": only}
    try:
        with _progress() as progress:
            report = validation.validate(
                path, **which, engine=engine, conformance=not fast, raw=raw, examples=examples, progress=progress
            )
    except ImportError as error:
        raise click.UsageError(f"{error}; {EXTRA}") from error
    except RefusedPackage as error:
        click.echo(f"refused: {error}", err=True)
        raise SystemExit(3) from error
    except (FileNotFoundError, UnknownTable, ValueError) as error:
        raise click.UsageError(str(error)) from error
    text = json.dumps(report.as_json(), indent=2, ensure_ascii=False)
    if file:
        _write(file, text + "\n")
    if as_json:
        click.echo(text)
    else:
        validation.show(report)
    raise SystemExit(0 if report.valid else 1)


@contextmanager
def _progress() -> Iterator[Callable[[str], None] | None]:
    """Show the step that runs, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status("reading") as status:
        yield status.update


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)
