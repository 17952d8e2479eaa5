"""The same commit gives the same bytes; a source that may not be passed on stops everything."""

import csv
import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import pytest

from scripts.tables import ROOT
from tests.checkout import Checkout, as_user
from tests.conftest import built

pytestmark = pytest.mark.release
NOBODY = 65534


@pytest.fixture
def elsewhere():
    """A folder that every user may enter, unlike those that pytest makes."""
    with tempfile.TemporaryDirectory(prefix="another place ") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


def other_user() -> int | None:
    """Another user, where we may become one."""
    try:
        subprocess.run([*as_user(NOBODY), sys.executable, "-c", ""], check=True, cwd="/", capture_output=True)
        return NOBODY
    except (OSError, subprocess.CalledProcessError):
        warnings.warn("the second run is not by another user: that takes root and setpriv", stacklevel=2)
        return None


def test_another_place_user_time_zone_locale_umask_and_hash_seed_give_the_same_bytes(elsewhere):
    """A whole release with its site, in a copy of the checkout, against the one in ``dist/``."""
    if not list(built("dist").glob("*-site.zip")):
        pytest.skip("needs the archive of the site: run `make release`")
    copy = Checkout(elsewhere / "copy", other_user())
    settings = {"TZ": "Asia/Kathmandu", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
    done = copy.run("-m", "scripts.release", "--site", umask=0o077, **settings)
    assert done.returncode == 0, done.stdout + done.stderr
    found, expected = (
        dict(reversed(line.split("  ", 1)) for line in (folder / "dist" / "SHA256SUMS").read_text().splitlines())
        for folder in (copy.folder, ROOT)
    )
    assert {name for name in expected | found if expected.get(name) != found.get(name)} == set()


def test_a_poisoned_row_goes_into_no_file_of_a_release(elsewhere):
    copy = Checkout(elsewhere / "copy")
    path = copy.folder / "data" / "sources.csv"
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    next(row for row in rows if row["source_id"] == "usgs-mcs-2025")["redistributable"] = "false"
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    assert copy.run("-m", "scripts.release").stderr.startswith("release: stale: datapackage.json, LICENSE-DATA")
    assert copy.run("-m", "scripts.describe").returncode == 0
    done = copy.run("-m", "scripts.release")
    assert done.returncode == 1
    assert "usgs-mcs-2025 may not be passed on" in done.stderr and "Traceback" not in done.stderr
    assert not (copy.folder / "dist").exists()
    held = (copy.folder / "LICENSE-DATA").read_text(encoding="utf-8").split("Held back\n")[1]
    assert "- U.S. Geological Survey, Mineral Commodity Summaries 2025.\n" in held
