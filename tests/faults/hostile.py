"""Packages that ask a reader for what it must not do, and what the refusal says."""

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from rare_earths.package import DESCRIPTOR

FIELDS = [{"name": "area", "type": "string"}, {"name": "figure", "type": "number"}]
SCHEMA = {"name": "rows", "fields": FIELDS, "primaryKey": ["area"]}


class Hostile(NamedTuple):
    """A package that must be refused.

    Attributes
    ----------
    name
        What it does.
    make
        Makes it in a folder; returns what is given to a reader: the folder, or a zip.
    says
        Part of the refusal.
    """

    name: str
    make: Callable[[Path], Path]
    says: str


def package(folder: Path, **changed: Any) -> Path:
    """A small sound package, with some properties of its resource changed."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "data" / "rows.csv").write_text("area,figure\nCHN,1\n", encoding="utf-8")
    resource = {"name": "rows", "path": "data/rows.csv", "schema": SCHEMA, "rows": 1, "bytes": 18, "hash": "sha256:"} | changed
    (folder / DESCRIPTOR).write_text(json.dumps({"name": "p", "version": "1", "resources": [resource]}), encoding="utf-8")
    return folder


def path_of(path: Any) -> Callable[[Path], Path]:
    return lambda folder: package(folder, path=path)


def pattern(text: str) -> Callable[[Path], Path]:
    field = {"name": "area", "type": "string", "constraints": {"pattern": text}}
    return lambda folder: package(folder, schema=SCHEMA | {"fields": [field, FIELDS[1]]})


def link(folder: Path) -> Path:
    outside = folder.parent / "outside.csv"
    outside.write_text("area,figure\nCHN,1\n", encoding="utf-8")
    package(folder)
    (folder / "data" / "rows.csv").unlink()
    (folder / "data" / "rows.csv").symlink_to(outside)
    return folder


def linked_folder(folder: Path) -> Path:
    package(folder)
    (folder / "data").rename(folder.parent / "elsewhere")
    (folder / "data").symlink_to(folder.parent / "elsewhere", target_is_directory=True)
    return folder


def text(content: str | bytes) -> Callable[[Path], Path]:
    """A descriptor with this text."""

    def make(folder: Path) -> Path:
        package(folder)
        (folder / DESCRIPTOR).write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return make


def zipped(*entries: tuple[str, bytes], mode: int = 0o644, flags: int = 0) -> Callable[[Path], Path]:
    """A zip with these entries beside a sound package."""

    def make(folder: Path) -> Path:
        package(folder / "sound")
        path = folder / "package.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in (DESCRIPTOR, "data/rows.csv"):
                archive.write(folder / "sound" / name, name)
            for name, content in entries:
                info = zipfile.ZipInfo(name)
                info.external_attr = mode << 16
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, content)
        return path

    return make


def lying_zip(folder: Path) -> Path:
    """A zip whose directory says that a bomb is small."""
    path = zipped(("bomb.csv", b"0" * 300_000_000))(folder)
    content = path.read_bytes()
    path.write_bytes(content.replace((300_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little")))
    return path


def many_entries(folder: Path) -> Path:
    return zipped(*((f"data/{number}.csv", b"") for number in range(6_000)))(folder)


def not_a_zip(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "package.zip"
    path.write_bytes(os.urandom(10_000))
    return path


HOSTILE = (
    Hostile("path by ..", path_of("../outside.csv"), r"leads out of the package by \.\."),
    Hostile("path by .. within", path_of("data/../../outside.csv"), r"leads out of the package by \.\."),
    Hostile("absolute path", path_of("/etc/passwd"), "absolute"),
    Hostile("path of the home folder", path_of("~/rows.csv"), "absolute"),
    Hostile("http", path_of("http://example.org/rows.csv"), "remote"),
    Hostile("file:", path_of("file:///etc/passwd"), "remote"),
    Hostile("s3", path_of("s3://bucket/rows.csv"), "remote"),
    Hostile("drive of Windows", path_of("C:/rows.csv"), "remote, or on a drive"),
    Hostile("another machine", path_of("\\\\server\\share\\rows.csv"), "backslash"),
    Hostile("two slashes", path_of("//server/share/rows.csv"), "absolute"),
    Hostile("NUL in a path", path_of("data/rows.csv\x00.png"), "NUL"),
    Hostile("list of paths", path_of(["data/rows.csv", "data/rows.csv"]), "no text"),
    Hostile("number for a path", path_of(7), "no text"),
    Hostile("no path", path_of(None), "no text"),
    Hostile("many files by a star", path_of("data/*.csv"), "many files"),
    Hostile("link out of the package", link, "a link on it leads out"),
    Hostile("folder that is a link", linked_folder, "a link on it leads out"),
    Hostile("remote schema", lambda f: package(f, schema="https://example.org/rows.json"), "remote"),
    Hostile("schema outside", lambda f: package(f, schema="../../schema.json"), r"by \.\."),
    Hostile("no schema", lambda f: package(f, schema=None), "no schema"),
    Hostile("extra paths", lambda f: package(f, extrapaths=["/etc/passwd"]), "extrapaths"),
    Hostile("dialect by path", lambda f: package(f, dialect="../dialect.json"), "dialect"),
    Hostile("name that is a path", lambda f: package(f, name="../rows"), "resource name"),
    Hostile(
        "SQL in a column name",
        lambda f: package(f, schema=SCHEMA | {"fields": [{"name": "a': 'VARCHAR'}); --", "type": "string"}]}),
        "field name",
    ),
    Hostile("two columns of one name", lambda f: package(f, schema=SCHEMA | {"fields": [*FIELDS, FIELDS[0]]}), "one name"),
    Hostile(
        "too many columns",
        lambda f: package(f, schema=SCHEMA | {"fields": [{"name": f"c{n}", "type": "string"} for n in range(5_000)]}),
        "no list of 1 to 1,000 fields",
    ),
    Hostile("key twice", text('{"resources": [], "resources": []}'), "stands twice"),
    Hostile("NaN in a descriptor", text('{"resources": [], "bytes": NaN}'), "NaN is no value"),
    Hostile("list for a descriptor", text("[]"), "no JSON object"),
    Hostile("descriptor that is no JSON", text("{"), "no JSON"),
    Hostile("descriptor in Latin-1", text(b'{"title": "\xe9"}'), "no JSON in UTF-8"),
    Hostile("no resources", text('{"name": "p"}'), "no list of resources"),
    Hostile("remote profile", text('{"profile": "https://example.org/p.json", "resources": []}'), "profile"),
    Hostile("deep descriptor", text("[" * 100_000 + "]" * 100_000), "deeper than 64 levels"),
    Hostile("rather deep descriptor", text('{"a": ' + "[" * 100 + "]" * 100 + "}"), "deeper than 64 levels"),
    Hostile("gigantic descriptor", text('{"a": "' + "x" * 9_000_000 + '"}'), "at most 8,388,608"),
    Hostile("zip that leaves its folder", zipped(("../../evil.csv", b"x")), r"by \.\."),
    Hostile("zip with an absolute name", zipped(("/etc/evil.csv", b"x")), "absolute"),
    Hostile("zip with a name of Windows", zipped(("data\\..\\..\\evil.csv", b"x")), "backslash"),
    Hostile("zip with a link", zipped(("data/link.csv", b"/etc/passwd"), mode=0o120777), "is a link"),
    Hostile("zip with a name twice", zipped(("DATA/rows.csv", b"x")), "stands twice"),
    Hostile("zip bomb", zipped(("bomb.csv", b"0" * 300_000_000)), "a bomb"),
    Hostile("zip bomb that lies", lying_zip, "cannot be unpacked|a bomb"),
    Hostile("bomb of many small files", zipped(*((f"{n}.csv", b"0" * 900_000) for n in range(700))), "a bomb"),
    Hostile("zip of very many entries", many_entries, "at most 5,000"),
    Hostile("zip that is none", not_a_zip, "no zip"),
)

#: Refused by validation, which is what runs patterns.
PATTERNS = (
    Hostile("repetition of a repetition", pattern("^([A-Z]+)+$"), "exponentially"),
    Hostile("nothing, repeated", pattern("^([A-Z]*)*$"), "may be empty"),
    Hostile("alternatives that overlap", pattern("^(A|A[A-Z])+$"), "exponentially"),
    Hostile("two repetitions that share text", pattern("^[A-Z]*[A-Z0-9]*$"), "square"),
    Hostile("many optional parts", pattern("^" + "A?" * 40 + "A" * 40 + "$"), "optional parts"),
    Hostile("million places", pattern("^([A-Z]{1000}){1000}$"), "1,000 places"),
    Hostile("reference", pattern(r"^([A-Z])\1$"), "engines differ"),
    Hostile("look ahead", pattern("^(?=[A-Z])[A-Z]$"), "engines differ"),
    Hostile("digits of all scripts", pattern(r"^\d+$"), "engines differ"),
    Hostile("no anchor", pattern("[A-Z]"), "anchored"),
    Hostile("no pattern at all", pattern("^([A-Z]$"), "no pattern"),
    Hostile("long pattern", pattern("^" + "A" * 3_000 + "$"), "2,000 characters"),
    Hostile("no text", pattern(7), "no text"),
)
