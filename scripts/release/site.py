"""The site, built from the release in ``dist/``, and the archive of it.

``python -m scripts.release.site`` builds the site alone.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
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
    if subprocess.run([sys.executable, "-m", "scripts.pages"], env=environment, cwd=ROOT).returncode:
        raise ReleaseError("the site cannot be built: `python -m scripts.pages` failed, see above")
    build_strictly(ROOT / "mkdocs.yml", beside, environment)
    shutil.rmtree(SITE, ignore_errors=True)
    beside.rename(SITE)


def build_strictly(config: Path, target: Path, environment: Mapping[str, str]) -> None:
    """Build a site in which every warning is an error.

    Raises
    ------
    ReleaseError
        With what was wrong: a broken link or anchor, a page that no navigation names, a docstring that cannot be read.
    """
    # With --quiet a warning is not even counted, and --strict lets everything pass.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(config), "--site-dir", str(target)]
    done = subprocess.run(command, env=environment, cwd=config.parent, capture_output=True, text=True)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if not line.startswith("INFO")]
        raise ReleaseError("\n".join(["the site cannot be built:", *said]))


def archive_name(dist: Path = DIST) -> str:
    """Name of the archive of the site."""
    return f"{stem(dist)}-site.zip"


def write_site_archive(dist: Path = DIST) -> None:
    """Write ``rare-earths-{version}-site.zip``: what a web server is given, without a folder around it."""
    write_zip(dist / archive_name(dist), [(file.relative_to(SITE).as_posix(), file) for file in below(SITE)])


if __name__ == "__main__":
    build_site()
