"""The command ``rare-earths``.

Exit status: 0 when all is well, 1 when data is invalid, 2 when the command was used wrongly, 3 when a file or a
release cannot be read or written.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

import click


class Commands(click.Group):
    """One command for each module of this package, imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands: of the modules, with hyphens."""
        return sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command that the module of this name holds under its own name."""
        if name not in self.list_commands(ctx):
            return None
        own = name.replace("-", "_")
        return getattr(import_module(f"{__name__}.{own}"), own)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rare-earths", message="%(version)s")
def main() -> None:
    """Rare-earth production, reserves, trade, policy and prices as tidy tables, every row citing its source.

    The exit status is 0 when all is well, 1 when data is invalid, 2 when the command was used wrongly, and 3 when a
    file or a release cannot be read or written.
    """
