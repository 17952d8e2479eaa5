"""Add the release in ``dist/`` to the index that is shipped with the package.

Run ``python -m scripts.index_release`` once the release is published: it writes the hashes of the two descriptors,
which hold those of the tables, into ``src/rare_earths/releases.json``. An entry that is there never changes.
"""

import json
import sys
from pathlib import Path
from typing import Any

from rare_earths.cache import digest
from rare_earths.diffing.removals import number
from rare_earths.package import DESCRIPTOR, Package
from rare_earths.releases import INDEX
from scripts.release import DIST
from scripts.tables import write_text


def entry(folder: Path) -> dict[str, str]:
    """The entry of a release folder."""
    package = Package(folder)
    names = (DESCRIPTOR, f"parquet/{DESCRIPTOR}")
    return {
        "version": package.version,
        "released": package.descriptor["created"][:10],
        **{name: digest(folder / name) for name in names},
    }


def added(document: dict[str, Any], new: dict[str, str]) -> dict[str, Any]:
    """The index with an entry more, in the order of the versions.

    Raises
    ------
    ValueError
        When the index has that version with other hashes.
    """
    entries = {old["version"]: old for old in document["releases"]}
    known = entries.setdefault(new["version"], new)
    if known != new:
        raise ValueError(
            f"the index has {new['version']} with other hashes: a published release never changes; "
            "set a new version in pyproject.toml and build again"
        )
    return document | {"releases": sorted(entries.values(), key=lambda one: number(one["version"]))}


def main() -> None:
    """Write the index."""
    document = json.loads(INDEX.read_text(encoding="utf-8"))
    try:
        document = added(document, entry(DIST))
    except (FileNotFoundError, ValueError) as error:
        sys.exit(str(error))
    write_text(INDEX, json.dumps(document, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
