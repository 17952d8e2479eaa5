"""What may be checked: a package, a file, a folder of Parquet files, a frame; and where its rows are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from glob import glob
from pathlib import Path
from typing import Any

from rare_earths.package import DESCRIPTOR, Package, bundled
from rare_earths.validate.rule import NotAtHand
from rare_earths.zipped import is_zip


@dataclass(frozen=True)
class Rows:
    """Where the rows of one table are, before they are read.

    Attributes
    ----------
    table, schema
        Name and Table Schema that they must follow.
    kind
        ``csv``, ``parquet``, ``arrow`` (in memory) or ``spark`` (a Spark frame).
    files
        One CSV, or Parquet files in their order; empty for what is in memory.
    data
        Arrow table or Spark frame; None for files.
    """

    table: str
    schema: dict[str, Any]
    kind: str
    files: tuple[Path, ...] = ()
    data: Any = None

    @property
    def first(self) -> int:
        """Line of the first row: 2 in a CSV, as the header is line 1; rows of anything else count from 1."""
        return 2 if self.kind == "csv" else 1


class PackageTables:
    """Tables of a data package.

    Attributes
    ----------
    package
        The package.
    checked
        Names of the tables to check.
    """

    def __init__(self, package: Package, checked: list[str] | None = None):
        self.package = package
        self.checked = checked or package.tables
        self.notes: list[str] = []

    def rows(self, name: str) -> Rows:
        """Where the rows of a table are.

        Raises
        ------
        UnknownTable
            When the package has no such table.
        """
        path = self.package.path(name)
        return Rows(name, self.package.schema(name), "csv" if path.suffix == ".csv" else "parquet", (path,))


class OwnTable:
    """One table of a user, and the tables of the bundled package that its foreign keys refer to."""

    def __init__(self, own: Rows, package: Package):
        self.own, self.package = own, package
        self.checked = [own.table]
        self.known = sorted({key["reference"]["resource"] for key in own.schema.get("foreignKeys", [])} - {own.table})

    @cached_property
    def notes(self) -> list[str]:
        """Which tables stood in for those that did not come with the data."""
        if not self.known:
            return []
        return [f"keys of {', '.join(self.known)} are those of rare-earths {self.package.version}, which is installed"]

    def rows(self, name: str) -> Rows:
        """Where the rows of a table are.

        Raises
        ------
        NotAtHand
            When it is neither the user's own table nor one that its foreign keys refer to.
        """
        if name == self.own.table:
            return self.own
        if name not in self.known:
            raise NotAtHand(name)
        return PackageTables(self.package).rows(name)


def tables_of(data: Any, table: str | None = None, tables: list[str] | None = None) -> PackageTables | OwnTable:
    """What to check, from what a user gives.

    Parameters
    ----------
    data
        Folder of a package or a zip of one; a CSV or Parquet file; a folder or a glob of Parquet files; an Arrow
        table, a frame of pandas, polars or anything else that speaks the Arrow stream protocol;
        a Spark frame.
    table
        Name of the table that ``data`` holds, for anything but a package. A file named after a
        table needs none.
    tables
        Tables of a package to check; default: all.

    Raises
    ------
    FileNotFoundError
        When there is no such file, or a folder holds neither a descriptor nor Parquet files.
    UnknownTable
        When there is no such table.
    ValueError
        When it cannot be told which table ``data`` holds.
    """
    if isinstance(data, str | Path):
        path = Path(data)
        path = path.parent if path.name == DESCRIPTOR else path
        if is_zip(path) or (path / DESCRIPTOR).is_file() or (path.is_dir() and not any(path.glob("*.parquet"))):
            package = Package(path)
            names = [*(tables or ()), *([table] if table else ())]
            for name in names:
                package.resource(name)
            return PackageTables(package, names or None)
        return _own_files(path, str(data), table)
    from rare_earths.validate.frames import arrow_table, is_spark

    package = bundled()
    if table is None:
        raise ValueError(f"say which table the rows are of, such as table={package.tables[0]!r}")
    schema = package.schema(table)
    if is_spark(data):
        return OwnTable(Rows(table, schema, "spark", data=data), package)
    return OwnTable(Rows(table, schema, "arrow", data=arrow_table(data, schema)), package)


def _own_files(path: Path, text: str, table: str | None) -> OwnTable:
    files = sorted(path.glob("*.parquet")) if path.is_dir() else [path] if path.exists() else sorted(map(Path, glob(text)))
    if not files:
        raise FileNotFoundError(f"there is no {text}; give a folder with {DESCRIPTOR}, a .csv file, or .parquet files")
    package = bundled()
    if table is None and path.stem in package.tables:
        table = path.stem
    if table is None:
        raise ValueError(f"say which table {text} holds: --table with one of {', '.join(package.tables)}")
    kinds = {file.suffix.lower().removeprefix(".") for file in files}
    if kinds != {"parquet"} and (kinds != {"csv"} or len(files) > 1):
        raise ValueError(f"{text}: expected one .csv file, or .parquet files")
    return OwnTable(Rows(table, package.schema(table), kinds.pop(), tuple(files)), package)
