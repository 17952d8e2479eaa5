"""The wheel and the source distribution, both with the Parquet package inside."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from scripts.project import project
from scripts.release import ReleaseError
from scripts.tables import ROOT


def epoch() -> str:
    """Day of the release as tools for reproducible builds read it: seconds since 1970."""
    return str(int(datetime.fromisoformat(project()["released"]).replace(tzinfo=UTC).timestamp()))


def build_distributions(folder: Path) -> None:
    """Build both.

    Raises
    ------
    ReleaseError
        When the build fails, with what it printed.
    """
    environment = os.environ | {
        "SOURCE_DATE_EPOCH": epoch(),
        "PYTHONHASHSEED": "0",
        "RARE_EARTHS_BUNDLE": str(folder / "parquet"),
    }
    command = [sys.executable, "-m", "build", "--wheel", "--sdist", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise ReleaseError(f"the wheel and the source distribution cannot be built:\n{done.stdout}{done.stderr}")
