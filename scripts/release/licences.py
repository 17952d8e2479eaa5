"""The last gate of licences: no row of a source that may not be passed on gets into a release."""

from pathlib import Path

from rare_earths.package import Package
from scripts.licences import split, withheld_sources
from scripts.release import ReleaseError


def refuse_withheld(folder: Path) -> None:
    """Look at every row of the release, independently of the validation.

    Raises
    ------
    ReleaseError
        When a row names a source that is not redistributable.
    """
    package = Package(folder)
    withheld = withheld_sources(package.read("sources").to_pylist())
    for table in package.tables:
        if table == "sources":
            continue
        rows = package.read(table).to_pylist()
        _, held = split(rows, withheld)
        if held:
            named = sorted(withheld & {value for value in held[0].values() if isinstance(value, str)})
            raise ReleaseError(
                f"{table}, line {rows.index(held[0]) + 2} of its CSV, and {len(held) - 1} more: source {', '.join(named)} may "
                "not be passed on; `make data` holds such rows back, or mark the source `redistributable` once its licence is "
                "confirmed"
            )
