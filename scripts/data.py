"""Make ``data/``: reference tables, then what the sources report, then what is derived from it.

Run ``python -m scripts.data``. It needs the raw files (``RARE_EARTHS_RAW``).
"""

from collections import defaultdict
from typing import Any

from scripts import describe, reports
from scripts.derive import MODULES as DERIVED
from scripts.ingest import MODULES as INGEST
from scripts.ingest.quotas_marked_elsewhere import mark_quotas
from scripts.ingest.raw import Raw
from scripts.reference import areas, elements
from scripts.tables import schema, write_table

Row = dict[str, Any]


def complete(table: str, rows: list[Row]) -> list[Row]:
    """Rows with every column of the schema, missing ones as None."""
    names = [field["name"] for field in schema(table)["fields"]]
    return [{name: row.get(name) if row.get(name) != "" else None for name in names} for row in rows]


def collect(raw: Raw) -> dict[str, list[Row]]:
    """All reference and reported rows."""
    found: dict[str, list[Row]] = defaultdict(list)
    for module in INGEST:
        found["sources"] += module.sources(raw)
        for table, rows in module.rows(raw).items():
            found[table] += rows
    found["elements"] = elements.rows()
    found["sources"] += elements.sources()
    tables = {table: complete(table, rows) for table, rows in found.items()}
    mark_quotas(tables["production_reported"])
    return tables


def main() -> None:
    """Write every table, the report on transcriptions and the descriptor."""
    raw = Raw()
    write_table("areas", areas.rows())
    tables = collect(raw)
    for table, module in DERIVED.items():
        tables[table] = complete(table, module.rows(tables))
    for table, rows in tables.items():
        write_table(table, rows)
        print(f"{table:24}{len(rows):7,} rows")
    reports.write_transcriptions([module.comparison(raw) for module in INGEST if hasattr(module, "comparison")])
    describe.main()


if __name__ == "__main__":
    main()
