"""The page Versions: every release with its hashes, and what changed in this one."""

import json
import re
from importlib import resources
from pathlib import Path
from typing import Any

from rare_earths.diffing import bump
from rare_earths.diffing.removals import number
from rare_earths.package import DESCRIPTOR
from rare_earths.releases import Release as Entry
from rare_earths.releases import index
from scripts.site.release import Release
from scripts.site.render import page
from scripts.tables import write_text

#: Rows of each kind that the page shows of a table; the files hold all.
SHOWN = 20
SCHEMA = "diff.schema.json"


def entries(release: Release) -> list[Entry]:
    """All versions, newest first: those of the index, and this release."""
    package = release.package
    hashes = [release.file(name).sha256 for name in (DESCRIPTOR, f"parquet/{DESCRIPTOR}")]
    current = Entry(package.version, package.descriptor["created"][:10], *hashes)
    known = index() | {package.version: current}
    return sorted(known.values(), key=lambda entry: number(entry.version), reverse=True)


def difference(release: Release) -> dict[str, Any] | None:
    """What changed since the release before, as the release says it; None where it does not."""
    path = release.folder / "diff.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def rule() -> str:
    """The rule for the parts of a version, as the library has it, in Markdown."""
    _, _, text = bump.__doc__.partition("\n\n")
    text = re.sub(r"^``(\w+)``\n    (.+?)(?=\n\S|\n\n)", _definition, text, flags=re.M | re.S)
    return re.sub(r"(https://[^\s)]+)", r"<\1>", text).strip()


def _definition(found: re.Match) -> str:
    return f"\n`{found[1]}`\n:   {found[2]}\n"


def copy_schema(folder: Path) -> None:
    """Put the schema that a difference follows beside the page."""
    text = resources.files("rare_earths").joinpath(SCHEMA).read_text(encoding="utf-8")
    write_text(folder / SCHEMA, text)


def versions_page(release: Release) -> str:
    """The page."""
    offered = {file.path: file for file in release.files()}
    return page(
        "versions.md.j2",
        version=release.package.version,
        entries=entries(release),
        difference=difference(release),
        offered=offered,
        shown=SHOWN,
        rule=rule(),
    )
