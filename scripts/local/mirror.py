"""Mirror gaps with rows of one's own: ``python -m scripts.local.mirror`` writes ``local/trade_mirror.csv``."""

from pathlib import Path

from scripts.derive import trade_mirror
from scripts.ingest.rows import Row
from scripts.local import extension
from scripts.tables import csv_text, schema, write_text


def rows(root: Path = extension.LOCAL) -> list[Row]:
    """Rows of ``trade_mirror`` from the flows of the package and of all local folders."""
    return trade_mirror.rows({"trade_flows": extension.joined("trade_flows", root)})


def main() -> None:
    """Write the table."""
    found = rows()
    path = extension.LOCAL / "trade_mirror.csv"
    write_text(path, csv_text(found, schema("trade_mirror")))
    print(f"{len(found):,} rows in {extension.shown(path)}")


if __name__ == "__main__":
    main()
