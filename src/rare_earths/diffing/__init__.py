"""What changed between two versions of the package: schemas, tables, rows and cells."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rare_earths.diffing.difference import Diff, TableDiff
from rare_earths.diffing.fields import compare_schemas
from rare_earths.diffing.removals import Removal, between, reasons_for, stated
from rare_earths.diffing.rows import RowDiff, compare_rows
from rare_earths.filters import listed
from rare_earths.package import DESCRIPTOR, Package
from rare_earths.zipped import is_zip

__all__ = ["Diff", "TableDiff", "compare", "diff"]


def compare(
    old: Package, new: Package, *, tables: Sequence[str] | None = None, removals: Sequence[Removal] | None = None
) -> Diff:
    """Compare two packages.

    Parameters
    ----------
    old, new
        The packages.
    tables
        Compare only these tables.
    removals
        Reasons for removed rows; default: those that the package states for the versions between the two.

    Returns
    -------
    Diff
        The difference.

    Raises
    ------
    UnknownTable
        When neither package has a table that was asked for.
    ValueError
        When a table has a key twice, or ``tables`` is no list.
    """
    tables = listed("tables", tables)
    for name in tables or ():
        if name not in old.tables:
            new.resource(name)
    wanted = [name for name in new.tables if tables is None or name in tables]
    reasons = between(stated() if removals is None else removals, old.version, new.version)
    found = {name: _compare_table(name, old, new, reasons) for name in wanted if name in old.tables}
    return Diff(
        old=old.version,
        new=new.version,
        tables={name: table for name, table in found.items() if table},
        unchanged=tuple(name for name, table in found.items() if not table),
        tables_added={name: new.read(name).num_rows for name in wanted if name not in old.tables},
        tables_removed={
            name: old.read(name).num_rows for name in old.tables if name not in new.tables and (not tables or name in tables)
        },
        removals=tuple(reasons),
    )


def diff(
    old: str | Path | Package, new: str | Path | Package, /, *, tables: Sequence[str] | None = None, host: str | None = None
) -> Diff:
    """Say what changed between two versions.

    Parameters
    ----------
    old, new
        Versions such as ``"0.1.0"``, folders or zips of data packages, or packages.
    tables
        Compare only these tables; of an older version only these are downloaded.
    host
        Address of the release host; default: the setting ``RARE_EARTHS_RELEASES``.

    Returns
    -------
    Diff
        Schema changes; tables added and removed; rows added, removed and changed by primary key, with old and new
        cells; the part of the version that this raises.

    Raises
    ------
    UnknownVersion
        When there is no such version.
    FileNotFoundError
        When there is no data package in a folder.
    DownloadError
        When an older version cannot be had.

    Examples
    --------
    >>> import rare_earths
    >>> from rare_earths.package import bundled
    >>> difference = rare_earths.diff(bundled(), bundled(), tables=["reserves"])
    >>> bool(difference), difference.bump
    (False, None)
    """
    from rare_earths.releases import package

    def found(version: str | Path | Package) -> Package:
        if isinstance(version, Package):
            return version
        place = Path(version)
        if (place / DESCRIPTOR).is_file() or is_zip(place) or len(place.parts) > 1:
            return Package(place)
        return package(str(version), host=host)

    return compare(found(old), found(new), tables=tables)


def _compare_table(name: str, old: Package, new: Package, removals: list[Removal]) -> TableDiff:
    before, after = old.schema(name), new.schema(name)
    schema = compare_schemas(before, after)
    old_rows = old.read(name)
    if not schema and _digest(old.path(name)) == _digest(new.path(name)):
        new_rows, key = old_rows, _key(before)
        nothing = old_rows.slice(0, 0)
        rows = RowDiff(nothing, nothing, nothing)
    else:
        new_rows, key = new.read(name), _shared_key(before, after)
        try:
            rows = compare_rows(old_rows, new_rows, key)
        except ValueError as error:
            raise ValueError(f"table {name}: {error}") from error
    return TableDiff(
        schema, key, *rows, reasons_for(name, rows.removed, removals), rows_old=old_rows.num_rows, rows_new=new_rows.num_rows
    )


def _digest(path: Path) -> bytes:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _key(schema: dict[str, Any]) -> tuple[str, ...]:
    key = schema.get("primaryKey", [])
    return (key,) if isinstance(key, str) else tuple(key)


def _shared_key(old: dict[str, Any], new: dict[str, Any]) -> tuple[str, ...]:
    """The primary key, where both have the same columns in it."""
    return _key(new) if set(_key(old)) == set(_key(new)) else ()
