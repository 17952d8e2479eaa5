"""What ``pyproject.toml`` says of the package: the one home of its name, version and licences."""

import tomllib
from typing import Any

from scripts.tables import ROOT


def project() -> dict[str, Any]:
    """Table ``[project]`` with ``[tool.rare-earths]`` merged in."""
    document = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return document["project"] | document["tool"]["rare-earths"]
