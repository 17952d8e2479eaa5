"""What a data package may ask a reader to open: files of its own, of a size that can be read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from rare_earths.limits import COLUMNS, JSON_BYTES, JSON_DEPTH, KIB, LINE_BYTES

#: A scheme (``https:``, ``file:``, ``s3:``) or a drive of Windows (``C:``).
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class RefusedPackage(ValueError):
    """A data package asks for something that a reader must not do."""


def inside(folder: Path, path: object, what: str) -> Path:
    """The file that a path of a descriptor names, which lies in the folder of the package.

    Parameters
    ----------
    folder
        Folder of the package.
    path
        What the descriptor has as the path: text as the Data Package standard (v2) allows it,
        relative, with ``/`` between its parts and without ``..``.
    what
        What the path is of, for the error.

    Raises
    ------
    RefusedPackage
        When the path is anything else, or a link on its way leads out of the package.
    """
    reason = _unsafe(path)
    if reason is None:
        found = folder / str(path)
        if found.resolve().is_relative_to(folder.resolve()):
            return found
        reason = "a link on it leads out of the package"
    raise RefusedPackage(f"{what}: the path {_shown(path)} is refused: {reason}; give a file of the package, as data/table.csv")


def _unsafe(path: object) -> str | None:
    """Why a path must not be followed; None where it may."""
    if not isinstance(path, str):
        return "it is no text; a table is one file"
    if not path or path != path.strip():
        return "it is empty, or has spaces around it"
    if CONTROL.search(path):
        return "it holds a NUL or another control character"
    if SCHEME.match(path):
        return "it is remote, or on a drive"
    if set(path) & set("*?["):
        return "it has a sign by which engines look for many files"
    if "\\" in path:
        return "it has a backslash, which Windows takes for a folder or another machine"
    if path.startswith(("/", "~")):
        return "it is absolute"
    if ".." in PurePosixPath(path).parts:
        return "it leads out of the package by .."
    if len(path) > 4 * KIB:
        return "it is longer than any file system allows"
    return None


def read_json(path: Path) -> dict[str, Any]:
    """Object of a JSON file, read strictly: each key once, no NaN, at most so large and so deep.

    Raises
    ------
    RefusedPackage
        When it is larger or deeper than `rare_earths.limits` allows, or no such object.
    """
    if (size := path.stat().st_size) > JSON_BYTES:
        raise RefusedPackage(f"{path.name} has {size:,} bytes; at most {JSON_BYTES:,} are read")
    try:
        found = json.loads(path.read_bytes().decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except RefusedPackage as error:
        raise RefusedPackage(f"{path.name}: {error}") from None
    except RecursionError:
        raise RefusedPackage(f"{path.name} is deeper than {JSON_DEPTH} levels") from None
    except ValueError as error:
        raise RefusedPackage(f"{path.name} is no JSON in UTF-8: {error}") from None
    if not isinstance(found, dict):
        raise RefusedPackage(f"{path.name} holds no JSON object")
    _check_depth(path.name, found)
    return found


def _check_depth(name: str, found: object) -> None:
    level = [found]
    for _ in range(JSON_DEPTH):
        inner = (value.values() if isinstance(value, dict) else value for value in level)
        level = [part for values in inner for part in values if isinstance(part, (dict, list))]
        if not level:
            return
    raise RefusedPackage(f"{name} is deeper than {JSON_DEPTH} levels")


def _unique(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise RefusedPackage(f"the key {_shown(key)} stands twice; readers disagree on which of the two counts")
        found[key] = value
    return found


def _no_constant(name: str) -> None:
    raise RefusedPackage(f"{name} is no value of JSON")


def check_descriptor(descriptor: dict[str, Any], folder: Path) -> None:
    """Refuse a descriptor that names anything to open but files of its package, one and one schema for each table.

    Raises
    ------
    RefusedPackage
        When it does, or has no list of resources with a name each.
    """
    if not isinstance(resources := descriptor.get("resources"), list):
        raise RefusedPackage("the descriptor has no list of resources")
    if (profile := descriptor.get("profile")) not in {None, "data-package", "tabular-data-package"}:
        raise RefusedPackage(f"the profile {_shown(profile)} is refused: it is not fetched; take it out")
    for resource in resources:
        check_resource(resource, folder)
    if len({resource["name"] for resource in resources}) < len(resources):
        raise RefusedPackage("two resources have one name")


def check_resource(resource: object, folder: Path) -> None:
    """Refuse a resource that names anything to open but one file and one schema of the package.

    Raises
    ------
    RefusedPackage
        When it does, or lacks its name.
    """
    if not isinstance(resource, dict) or not isinstance(resource.get("name"), str):
        raise RefusedPackage(f"the resource {_shown(resource)} has no name")
    name = resource["name"]
    if not re.fullmatch(r"[a-z0-9_.-]{1,100}", name):
        raise RefusedPackage(f"the resource name {_shown(name)} is refused: use a-z, 0-9, _ . - and at most 100 of them")
    inside(folder, resource.get("path"), f"the table {name}")
    if isinstance(resource.get("schema"), str):
        inside(folder, resource["schema"], f"the schema of {name}")
    elif not isinstance(resource.get("schema"), dict):
        raise RefusedPackage(f"the table {name} has no schema: an object, or the path of a file")
    for key in ELSEWHERE & resource.keys():
        raise RefusedPackage(f"the table {name} has {key}, by which other readers open more than its file: take it out")
    if not isinstance(resource.get("dialect", {}), dict):
        raise RefusedPackage(f"the dialect of {name} is no object; a path to one is not followed")


#: Properties by which frictionless opens other files, unpacks, or goes to the network.
ELSEWHERE = {"data", "extrapaths", "scheme", "compression", "innerpath", "basepath", "control", "profile"}


def check_schema(schema: dict[str, Any], what: str) -> None:
    """Refuse a schema whose columns an engine could not name.

    Raises
    ------
    RefusedPackage
        When a column has no name, a name that is no plain word, or the name of another column.
    """
    fields = schema.get("fields")
    if not isinstance(fields, list) or not fields or len(fields) > COLUMNS:
        raise RefusedPackage(f"{what} has no list of 1 to {COLUMNS:,} fields")
    names = [field.get("name") if isinstance(field, dict) else None for field in fields]
    for name in names:
        if not isinstance(name, str) or not re.fullmatch(r"\w[\w .-]{0,127}", name):
            raise RefusedPackage(f"{what}: the field name {_shown(name)} is refused: use letters, digits, _ . - and spaces")
    if len({name.lower() for name in names}) < len(names):
        raise RefusedPackage(f"{what}: two fields have one name; SQL does not tell capitals apart")


def check_header(path: Path) -> None:
    """Refuse a CSV whose first line is longer than any header.

    Raises
    ------
    RefusedPackage
        When it is; at most one byte more than a header may have is read.
    """
    with open(path, "rb") as file:
        if len(line := file.readline(LINE_BYTES + 1)) > LINE_BYTES:
            columns = line.count(b",") + 1
            raise RefusedPackage(
                f"{path.name}: the first line goes on after {LINE_BYTES:,} bytes and {columns:,} columns; "
                "a header of that size is not read: is this a CSV with line ends?"
            )


def _shown(value: object) -> str:
    """A value for a message, which never gets longer than a line."""
    text = repr(value)
    return text if len(text) <= 120 else f"{text[:100]}… ({len(text):,} characters)"
