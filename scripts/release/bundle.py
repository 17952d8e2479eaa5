"""The zip archive of the CSV package: tables, schemas, descriptor and the documents beside them."""

from pathlib import Path

from rare_earths.package import Package
from scripts.release.archive import below, write_zip

BESIDE = ("datapackage.json", "sources.bib", "CITATION.cff", "LICENSE-DATA", "CHANGELOG.md")


def stem(folder: Path) -> str:
    """Name and version of the package, with which the names of whole-package files begin."""
    package = Package(folder)
    return f"{package.descriptor['name']}-{package.version}"


def write_bundle(folder: Path) -> None:
    """Write ``rare-earths-{version}.zip``; everything in it lies in one folder of that name."""
    name = stem(folder)
    files = [*below(folder / "data"), *below(folder / "schemas"), *(folder / document for document in BESIDE)]
    write_zip(folder / f"{name}.zip", [(f"{name}/{file.relative_to(folder).as_posix()}", file) for file in files])
