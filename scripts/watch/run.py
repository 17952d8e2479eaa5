"""Ask publishers what they offer now."""

import tempfile
import tomllib
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import Any

from scripts.fetch.archive import Archive, digest
from scripts.fetch.client import Client
from scripts.fetch.contents import begins_as
from scripts.fetch.outcomes import FetchError, Outcome
from scripts.fetch.run import difference
from scripts.ingest.raw_files import RawFile, raw_files
from scripts.watch.findings import NEW_EDITION, NEW_VERSION, NOTHING_NEW, Finding
from scripts.watch.histories import number, read_history

WATCHED = Path(__file__).with_name("watched.toml")


@cache
def watched() -> dict[str, Any]:
    """Editions and histories to ask for."""
    return tomllib.loads(WATCHED.read_text(encoding="utf-8"))


def watch(archive: Archive, client: Client) -> Iterator[Finding]:
    """Everything that is watched, one finding each; the archive is only read.

    Parameters
    ----------
    archive
        What is at hand; files it does not hold are compared with the manifest.
    client
        Who asks.
    """
    for file in raw_files().values():
        if file.file:
            yield _told(file.name, file.file, partial(_file, archive, client, file))
    for entry in watched()["editions"]:
        for year in range(entry["newest"] + 1, entry["newest"] + 1 + entry.get("ahead", 1)):
            address = entry["pattern"].format(year=year)
            about = f"{entry['name']}, {year}"
            absent = frozenset(entry.get("absent", [Outcome.GONE]))
            yield _told(about, address, partial(_edition, client, about, address, absent))
    for entry in watched()["histories"]:
        yield _told(entry["name"], entry["address"], partial(_history, client, entry))


def _told(about: str, address: str, ask: Callable[[], Finding]) -> Finding:
    try:
        return ask()
    except FetchError as error:
        return Finding(about, error.outcome, address, error.detail)


def _file(archive: Archive, client: Client, file: RawFile) -> Finding:
    known = [v for v in archive.versions(file.file, client.sources.name) if v["sha256"] == file.sha256]
    validators = known[-1]["validators"] if known and archive.holds(file.sha256) else {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PurePosixPath(file.name).name
        answer = client.download(file.file, path, known=validators)
        if not answer.changed or digest(path) == file.sha256:
            return Finding(file.name, Outcome.UNCHANGED, file.file)
        outcome, detail = difference(archive, file, path)
        return Finding(file.name, outcome, file.file, detail)


def _edition(client: Client, about: str, address: str, absent: frozenset[str]) -> Finding:
    """A page in place of an edition is a publisher's way to say "not found" with status 200."""
    try:
        start = client.peek(address)
    except FetchError as error:
        if error.outcome in absent:
            return Finding(about, NOTHING_NEW, address)
        raise
    if not begins_as(start, PurePosixPath(address).suffix):
        return Finding(about, Outcome.HTML, address, "status 200, but no file of its kind; open the address in a browser")
    return Finding(
        about, NEW_EDITION, address, "fetch it, describe its layout, and record it in raw_files.toml and watched.toml"
    )


def _history(client: Client, entry: dict[str, Any]) -> Finding:
    about, address = entry["name"], entry["address"]
    try:
        versions = read_history(client.read(address, suffix=".txt"))
    except ValueError as error:
        return Finding(about, Outcome.WRONG_KIND, address, f"{error}; read it and teach {read_history.__module__}")
    newer = [version for version in versions if number(version.version) > number(entry["newest"])]
    if not newer:
        return Finding(about, NOTHING_NEW, address)
    listed = "; ".join(f"{v.version} of {v.posted} with {v.changes} changes" for v in newer)
    return Finding(about, NEW_VERSION, address, f"{listed}; the tables hold {entry['newest']}")
