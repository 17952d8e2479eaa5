"""Bring every file of the manifest into the archive, and say of each what came of it."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from scripts.fetch.archive import Archive, digest, object_path
from scripts.fetch.client import Client
from scripts.fetch.contents import columns
from scripts.fetch.outcomes import FetchError, Outcome
from scripts.ingest.raw_files import RawFile

#: Where a replica offers a file that no publisher does: by its hash.
KEPT_HOST = "kept.invalid"


class Result(NamedTuple):
    """What came of one file. ``sha256`` is that of the bytes that came, where some did."""

    name: str
    outcome: Outcome
    detail: str = ""
    sha256: str = ""


Progress = Callable[[str, int, int | None], None]


def from_folder(archive: Archive, files: Iterable[RawFile], folder: Path) -> list[Result]:
    """Take the files of the manifest that lie anywhere under a folder, known by their hash."""
    wanted = {file.sha256: file for file in files if not archive.holds(file.sha256)}
    results = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if file := wanted.pop(digest(path), None):
            results.append(Result(file.name, Outcome.FETCHED, f"from {path.relative_to(folder)}", archive.take(path)))
    return results


def fetch(
    archive: Archive,
    client: Client,
    files: Iterable[RawFile],
    *,
    refresh: bool = False,
    progress: Progress = lambda name, done, total: None,
) -> Iterator[Result]:
    """Fetch each file that the archive does not hold; with ``refresh``, ask for the others too, conditionally.

    Yields
    ------
    Result
        One for each file; a file that could not be had does not stop the others.
    """
    for file in files:
        held = archive.holds(file.sha256)
        if held and not (refresh and file.file):
            yield Result(file.name, Outcome.ARCHIVED, "", file.sha256)
            continue
        address = file.file or (f"https://{KEPT_HOST}/{object_path(file.sha256)}" if client.sources.base else "")
        if not address:
            yield Result(file.name, Outcome.KEPT, f"{file.kept}; run `make fetch FROM=FOLDER` with a folder that holds it")
            continue
        try:
            yield _one(archive, client, file, address, progress)
        except FetchError as error:
            yield Result(file.name, error.outcome, f"{error.address}: {error.detail}")


def _one(archive: Archive, client: Client, file: RawFile, address: str, progress: Progress) -> Result:
    suffix = Path(file.name).suffix
    source = client.sources.name
    # Only validators of the manifest's own bytes are sent: others may have come with bytes that were cut.
    newest = (archive.versions(address, source) or [{"sha256": ""}])[-1]
    validators = newest["validators"] if newest["sha256"] == file.sha256 and archive.holds(file.sha256) else {}

    def download():
        return client.download(
            address,
            archive.incoming(),
            suffix=suffix,
            known=validators,
            partial=archive.partial(address),
            progress=lambda done, total: progress(file.name, done, total),
        )

    answer = download()
    if not answer.changed:
        sha256 = file.sha256
    else:
        if answer.status == 206 and digest(archive.incoming()) != file.sha256:
            # A resumed file may be two files in one where the server's validators lie: fetch it whole once more.
            answer = download()
        sha256 = archive.keep(archive.incoming())
    archive.record(address, sha256, source, answer.validators)
    if sha256 == file.sha256:
        return Result(file.name, Outcome.FETCHED if answer.changed else Outcome.UNCHANGED, "", sha256)
    return Result(file.name, *difference(archive, file, archive.object(sha256)), sha256)


def difference(archive: Archive, file: RawFile, path: Path) -> tuple[Outcome, str]:
    """What to call bytes that are not those of the manifest, and in what they differ from them.

    Parameters
    ----------
    archive
        Where the bytes of the manifest may be.
    file
        The entry of the manifest.
    path
        The other bytes.
    """
    mend = "if it is a new edition, record it in raw_files.toml and teach its ingest module"
    suffix, found = Path(file.name).suffix, f"sha256 {digest(path)}"
    if archive.holds(file.sha256):
        old, new = (columns(which, suffix) or [] for which in (archive.object(file.sha256), path))
        if old != new:
            added, gone = ([name for name in a if name not in b] for a, b in ((new, old), (old, new)))
            return Outcome.NEW_COLUMNS, f"new: {added}, gone: {gone}; {found}; {mend}"
    return Outcome.CHANGED, f"expected sha256 {file.sha256}, found {found}; {mend}"
