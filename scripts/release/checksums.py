"""SHA256SUMS of a release folder."""

import hashlib
from pathlib import Path

from scripts.release.archive import below
from scripts.tables import write_text

NAME = "SHA256SUMS"


def write_checksums(folder: Path) -> None:
    """Write ``SHA256SUMS`` of every file, as ``sha256sum --check`` reads it."""
    files = [path for path in below(folder) if path.name != NAME]
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files]
    write_text(folder / NAME, "".join(lines))
