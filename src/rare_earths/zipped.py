"""Unpack a data package that comes as one zip, entry by entry, and never more than it may be."""

from __future__ import annotations

import stat
import struct
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from rare_earths.limits import KIB, MIB, ZIP_BYTES, ZIP_ENTRIES, ZIP_RATIO, ZIP_RATIO_FROM
from rare_earths.safety import RefusedPackage, inside

ENCRYPTED = 0x1
#: Marks of the record at the end, and of the one that only very large zips have (PKWARE APPNOTE 6.3, 4.3.14-16).
END, ZIP64 = b"PK\x05\x06", b"PK\x06\x07"
END_AT_MOST = 22 + 20 + 2**16


def unpacked(path: Path, descriptor: str) -> tuple[tempfile.TemporaryDirectory[str], Path]:
    """Unpack a zip into a temporary folder.

    Parameters
    ----------
    path
        The zip.
    descriptor
        Name of the file that marks the folder of the package: at the top of the zip, or in its only folder.

    Returns
    -------
    tuple
        The temporary folder, which is removed when it is forgotten, and the folder of the package in it.

    Raises
    ------
    RefusedPackage
        When the zip is none, holds a name that leaves the folder, a link, an encrypted entry or
        one name twice, or unpacks to more than `rare_earths.limits` allows. Nothing is left behind.
    """
    _check_end(path)
    temporary = tempfile.TemporaryDirectory(prefix="rare-earths-")
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check(path.name, entries)
            left = min(ZIP_BYTES, ZIP_RATIO_FROM + ZIP_RATIO * path.stat().st_size)
            for entry in entries:
                left -= _unpack(path.name, archive, entry, Path(temporary.name), left)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, zipfile.zlib.error) as error:
        temporary.cleanup()
        raise RefusedPackage(f"{path.name} cannot be unpacked: {error}") from error
    except RefusedPackage:
        temporary.cleanup()
        raise
    return temporary, _root(Path(temporary.name), descriptor)


def _check_end(path: Path) -> None:
    """Refuse a zip whose directory is too large to be read; it stands in the record at the end of the file."""
    with open(path, "rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - END_AT_MOST))
        end = file.read()
    place = end.rfind(END)
    if place < 0 or len(end) < place + 22 or ZIP64 in end:
        raise RefusedPackage(f"{path.name} is no zip, or one for files above 4 GiB, which no package needs")
    count, length = struct.unpack_from("<HI", end, place + 10)
    if count > ZIP_ENTRIES or length > ZIP_ENTRIES * KIB:
        raise RefusedPackage(f"{path.name} says to hold {count:,} entries or more; at most {ZIP_ENTRIES:,} are unpacked")


def _check(name: str, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse what the directory of a zip says already; it may lie, so sizes are counted again."""
    if (size := sum(entry.file_size for entry in entries)) > ZIP_BYTES:
        raise RefusedPackage(f"{name} unpacks to {size:,} bytes; at most {ZIP_BYTES:,} are unpacked")
    seen = set()
    for entry in entries:
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise RefusedPackage(f"{name}: {entry.filename!r} is a link, which a package has no use for")
        if entry.flag_bits & ENCRYPTED:
            raise RefusedPackage(f"{name}: {entry.filename!r} is encrypted")
        # Names that differ in capitals only are one file on Windows and macOS.
        if (key := entry.filename.casefold()) in seen:
            raise RefusedPackage(f"{name}: {entry.filename!r} stands twice")
        seen.add(key)


def _unpack(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, left: int) -> int:
    """Write one entry; returns its size."""
    target = inside(folder, entry.orig_filename, f"an entry of {name}")
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with archive.open(entry) as source, open(target, "xb") as file:
        while block := source.read(MIB):
            size += len(block)
            if size > ZIP_RATIO_FROM and size > ZIP_RATIO * entry.compress_size:
                raise RefusedPackage(f"{name}: {entry.filename!r} unpacks to more than {ZIP_RATIO} times its size: a bomb")
            if size > left:
                raise RefusedPackage(f"{name} unpacks to more than an honest zip of its size: a bomb")
            file.write(block)
    return size


def _root(folder: Path, descriptor: str) -> Path:
    """Folder of the package: where its descriptor lies."""
    inner = [path for path in folder.iterdir()]
    if not (folder / descriptor).is_file() and len(inner) == 1 and (inner[0] / descriptor).is_file():
        return inner[0]
    return folder


def is_zip(path: Path) -> bool:
    """Whether a path is a file that says to be a zip."""
    return path.is_file() and PurePosixPath(path.name).suffix.lower() == ".zip"
