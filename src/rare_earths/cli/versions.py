"""The command ``rare-earths versions``."""

from __future__ import annotations

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def versions(as_json: bool) -> None:
    """List the versions and where each would be read from: bundled, cached, host, or none where no host is set."""
    from rare_earths.releases import versions as list_versions

    frame = list_versions()
    if as_json:
        click.echo(frame.to_json(orient="records", indent=2))
        return
    for row in frame.itertuples():
        click.echo(f"{row.version:12}{row.released}  {row.place}")
