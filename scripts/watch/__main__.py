"""Report what is new at the publishers: ``python -m scripts.watch`` or ``make watch``."""

from pathlib import Path

import click
import stamina.instrumentation

from scripts.fetch.addresses import Sources, shown
from scripts.fetch.archive import Archive
from scripts.fetch.client import Client
from scripts.fetch.outcomes import FetchError
from scripts.tables import write_text
from scripts.watch.findings import as_json, as_text, status
from scripts.watch.run import watch


@click.command()
@click.option("--json", "report", type=click.Path(dir_okay=False, path_type=Path), help="Also write the report to this file.")
def main(report: Path | None) -> None:
    """Compare what is archived with what publishers offer now. Exit status 0: nothing new; 1: news; 3: not all could be asked."""
    try:
        client = Client(Sources.from_environment())
    except FetchError as error:
        raise click.UsageError(str(error)) from error
    stamina.instrumentation.set_on_retry_hooks([])
    findings = list(watch(Archive(), client))
    click.echo(as_text(findings), nl=False)
    if report:
        write_text(report, as_json(findings, shown(client.sources.base) or "publishers"))
    raise SystemExit(int(status(findings)))


if __name__ == "__main__":
    main()
