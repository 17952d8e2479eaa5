"""The page Versions: every release with its hashes, and what changed in this one."""

import json
import re
from collections import Counter
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
#: A property of fields that changed in more places than this is told once for all of them.
ALIKE = 5


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


def told(found: dict[str, Any] | None) -> dict[str, Any]:
    """A difference in the order to tell it: what is alike in many fields apart from what each table has of its own.

    Returns
    -------
    dict
        ``alike``: changes of fields by property; ``reasons``: those for the version but for what is alike, and ``alike_bump``, the
        part of the version that this raises; ``changed``: tables with what is their own.
    """
    if found is None or found["bump"] is None:
        return {}
    changes = [
        {"table": table["table"], **change} for table in found["tables_changed"] for change in table["schema"]["changes"]
    ]
    counts = Counter(change["property"] for change in changes if change["field"])
    often = {name: [] for name, count in counts.items() if count > ALIKE}
    for change in changes:
        if change["field"] and change["property"] in often:
            often[change["property"]].append(change)
    begun = {name: tuple(f"{one['table']}: {one['field']}: {name} was " for one in many) for name, many in often.items()}
    said = {name: [r for r in found["bump_reasons"] if r["reason"].startswith(begun[name])] for name in often}
    folded = [reason for many in said.values() for reason in many]
    own = [
        table | {"schema": table["schema"] | {"changes": [c for c in table["schema"]["changes"] if c["property"] not in often]}}
        for table in found["tables_changed"]
    ]
    return {
        "alike": often,
        "alike_bump": {name: many[0]["bump"] for name, many in said.items() if many},
        "reasons": [reason for reason in found["bump_reasons"] if reason not in folded],
        "changed": [table for table in own if any(table["schema"].values()) or any(table["counts"].values())],
    }


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
    found = difference(release)
    return page(
        "versions.md.j2",
        version=release.package.version,
        entries=entries(release),
        difference=found,
        told=told(found),
        offered=offered,
        shown=SHOWN,
        rule=rule(),
    )
