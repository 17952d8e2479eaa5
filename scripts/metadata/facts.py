"""What all targets say of the package, read once from a release folder."""

import hashlib
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from pathlib import Path
from typing import Any

from rare_earths.package import Package
from scripts.metadata.coverage import Coverage, coverage

#: Ending of a file of the whole package -> what it is, and its media type.
WHOLE = {
    ".zip": ("All tables as CSV with their schemas and the descriptor", "application/zip"),
    ".sqlite": ("All tables as one SQLite database", "application/vnd.sqlite3"),
    ".xlsx": ("All tables as one workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@dataclass(frozen=True)
class File:
    """A file of the release: path from its root, what it is, media type, size in bytes, SHA-256."""

    path: str
    title: str
    mediatype: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Table:
    """A table of the release: its schema, number of rows, coverage, and its CSV and Parquet files."""

    schema: dict[str, Any]
    rows: int
    coverage: Coverage
    csv: File
    parquet: File

    @property
    def name(self) -> str:
        """Name of the table."""
        return self.schema["name"]


class Facts:
    """A release folder, seen as a catalogue sees it.

    Parameters
    ----------
    folder
        Folder with the CSV package, and the Parquet package in ``parquet/``.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.csv, self.parquet = Package(folder), Package(folder / "parquet")
        self.descriptor = self.csv.descriptor

    @property
    def released(self) -> str:
        """Day of the release (ISO 8601)."""
        return self.descriptor["created"][:10]

    @property
    def creators(self) -> list[str]:
        """Names of those who made the package."""
        return [person["title"] for person in self.descriptor["contributors"]]

    @property
    def licence(self) -> dict[str, str]:
        """Licence of the compilation: ``name`` (SPDX identifier), ``title``, ``path``."""
        return self.descriptor["licenses"][0]

    @cached_property
    def tables(self) -> list[Table]:
        """All tables."""
        return [self._table(name) for name in self.csv.tables]

    def _table(self, name: str) -> Table:
        schema, rows = self.csv.schema(name), self.parquet.read(name)
        csv, parquet = self.csv.resource(name), self.parquet.resource(name)
        return Table(schema, csv["rows"], coverage(rows, schema), _listed(csv, ""), _listed(parquet, "parquet/"))

    @cached_property
    def coverage(self) -> Coverage:
        """Coverage of all tables together."""
        return reduce(or_, (table.coverage for table in self.tables), Coverage())

    @cached_property
    def _area_names(self) -> dict[str, str]:
        rows = self.parquet.read("areas")
        return dict(zip(rows["area"].to_pylist(), rows["name"].to_pylist(), strict=True))

    def places(self, covered: Coverage) -> list[str]:
        """Names of the areas that a coverage holds, in the order of their codes; the world, if it is one, first."""
        return [self._area_names[code] for code in sorted(covered.areas, key=lambda code: (code != "WLD", code))]

    @cached_property
    def sources(self) -> list[dict[str, Any]]:
        """Rows of ``sources``."""
        return self.parquet.read("sources").to_pylist()

    @property
    def whole(self) -> list[File]:
        """Files that hold all tables at once, as far as they are made."""
        stem = f"{self.csv.descriptor['name']}-{self.csv.version}"
        made = ((self.folder / (stem + ending), *what) for ending, what in WHOLE.items())
        return [
            File(path.name, title, mediatype, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
            for path, title, mediatype in made
            if path.is_file()
        ]


def _listed(resource: dict[str, Any], folder: str) -> File:
    """File of a resource, as its descriptor lists it."""
    sha256 = resource["hash"].removeprefix("sha256:")
    return File(folder + resource["path"], resource["title"], resource["mediatype"], resource["bytes"], sha256)
