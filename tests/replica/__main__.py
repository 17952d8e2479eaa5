"""Run the replica: ``python -m tests.replica`` prints its address and serves until its time is over."""

from pathlib import Path

import click

from scripts.ingest.raw import Raw
from tests.replica import content
from tests.replica.server import Replica


@click.command()
@click.option(
    "--raw",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder with raw files [default: $RARE_EARTHS_RAW or ../shared/raw].",
)
@click.option("--seconds", default=300.0, show_default=True, help="How long to serve.")
def main(raw: Path | None, seconds: float) -> None:
    """Serve every file of the manifest on the loopback interface."""
    with Replica(content.pages(Raw(raw)), max_seconds=seconds) as replica:
        click.echo(f"RARE_EARTHS_SOURCES={replica.address}")
        replica.wait()


if __name__ == "__main__":
    main()
