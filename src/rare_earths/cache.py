"""Files of older releases, downloaded once and kept by their hash.

A file is only ever put in place whole and with the hash that was asked for, and its hash is computed again each
time it is used: whatever happened to the folder, or on the way, no other content is read.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from rare_earths.download import Download, DownloadError, refuse_open_address

#: Setting that names the folder of the cache; default: the cache folder of the platform.
CACHE = "RARE_EARTHS_CACHE"
#: How often a download that failed is tried again, after 1, 2 and 3 seconds.
RETRIES = 3
INSTALL = "older releases need pooch; install the extra with: pip install 'rare-earths[versions]'"


def folder() -> Path:
    """Folder of the cache.

    Raises
    ------
    ImportError
        When the setting ``RARE_EARTHS_CACHE`` is not made and the extra ``versions`` is not installed.
    """
    if named := os.environ.get(CACHE):
        return Path(named).expanduser()
    try:
        import pooch
    except ImportError as error:
        raise ImportError(INSTALL) from error
    return Path(pooch.os_cache("rare-earths"))


def find(name: str, sha256: str) -> Path | None:
    """A file of the cache, when it is there and has its hash.

    Parameters
    ----------
    name
        Name of the file.
    sha256
        Its hash, 64 hexadecimal digits.
    """
    path = folder() / sha256 / name
    return path if path.is_file() and digest(path) == sha256 else None


def fetch(url: str, sha256: str, *, size: int) -> Path:
    """A file of the cache; downloaded when it is not there, or not as it was released.

    Parameters
    ----------
    url
        Its address; only https, or http on this machine.
    sha256
        Its hash, 64 hexadecimal digits.
    size
        Bytes that it has at most.

    Raises
    ------
    DownloadError
        When it cannot be had with this hash, or not be written.
    ImportError
        When the extra ``versions`` is not installed.
    """
    base, _, name = url.rpartition("/")
    if found := find(name, sha256):
        return found
    refuse_open_address(url)
    try:
        import pooch
        import requests
    except ImportError as error:
        raise ImportError(INSTALL) from error
    place = folder() / sha256
    download = Download(name, size)
    try:
        store = pooch.create(path=place, base_url=f"{base}/", registry={name: f"sha256:{sha256}"}, retry_if_failed=RETRIES)
        return Path(store.fetch(name, downloader=download))
    except DownloadError:
        raise
    except requests.RequestException as error:
        raise DownloadError(
            f"{url} could not be read: {error}; check the network and the setting RARE_EARTHS_RELEASES, then try again"
        ) from error
    except ValueError as error:
        raise DownloadError(
            f"{url} is not the file that was released: expected SHA-256 {sha256}, found {download.sha256} "
            f"({download.bytes:,} bytes); nothing was kept; try again, or use another release host"
        ) from error
    except OSError as error:
        raise DownloadError(
            f"{name} cannot be written to the cache {place}: {error}; make room there or allow writing, "
            f"or name another folder in the setting {CACHE}"
        ) from error


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
