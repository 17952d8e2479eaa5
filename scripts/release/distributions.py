"""The wheel and the source distribution, both with the Parquet package inside."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from scripts.project import project
from scripts.tables import ROOT


def build_distributions(folder: Path) -> None:
    """Build both.

    Raises
    ------
    subprocess.CalledProcessError
        When the build fails; what it printed stands on standard error.
    """
    released = datetime.fromisoformat(project()["released"]).replace(tzinfo=UTC)
    environment = os.environ | {
        "SOURCE_DATE_EPOCH": str(int(released.timestamp())),
        "PYTHONHASHSEED": "0",
        "RARE_EARTHS_BUNDLE": str(folder / "parquet"),
    }
    command = [sys.executable, "-m", "build", "--wheel", "--sdist", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
