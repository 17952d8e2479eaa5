"""Which versions there are, and how to get one: bundled, from the cache, or from a release host."""

from __future__ import annotations

import functools
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rare_earths import cache
from rare_earths.download import DownloadError
from rare_earths.listing import Listing
from rare_earths.package import DESCRIPTOR, Package, bundled

INDEX = Path(__file__).with_name("releases.json")
#: Setting with the address of the release host, such as ``https://example.org/rare-earths``. It holds
#: ``{version}/parquet/datapackage.json`` and ``{version}/parquet/<table>.parquet`` for each version.
RELEASES = "RARE_EARTHS_RELEASES"
#: Bytes that a descriptor has at most; those of a table stand in the descriptor.
DESCRIPTOR_SIZE = 16 * 2**20


class UnknownVersion(LookupError):
    """A version was asked for that was never released."""


@dataclass(frozen=True)
class Release:
    """A release as the index records it: its day, and the SHA-256 of its CSV and its Parquet descriptor."""

    version: str
    released: str
    csv: str
    parquet: str


@functools.cache
def index(path: Path = INDEX) -> dict[str, Release]:
    """All releases that this installation knows, by version, oldest first."""
    entries = json.loads(path.read_text(encoding="utf-8"))["releases"]
    return {e["version"]: Release(e["version"], e["released"], e[DESCRIPTOR], e[f"parquet/{DESCRIPTOR}"]) for e in entries}


class Released(Package):
    """A release whose tables are downloaded when they are first read, and checked each time.

    Parameters
    ----------
    release
        The release.
    host
        Address of the release host; empty where there is none, and only what is cached can be read.
    """

    def __init__(self, release: Release, host: str):
        self.release, self.host = release, host.rstrip("/")
        super().__init__(self._file(DESCRIPTOR, release.parquet, DESCRIPTOR_SIZE).parent)

    def path(self, table: str) -> Path:
        """Path of the file of one table, as it was released."""
        resource = self.resource(table)
        return self._file(resource["path"], resource["hash"].removeprefix("sha256:"), resource["bytes"])

    def _file(self, name: str, sha256: str, size: int) -> Path:
        try:
            if found := cache.find(name, sha256):
                return found
        except ImportError as error:
            raise ImportError(
                str(error) if self.host else f"{error}, and name a release host in the setting {RELEASES}"
            ) from error
        version = self.release.version
        if not self.host:
            raise DownloadError(
                f"{name} of version {version} is not in the cache {cache.folder()}, and no release host is set; "
                f"name one in the setting {RELEASES}, or give the folder of a downloaded package"
            )
        return cache.fetch(f"{self.host}/{version}/parquet/{name}", sha256, size=size)


def package(version: str, *, host: str | None = None) -> Package:
    """The package of a version.

    Parameters
    ----------
    version
        Such as ``"0.1.0"``. The version of the installed package needs neither network nor cache.
    host
        Address of the release host; default: the setting ``RARE_EARTHS_RELEASES``. https, or http on this machine.

    Returns
    -------
    Package
        Its tables are downloaded when they are first read, into the folder that the setting ``RARE_EARTHS_CACHE``
        names (default: the cache folder of the platform), by their hash.

    Raises
    ------
    UnknownVersion
        When the index of this installation has no such version.
    DownloadError
        When the version cannot be had as it was released.
    ImportError
        When an older version needs the extra ``versions`` and it is not installed.

    Examples
    --------
    >>> import rare_earths
    >>> package(rare_earths.__version__).version == rare_earths.__version__
    True
    """
    installed = bundled()
    if version == installed.version:
        return installed
    if version not in index():
        known = ", ".join(dict.fromkeys([*index(), installed.version]))
        raise UnknownVersion(f"no version {version!r}; this installation knows {known}; newer ones need a newer rare-earths")
    return Released(index()[version], os.environ.get(RELEASES, "") if host is None else host)


def versions(*, host: str | None = None) -> Listing:
    """List the versions of the package and where each would be read from. Nothing is downloaded for it.

    Parameters
    ----------
    host
        Address of the release host; default: the setting ``RARE_EARTHS_RELEASES``.

    Returns
    -------
    Listing
        One row per version, oldest first: ``version``, ``released`` (day), and ``place``: ``bundled``; ``cached``,
        all of it; ``host``, where what is not cached yet would come from; ``none``, where no host is set. Shows
        itself in a terminal and in a notebook; ``.frame`` is a pandas frame.

    Examples
    --------
    >>> import rare_earths
    >>> {row["version"]: row["released"] for row in rare_earths.versions()}["0.1.0"]
    '2026-11-22'
    """
    installed = bundled()
    host = os.environ.get(RELEASES, "") if host is None else host
    rows = [
        {"version": release.version, "released": release.released, "place": _place(release, host)}
        for release in index().values()
        if release.version != installed.version
    ]
    rows.append({"version": installed.version, "released": installed.descriptor["created"][:10], "place": "bundled"})
    return Listing(sorted(rows, key=lambda row: (row["released"], row["version"])))


def _place(release: Release, host: str) -> str:
    elsewhere = "host" if host else "none"
    return "cached" if _cached(release) else elsewhere


def _cached(release: Release) -> bool:
    """Whether every file of a release is in the cache with its hash."""
    try:
        found = cache.find(DESCRIPTOR, release.parquet)
    except ImportError:  # Without the extra there is no cache folder to look into.
        return False
    if found is None:
        return False
    resources: list[dict[str, Any]] = Package(found.parent).descriptor["resources"]
    return all(cache.find(r["path"], r["hash"].removeprefix("sha256:")) for r in resources)
