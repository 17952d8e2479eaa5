"""RELEASE-NOTES.md: the changelog entry, the difference in numbers and what was checked."""

import json
from pathlib import Path
from typing import Any

from rare_earths.package import Package
from scripts.release.changelog import entry
from scripts.tables import write_text

CHECK = """\
## Check what you have

```console
sha256sum --check --ignore-missing SHA256SUMS
```

`contentHash` in `datapackage.json` is `{hash}`. It is the SHA-256 of what
`LC_ALL=C sha256sum *.csv` prints in the folder `data`, so it changes with the data only.
"""


def write_notes(folder: Path) -> None:
    """Write the notes."""
    package = Package(folder)
    descriptor = package.descriptor
    released = descriptor["created"][:10]
    parts = [f"# {descriptor['title']} {package.version} ({released})\n", entry(package.version, released) + "\n"]
    if (folder / "diff.json").is_file():
        parts.append(difference(json.loads((folder / "diff.json").read_text(encoding="utf-8"))))
    rows = sum(resource["rows"] for resource in descriptor["resources"])
    parts.append(
        f"## What is in it\n\n{len(package.tables)} tables with {rows:,} rows, as CSV, Parquet, one SQLite database and one\n"
        "workbook. All of it passed the validation: see `validation-report.json`.\n"
    )
    parts.append(CHECK.format(hash=descriptor["contentHash"]))
    write_text(folder / "RELEASE-NOTES.md", "\n".join(parts))


def difference(diff: dict[str, Any]) -> str:
    """The part on what changed, from ``diff.json``."""
    lines = [f"## Against {diff['old']}", ""]
    counted = [(table["table"], table["counts"]) for table in diff["tables_changed"] if any(table["counts"].values())]
    counted += [(item["table"], {"added": item["rows"]}) for item in diff["tables_added"]]
    counted += [(item["table"], {"removed": item["rows"]}) for item in diff["tables_removed"]]
    if counted:
        names = ("added", "removed", "changed", "cells")
        lines += ["| table | rows added | removed | changed | cells |", "|---|--:|--:|--:|--:|"]
        lines += [f"| `{table}` | {' | '.join(f'{counts.get(n, 0):,}' for n in names)} |" for table, counts in sorted(counted)]
    else:
        lines.append("No row was added, removed or changed.")
    schemas = [table["schema"] for table in diff["tables_changed"]]
    if changes := sum(len(part) for schema in schemas for part in schema.values()):
        lines += ["", f"In the schemas: {changes} changes of properties and fields, listed in `diff.json`."]
    return "\n".join(lines) + "\n"
