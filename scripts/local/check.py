"""The rules of the package on rows of one's own: ``python -m scripts.local.check``.

The rule that keeps a source which is not redistributable out of a release is the only one left
out: such rows are what ``local/`` is for.
"""

import json
import sys
import tempfile
from pathlib import Path

from rare_earths.package import DESCRIPTOR
from rare_earths.validate import Report, show, validate
from scripts.describe import resource
from scripts.local import extension
from scripts.tables import csv_text, schema, tables, write_text

LEFT_OUT = "redistributable"
#: Of the first the package's own rows are checked once more, of the last only those of one's own.
CHECKED = ["sources", "trade_flows"]


def check(root: Path = extension.LOCAL) -> Report:
    """What the rules find in the rows of all local folders, looked up in the tables of the package and in theirs.

    Parameters
    ----------
    root
        Folder of all local folders.
    """
    with tempfile.TemporaryDirectory() as folder:
        resources = []
        for table in tables():
            rows = extension.read(table, root) if table == CHECKED[-1] else extension.joined(table, root)
            path = Path(folder) / "data" / f"{table}.csv"
            write_text(path, csv_text(rows, schema(table)))
            resources.append(resource(table, path, f"data/{table}.csv", schema(table), len(rows)))
        write_text(Path(folder) / DESCRIPTOR, json.dumps({"name": "local", "resources": resources}))
        report = validate(folder, tables=CHECKED, conformance=False)
    report.results = [result for result in report.results if result.rule != LEFT_OUT]
    return report


def main() -> None:
    """Check, and end with status 1 where a rule is broken."""
    report = check()
    show(report)
    sys.exit(0 if report.valid else 1)


if __name__ == "__main__":
    main()
