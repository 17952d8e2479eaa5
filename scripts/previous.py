"""The release before this one, to compare with: from the history of the repository, or from a release host."""

import hashlib
import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

from rare_earths import releases
from rare_earths.cache import digest
from rare_earths.diffing.removals import number
from rare_earths.download import DownloadError
from rare_earths.package import DESCRIPTOR, Package
from scripts.project import project
from scripts.tables import ROOT


class NoPrevious(LookupError):
    """There is no release to compare with; the message is the reason."""


def previous_release(version: str | None = None) -> releases.Release:
    """The newest release of the index that is older than a version; default: the version in ``pyproject.toml``.

    Raises
    ------
    NoPrevious
        When there is none.
    """
    version = version or project()["version"]
    older = [release for release in releases.index().values() if number(release.version) < number(version)]
    if not older:
        raise NoPrevious(f"the index has no release before {version}")
    return max(older, key=lambda release: number(release.version))


def previous_package(folder: Path) -> Package:
    """The package of the previous release.

    Parameters
    ----------
    folder
        An empty folder to unpack it into.

    Raises
    ------
    NoPrevious
        When neither the history, the cache nor a release host has it; with the reason.
    """
    release = previous_release()
    if commit := find_commit(release):
        return unpack(commit, folder)
    try:
        package = releases.package(release.version)
        for table in package.tables:
            package.path(table)
    except (DownloadError, ImportError) as error:
        raise NoPrevious(f"no commit of this history holds the descriptor of {release.version}; {error}") from error
    return package


def find_commit(release: releases.Release) -> str | None:
    """The commit that carries the tag of the release, else the newest one of the main line with its descriptor.

    A commit with another descriptor is never taken; None where the history does not reach the release.
    """
    commits = [f"refs/tags/{release.version}", *_git("rev-list", "--first-parent", "HEAD").decode().split()]
    names = "".join(f"{commit}:{DESCRIPTOR}\n" for commit in commits)
    found = _git("cat-file", "--batch-check=%(objectname)", text=names).decode().splitlines()
    wanted = {blob for blob in set(found) if hashlib.sha256(_git("cat-file", "blob", blob)).hexdigest() == release.csv}
    return next((commit for commit, blob in zip(commits, found, strict=False) if blob in wanted), None)


def unpack(commit: str, folder: Path) -> Package:
    """Unpack the package of a commit, and check every table against the descriptor.

    Raises
    ------
    ValueError
        When a table is not what the descriptor says.
    """
    with tarfile.open(fileobj=BytesIO(_git("archive", commit, DESCRIPTOR, "data", "schemas"))) as archive:
        archive.extractall(folder, filter="data")
    package = Package(folder)
    for table in package.tables:
        found, expected = digest(package.path(table)), package.resource(table)["hash"].removeprefix("sha256:")
        if found != expected:
            raise ValueError(f"commit {commit}: table {table} has SHA-256 {found}, its descriptor says {expected}")
    return package


def _git(*words: str, text: str = "") -> bytes:
    """Output of git; nothing where this is no repository, or git does not know."""
    try:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, input=text.encode(), check=False)
    except FileNotFoundError:
        return b""
    return done.stdout if done.returncode == 0 else b""
