"""Download one file from a release host: over https, within a size, never a page in its place, with progress."""

from __future__ import annotations

import hashlib
import ipaddress
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    import requests

#: Seconds to wait for a connection, and for the next bytes.
TIMEOUT = (10, 30)
CHUNK = 2**16
#: Answers of a host that another try does not mend; 408 and 429 ask for one.
FINAL = set(range(400, 500)) - {408, 429}


class DownloadError(OSError):
    """A file of a release could not be had, or not as it was released."""


def refuse_open_address(url: str) -> None:
    """Refuse an address where others could read or change what is sent.

    Raises
    ------
    DownloadError
        When it is neither https nor http on this machine.
    """
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and _on_this_machine(parts.hostname or ""):
        return
    raise DownloadError(
        f"{url} is refused: an address of a release starts with https://; correct it, or ask the host for https"
    )


def _on_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Download:
    """Downloads one file for pooch: within a size, never over an open address, never a page, with progress.

    Attributes
    ----------
    sha256, bytes
        Hash and size of what the last try brought.
    """

    def __init__(self, name: str, size: int):
        self.name, self.size = name, size
        self.sha256, self.bytes = "", 0

    def __call__(self, url: str, output_file: str, pooch: Any) -> None:
        """Write the file; called by pooch, again for each try."""
        import click
        from pooch import HTTPDownloader

        get = HTTPDownloader(chunk_size=CHUNK, timeout=TIMEOUT, hooks={"response": self.check})
        terminal = sys.stderr.isatty()
        bar = click.progressbar(length=self.size, label=self.name, file=sys.stderr) if terminal else nullcontext()
        with open(output_file, "wb") as file, bar as progress:
            writer = _Writer(file, self, progress)
            try:
                get(url, writer, pooch)
            finally:
                self.sha256, self.bytes = writer.hash.hexdigest(), writer.bytes

    def check(self, response: requests.Response, **_: Any) -> None:
        """Refuse an answer that cannot be the file; requests calls this for each answer, redirects among them.

        Raises
        ------
        DownloadError
            For a redirect to an open address, a web page, or a file that the host does not have.
        """
        if response.is_redirect:
            refuse_open_address(urljoin(response.url, response.headers["location"]))
            return
        if response.status_code in FINAL:
            raise DownloadError(
                f"{response.url}: the host answered {response.status_code} {response.reason}; "
                "check the setting RARE_EARTHS_RELEASES and that the host has this version"
            )
        if response.ok and response.headers.get("content-type", "").lower().startswith(("text/html", "application/xhtml")):
            raise DownloadError(
                f"{response.url} answered with a web page in place of the file, as login pages and proxies do; "
                "open the address in a browser, or use another network or release host"
            )


class _Writer:
    """Takes what is downloaded: counts and hashes it, and stops at the size."""

    def __init__(self, file: Any, download: Download, progress: Any):
        self.file, self.download, self.progress = file, download, progress
        self.hash, self.bytes = hashlib.sha256(), 0

    def write(self, chunk: bytes) -> None:
        self.bytes += len(chunk)
        if self.bytes > self.download.size:
            raise DownloadError(
                f"{self.download.name}: the host sends more than the {self.download.size:,} bytes that were released; "
                "nothing was kept; use another release host"
            )
        self.hash.update(chunk)
        self.file.write(chunk)
        if self.progress:
            self.progress.update(len(chunk))

    def flush(self) -> None:
        """Called by pooch after each chunk: a full disk shows here, while the name of the file is known."""
        self.file.flush()
