"""Whether Spark can run here: it needs its package and Java."""

import shutil
from importlib.util import find_spec


def missing() -> str | None:
    """What Spark lacks here; None where it can run."""
    if find_spec("pyspark") is None:
        return "the extra `spark` is not installed"
    return None if shutil.which("java") else "there is no Java"


def engines() -> list[str]:
    """Engines that can run here."""
    return ["duckdb"] if missing() else ["duckdb", "spark"]
