"""The validation of what is released, and its report."""

import json
from pathlib import Path

from rare_earths.validate import show, validate
from scripts.release import ReleaseError
from scripts.tables import write_text


def write_report(folder: Path) -> None:
    """Write ``validation-report.json``.

    Raises
    ------
    ReleaseError
        When the package is not valid; the problems are printed.
    """
    report = validate(folder)
    if not report.valid:
        show(report)
        raise ReleaseError("the package is not valid; mend the problems above, or run `rare-earths validate .`")
    write_text(folder / "validation-report.json", json.dumps(report.as_json(), indent=2, ensure_ascii=False) + "\n")
