"""Fill the archive of raw files: ``python -m scripts.fetch`` or ``make fetch``."""

from pathlib import Path

import click
import stamina.instrumentation
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from scripts.fetch.addresses import Sources, shown
from scripts.fetch.archive import Archive
from scripts.fetch.client import Client
from scripts.fetch.outcomes import GOOD, FetchError
from scripts.fetch.run import Result, fetch, from_folder
from scripts.ingest.raw_files import raw_files


@click.command()
@click.argument("names", nargs=-1)
@click.option(
    "--from",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Take files from here first, by hash.",
)
@click.option("--refresh", is_flag=True, help="Ask again, conditionally, for files that are archived.")
@click.option("--list", "listed", is_flag=True, help="Only list the files, and where each comes from.")
def main(names: tuple[str, ...], folder: Path | None, refresh: bool, listed: bool) -> None:
    """Fetch the raw files that `make data` needs: all, or those NAMES. Exit status 1: not all are there."""
    files = [file for name, file in raw_files().items() if not names or name in names]
    if unknown := set(names) - set(raw_files()):
        raise click.UsageError(f"not in raw_files.toml: {', '.join(sorted(unknown))}")
    if listed:
        for file in files:
            click.echo(f"{file.name}\t{file.file or 'kept by the project: ' + file.kept}")
        return
    try:
        client = Client(Sources.from_environment())
    except FetchError as error:
        raise click.UsageError(str(error)) from error
    # Retries are part of the job; what came of a file in the end is what counts.
    stamina.instrumentation.set_on_retry_hooks([])
    archive, console = Archive(), Console(highlight=False, soft_wrap=True)
    console.print(f"{len(files)} files, asked at {shown(client.sources.base) or 'their publishers'}, into {archive.folder}")
    try:
        with archive.writing():
            results = from_folder(archive, files, folder) if folder else []
            results += _fetch(archive, client, files, refresh, console)
            missing = archive.show(files)
    except TimeoutError as error:
        raise click.ClickException(f"another run is filling {archive.folder}; wait until it ends") from error
    bad = [result for result in results if result.outcome not in GOOD]
    console.print(
        f"{len(files) - len(missing)} of {len(files)} files are at hand; read them with RARE_EARTHS_RAW={archive.raw}"
    )
    raise SystemExit(1 if missing or bad else 0)


def _fetch(archive: Archive, client: Client, files: list, refresh: bool, console: Console) -> list[Result]:
    parts = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    results = []
    with Progress(*parts, console=console, transient=True, disable=not console.is_terminal) as bars:
        bar = bars.add_task("")
        report = lambda name, done, total: bars.update(bar, description=name, completed=done, total=total)  # noqa: E731
        for result in fetch(archive, client, files, refresh=refresh, progress=report):
            console.print(
                f"{result.outcome:28}{result.name}" + (f"\n    {result.detail}" if result.detail else ""), markup=False
            )
            results.append(result)
    return results


if __name__ == "__main__":
    main()
