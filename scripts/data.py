"""Make ``data/``: reference tables, then what the sources report, then what is derived from it.

Run ``python -m scripts.data``. It needs the raw files (``RARE_EARTHS_RAW``).
"""

from collections import defaultdict
from typing import Any

from scripts import describe, licences, reports
from scripts.derive import MODULES as DERIVED
from scripts.ingest import MODULES as INGEST
from scripts.ingest.quotas_marked_elsewhere import mark_quotas
from scripts.ingest.raw import Raw
from scripts.reference import areas, elements, products
from scripts.tables import schema, write_table

Row = dict[str, Any]


def complete(table: str, rows: list[Row]) -> list[Row]:
    """Rows with every column of the schema, missing ones as None."""
    names = [field["name"] for field in schema(table)["fields"]]
    return [{name: row.get(name) if row.get(name) != "" else None for name in names} for row in rows]


def _once(sources: list[Row]) -> list[Row]:
    """Sources, each once; two modules may read the same page but must describe it alike."""
    once: dict[str, Row] = {}
    for source in sources:
        if once.setdefault(source["source_id"], source) != source:
            raise ValueError(f"source {source['source_id']} is described in two ways; describe it once")
    return list(once.values())


def gather(raw: Raw) -> dict[str, list[Row]]:
    """All reference and reported rows, those that may not be released included."""
    found: dict[str, list[Row]] = defaultdict(list)
    for module in INGEST:
        if not hasattr(module, "rows"):
            continue
        found["sources"] += module.sources(raw)
        for table, rows in module.rows(raw).items():
            found[table] += rows
    found["elements"] = elements.rows()
    found["products"] = products.rows()
    found["sources"] += elements.sources() + products.sources(raw)
    found["sources"] = _once(found["sources"])
    tables = {table: complete(table, rows) for table, rows in found.items()}
    mark_quotas(tables["production_reported"])
    return tables


def collect(raw: Raw) -> dict[str, list[Row]]:
    """All reference and reported rows that may be released."""
    tables = gather(raw)
    licences.hold_back(tables)
    return tables


def main() -> None:
    """Write every table, the report on transcriptions and the descriptor."""
    raw = Raw()
    write_table("areas", areas.rows())
    tables = gather(raw)
    licences.write_local(licences.hold_back(tables))
    for table, module in DERIVED.items():
        tables[table] = complete(table, module.rows(tables))
    for table, rows in tables.items():
        write_table(table, rows)
        print(f"{table:24}{len(rows):7,} rows")
    reports.write_transcriptions([module.comparison(raw) for module in INGEST if hasattr(module, "comparison")])
    describe.main()


if __name__ == "__main__":
    main()
