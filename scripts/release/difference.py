"""The difference to the previous release; what it asks of the version and the changelog is checked here."""

from pathlib import Path
from tempfile import TemporaryDirectory

from rare_earths import releases
from rare_earths.cache import digest
from rare_earths.diffing import compare
from rare_earths.package import DESCRIPTOR, Package
from scripts.previous import NoPrevious, previous_package
from scripts.release import ReleaseError
from scripts.release.changelog import check_entry, entry
from scripts.release.version import check_bump


def write_difference(folder: Path) -> str | None:
    """Write ``diff.json``, and the rows that differ into ``diff/``.

    Returns
    -------
    str or None
        Why nothing could be compared; None where it was.

    Raises
    ------
    ReleaseError
        When the version is one that was released with other data, or too low for what changed, or the changelog
        does not tell it.
    """
    package = Package(folder)
    released = package.descriptor["created"][:10]
    entry(package.version, released)
    known = releases.index().get(package.version)
    if known and known.csv != digest(folder / DESCRIPTOR):
        raise ReleaseError(
            f"version {package.version} was released with other data, and a release never changes: set a higher version "
            "in pyproject.toml, then run `python -m scripts.describe`"
        )
    with TemporaryDirectory() as place:
        try:
            previous = previous_package(Path(place))
        except NoPrevious as error:
            return f"skipped, so neither version nor counts are checked: {error}"
        diff = compare(previous, package)
        check_bump(diff)
        check_entry(diff, released)
        diff.write(folder)
    return None
