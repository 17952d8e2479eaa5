"""A copy of the checkout elsewhere, for tests that run whole commands in it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.tables import ROOT


class Checkout:
    """A copy of the files that git knows, with the same history.

    Parameters
    ----------
    folder
        Where to; it must not exist.
    user
        Number of the user that commands run as; None: who runs the tests.
    """

    def __init__(self, folder: Path, user: int | None = None):
        self.folder, self.user = folder, user
        listed = subprocess.run(["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
        if listed.returncode:
            pytest.skip("needs a git checkout, to copy it")
        for name in filter(None, listed.stdout.split("\0")):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, folder / name)
        git = subprocess.run(["git", "rev-parse", "--absolute-git-dir"], cwd=ROOT, capture_output=True, text=True)
        if git.returncode == 0:
            (folder / ".git").write_text(f"gitdir: {git.stdout}", encoding="utf-8")
        if user is not None:
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, user, user)

    def run(self, *arguments: str, umask: int = -1, **environment: str) -> subprocess.CompletedProcess:
        """Run ``python`` with these arguments in the copy, on the modules of the copy."""
        settings = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder / ".cache"),
            "PYTHONPATH": str(self.folder / "src"),
            # Git refuses a folder of another user unless told otherwise.
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
        }
        command = [*as_user(self.user), sys.executable, *arguments]
        return subprocess.run(command, cwd=self.folder, env=settings | environment, capture_output=True, text=True, umask=umask)


def as_user(user: int | None) -> list[str]:
    """The beginning of a command that makes it another user, who may still read a Python in a closed folder."""
    if user is None:
        return []
    read = "+dac_read_search"
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", f"--inh-caps={read}", f"--ambient-caps={read}"]
