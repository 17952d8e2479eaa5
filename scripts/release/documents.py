"""Documents of the repository that a release holds, and the bibliography."""

import shutil
from pathlib import Path

from rare_earths.citing import cite
from rare_earths.package import Package
from scripts.tables import ROOT, write_text

DOCUMENTS = ("LICENSE", "LICENSE-DATA", "CITATION.cff", "CHANGELOG.md")


def write_documents(folder: Path) -> None:
    """Copy the documents."""
    for name in DOCUMENTS:
        shutil.copyfile(ROOT / name, folder / name)


def write_bibliography(folder: Path) -> None:
    """Write ``sources.bib``: the package and every source."""
    write_text(folder / "sources.bib", cite("sources", package=Package(folder)))
