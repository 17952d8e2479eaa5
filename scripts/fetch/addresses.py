"""Addresses: https only, a replica in place of every publisher, and none shown with a secret in it."""

import ipaddress
import os
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from scripts.fetch.outcomes import FetchError, Outcome

SETTING = "RARE_EARTHS_SOURCES"
#: Parts of names of query parameters whose values are never shown.
SECRET = ("key", "token", "secret", "password", "signature", "auth")


def shown(address: str) -> str:
    """An address as messages and the index may hold it: without user, and with secret values left out."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    query = parts.query
    if any(word in name.lower() for name, _ in parse_qsl(query, keep_blank_values=True) for word in SECRET):
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode(
            [(name, "*" if any(word in name.lower() for word in SECRET) else value) for name, value in pairs], safe="*"
        )
    return urlunsplit((parts.scheme, host, parts.path, query, ""))


def is_loopback(host: str | None) -> bool:
    """Whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


class Sources(NamedTuple):
    """Where official addresses are asked: at the publishers (``base`` is empty) or at a replica.

    A replica answers for ``https://host/path`` at ``base/host/path``.
    """

    base: str = ""

    @classmethod
    def from_environment(cls) -> "Sources":
        """What the environment variable ``RARE_EARTHS_SOURCES`` says.

        Raises
        ------
        FetchError
            When it is neither https nor plain http on this machine.
        """
        base = os.environ.get(SETTING, "").rstrip("/")
        if base:
            parts = urlsplit(base)
            if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
                raise FetchError(
                    Outcome.INSECURE, shown(base), f"set {SETTING} to an https address, or to http://127.0.0.1:PORT"
                )
        return cls(base)

    @property
    def name(self) -> str:
        """Who answers: ``publisher`` or ``replica``."""
        return "replica" if self.base else "publisher"

    def actual(self, official: str) -> str:
        """The address to ask for an official one.

        Raises
        ------
        FetchError
            When the official address is not https.
        """
        parts = urlsplit(official)
        if parts.scheme != "https" or not parts.hostname:
            raise FetchError(Outcome.INSECURE, shown(official), "only https addresses are asked")
        if not self.base:
            return official
        return f"{self.base}/{parts.netloc}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")

    def redirected(self, official: str, location: str, hosts: frozenset[str]) -> str:
        """The official address that a redirect leads to.

        Parameters
        ----------
        official
            The address that redirected.
        location
            Its header ``Location``, relative or absolute.
        hosts
            Hosts besides the address's own that may be followed to.

        Raises
        ------
        FetchError
            When it leads to plain http or to another host.
        """
        # A replica may pass on what the publisher says, or lead to an address of its own.
        own = self.base and location.startswith(self.base + "/")
        target = "https://" + location.removeprefix(self.base + "/") if own else urljoin(official, location)
        parts = urlsplit(target)
        if parts.scheme != "https":
            raise FetchError(Outcome.REDIRECT, shown(official), f"leads to {shown(target)}, which is not https")
        if parts.hostname != urlsplit(official).hostname and parts.hostname not in hosts:
            detail = f"leads to another host, {shown(target)}; if the publisher moved, correct the address in the manifest"
            raise FetchError(Outcome.REDIRECT, shown(official), detail)
        return target
