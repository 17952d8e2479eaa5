"""The zip archive of the CSV package: tables, schemas, descriptor, the documents beside them, and what to read first."""

from pathlib import Path

from rare_earths.package import Package
from scripts.release.archive import below, write_zip
from scripts.release.preface import PLACES, read_me


def stem(folder: Path) -> str:
    """Name and version of the package, with which the names of whole-package files begin."""
    package = Package(folder)
    return f"{package.descriptor['name']}-{package.version}"


def write_bundle(folder: Path) -> None:
    """Write ``rare-earths-{version}.zip``; everything in it lies in one folder of that name."""
    name, places = stem(folder), [folder / place for place in PLACES]
    files = [file for place in places for file in (below(place) if place.is_dir() else [place])]
    entries: list[tuple[str, Path | bytes]] = [(f"{name}/{file.relative_to(folder).as_posix()}", file) for file in files]
    entries.append((f"{name}/README.md", read_me(Package(folder)).encode()))
    write_zip(folder / f"{name}.zip", entries)
