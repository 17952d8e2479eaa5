"""Zip archives with the same bytes everywhere: order, times and permissions are fixed."""

import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

#: The first moment that a zip archive can name; a file's own time says nothing of its content.
EPOCH = (1980, 1, 1, 0, 0, 0)
PERMISSIONS = 0o100644 << 16
UNIX = 3


def write_zip(path: Path, files: Iterable[tuple[str, Path | bytes]]) -> None:
    """Write a zip archive, whole or not at all.

    Parameters
    ----------
    path
        The archive.
    files
        Names in the archive, and the files themselves or what they hold.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with zipfile.ZipFile(beside, "w") as archive:
            for name, file in sorted(files, key=lambda entry: entry[0]):
                entry = zipfile.ZipInfo(name, EPOCH)
                entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, PERMISSIONS, UNIX
                archive.writestr(entry, file if isinstance(file, bytes) else file.read_bytes())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def below(folder: Path) -> list[Path]:
    """All files in a folder, in the order of their paths."""
    return sorted(path for path in folder.rglob("*") if path.is_file())
