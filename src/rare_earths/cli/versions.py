"""The command ``rare-earths versions``."""

from __future__ import annotations

import click

from rare_earths.cli._asking import json_option, show_json


@click.command()
@json_option
def versions(as_json: bool) -> None:
    """List the versions and where each would be read from. Places are bundled, cached, host, or none where no host is set."""
    from rare_earths.releases import versions as list_versions

    listing = list_versions()
    show_json(listing.records) if as_json else click.echo(listing)
