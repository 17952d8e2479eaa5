"""Copies of the package that a test may break: the whole of it, or one with its largest table thinned out."""

import csv
import json
import shutil
from pathlib import Path

from rare_earths.package import DESCRIPTOR
from scripts.describe import resource
from scripts.tables import ROOT

Row = dict[str, str]
#: Every so many rows of trade flows stay in a thinned package, beside the rows that figures elsewhere rest on.
STEP = 400
#: A reporter with few rows, all of which stay.
WHOLE = "ABW"
SIDES = ("exporter", "importer", "reconciled")


class Copy:
    """A copy of a package that a test may break.

    Parameters
    ----------
    folder
        Where the copy is made.
    base
        The package that is copied.
    """

    def __init__(self, folder: Path, base: Path = ROOT):
        self.folder = folder
        for name in ("data", "schemas"):
            shutil.copytree(base / name, folder / name)
        shutil.copyfile(base / DESCRIPTOR, folder / DESCRIPTOR)

    def path(self, table: str) -> Path:
        return self.folder / "data" / f"{table}.csv"

    def rows(self, table: str) -> list[Row]:
        with open(self.path(table), encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write_bytes(self, table: str, content: bytes) -> None:
        self.path(table).write_bytes(content)

    def write(self, table: str, rows: list[Row]) -> None:
        with open(self.path(table), "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        self.refresh(table)

    def refresh(self, table: str, rows: int | None = None) -> None:
        """Bring the hash in the descriptor up to date, so that only the fault itself is found."""
        descriptor = json.loads((self.folder / DESCRIPTOR).read_text(encoding="utf-8"))
        for place, old in enumerate(descriptor["resources"]):
            if old["name"] == table:
                count = old["rows"] if rows is None else rows
                new = resource(table, self.path(table), f"data/{table}.csv", f"schemas/{table}.json", count)
                descriptor["resources"][place] = new
        (self.folder / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")


def thinned(folder: Path) -> Copy:
    """A package like ours in which trade flows are a few hundred of its real rows; every rule holds in it."""
    package = Copy(folder)
    cited = {
        (row[f"{side}_source_id"], row[f"{side}_locator"], row["period"])
        for row in package.rows("trade_mirror")
        for side in SIDES
    }
    rows = [
        row
        for number, row in enumerate(package.rows("trade_flows"))
        if number % STEP == 0
        or row["basis"] == "quoted"
        or row["reporter"] == WHOLE
        or row["source_id"].startswith("usgs-")
        or (row["source_id"], row["locator"], row["period"]) in cited
    ]
    package.write("trade_flows", rows)
    package.refresh("trade_flows", len(rows))
    return package
