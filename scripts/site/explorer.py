"""Addresses of views of the explorer."""

from urllib.parse import urlencode


def link(table: str, **filters: str) -> str:
    """Address, from the root of the site, of the explorer with a table and filters on its columns."""
    return "explorer/?" + urlencode({"table": table, **filters})
