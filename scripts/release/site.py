"""The site, built from the release in ``dist/``, and the archive of it.

``python -m scripts.release.site`` builds the site alone.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.release import DIST, ReleaseError
from scripts.release.archive import below, write_zip
from scripts.release.bundle import stem
from scripts.release.distributions import epoch
from scripts.tables import ROOT

SITE = ROOT / "site"


def build_site() -> None:
    """Write the generated pages and build the site; an older site stays until the new one is whole.

    Raises
    ------
    ReleaseError
        When the pages or the site cannot be built; what went wrong stands on standard error.
    """
    # The theme warns of a future mkdocs that this project does not use.
    environment = os.environ | {"SOURCE_DATE_EPOCH": epoch(), "PYTHONHASHSEED": "0", "NO_MKDOCS_2_WARNING": "1"}
    beside = SITE.with_name(".site.part")
    shutil.rmtree(beside, ignore_errors=True)
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(beside)]
    for command in ([sys.executable, "-m", "scripts.pages"], mkdocs):
        if subprocess.run(command, env=environment, cwd=ROOT).returncode:
            raise ReleaseError(f"the site cannot be built: `{' '.join(command[1:3])}` failed, see above")
    shutil.rmtree(SITE, ignore_errors=True)
    beside.rename(SITE)


def archive_name(dist: Path = DIST) -> str:
    """Name of the archive of the site."""
    return f"{stem(dist)}-site.zip"


def write_site_archive(dist: Path = DIST) -> None:
    """Write ``rare-earths-{version}-site.zip``: what a web server is given, without a folder around it."""
    write_zip(dist / archive_name(dist), [(file.relative_to(SITE).as_posix(), file) for file in below(SITE)])


if __name__ == "__main__":
    build_site()
