"""Find a data package and read its tables as Arrow, typed by their Table Schemas."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rare_earths.safety import check_descriptor, check_header, check_schema, inside, read_json
from rare_earths.unknown import meant
from rare_earths.zipped import is_zip, unpacked

if TYPE_CHECKING:
    import pyarrow
    import pyarrow.compute

DESCRIPTOR = "datapackage.json"


class UnknownTable(LookupError):
    """A table was asked for that the package does not have."""


class Package:
    """A folder with a Data Package descriptor, or a zip of one.

    Parameters
    ----------
    folder
        Folder that holds ``datapackage.json``, or a zip of it, which is unpacked for as long as this object is used.

    Raises
    ------
    FileNotFoundError
        When there is no descriptor in the folder.
    RefusedPackage
        When the descriptor or the zip asks for something that a reader must not do, or is none. What a descriptor asks
        for is looked at when it is first read.
    """

    def __init__(self, folder: str | Path):
        self.folder = Path(folder)
        if is_zip(self.folder):
            self._unpacked, self.folder = unpacked(self.folder, DESCRIPTOR)
        if not (self.folder / DESCRIPTOR).is_file():
            raise FileNotFoundError(f"{self.folder} holds no {DESCRIPTOR}; give the folder of a data package")

    @cached_property
    def descriptor(self) -> dict[str, Any]:
        """The descriptor, as the file has it."""
        found = read_json(self.folder / DESCRIPTOR)
        check_descriptor(found, self.folder)
        return found

    @property
    def version(self) -> str:
        """Version of the data."""
        return self.descriptor["version"]

    @property
    def tables(self) -> list[str]:
        """Names of the tables, in the order of the descriptor."""
        return [resource["name"] for resource in self.descriptor["resources"]]

    def resource(self, table: str) -> dict[str, Any]:
        """Descriptor of one table.

        Raises
        ------
        UnknownTable
            When the package has no such table.
        """
        for resource in self.descriptor["resources"]:
            if resource["name"] == table:
                return resource
        raise UnknownTable(f"no table {table!r}{meant(table, self.tables)}; the package has {', '.join(self.tables)}")

    def path(self, table: str) -> Path:
        """Path of the file of one table, which lies in the folder of the package."""
        return inside(self.folder, self.resource(table)["path"], f"the table {table}")

    def schema(self, table: str) -> dict[str, Any]:
        """Table Schema of one table."""
        schema = self.resource(table)["schema"]
        if isinstance(schema, str):
            schema = read_json(inside(self.folder, schema, f"the schema of {table}"))
        check_schema(schema, f"the schema of {table}")
        return schema

    def read(
        self, table: str, filters: pyarrow.compute.Expression | None = None, columns: Sequence[str] | None = None
    ) -> pyarrow.Table:
        """Rows of one table, typed by its schema.

        Parameters
        ----------
        table
            Name of the table.
        filters
            Condition that rows must meet; Parquet reads only row groups that can hold such rows.
        columns
            Columns wanted, in this order; default: all. Parquet reads no others.

        Returns
        -------
        pyarrow.Table
            Text as ``string``, whole numbers and years as ``int64``, numbers as
            ``double``, booleans as ``bool``; field metadata holds description and unit.
        """
        from rare_earths.arrow import arrow_schema, read_csv

        path, schema = self.path(table), arrow_schema(self.schema(table))
        names = schema.names if columns is None else list(columns)
        if path.suffix == ".csv":
            check_header(path)
            rows = read_csv(path, schema)
            return (rows if filters is None else rows.filter(filters)).select(names)
        import pyarrow
        import pyarrow.parquet

        rows = pyarrow.parquet.read_table(path, filters=filters, columns=names)
        return rows.cast(pyarrow.schema([schema.field(name) for name in names]))


def bundled() -> Package:
    """The package that came with this installation: in the wheel, or in the checkout it is developed in.

    Raises
    ------
    FileNotFoundError
        When there is neither.
    """
    inside = Path(__file__).parent / "bundle"
    return Package(inside if inside.is_dir() else Path(__file__).parents[2])
