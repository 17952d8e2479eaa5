"""One page per source, with an address of its own, and the list of them: how to cite it, and what rests on it."""

from typing import Any

import pandas as pd

from scripts.site.profiles import Bibliography, Row, profile
from scripts.site.release import Release, records
from scripts.site.tables import source_columns

#: Rows shown of each table.
EXAMPLES = 3
#: Columns of a source's rows that say the most about them, in the order to show them, as far as a table has them.
TELLING = [
    "area",
    "jurisdiction",
    "reporter",
    "partner",
    "exporter",
    "importer",
    "material",
    "symbol",
    "topic",
    "year",
    "as_of_year",
    "period",
    "stage",
    "product",
    "flow",
    "series",
    "title",
    "statement",
    "quota_type",
    "kind",
    "quantity_as_printed",
    "reserves_as_printed",
    "price_as_printed",
    "value_as_printed",
    "amount",
    "currency",
    "from_as_printed",
    "to_as_printed",
    "verdict",
    "description",
    "name",
    "locator",
]
COLUMNS = 7
#: What a source is to the rows that name it in another column than `source_id`.
ROLES = {
    "true_in_source_id": "as the last edition in which the claim is true",
    "stated_source_id": "as the newest edition at the time of the claim",
    "largest_source_id": "for the largest holder",
    "class_source_id": "for the class",
    "from_source_id": "as the older edition",
    "to_source_id": "as the newer edition",
    "exporter_source_id": "for the exporter",
    "importer_source_id": "for the importer",
    "reconciled_source_id": "for the reconciled figure",
}
#: Languages of sources, by ISO 639-1 code.
LANGUAGES = {
    "de": "German",
    "en": "English",
    "fr": "French",
    "id": "Indonesian",
    "ja": "Japanese",
    "pt": "Portuguese",
    "ru": "Russian",
    "tr": "Turkish",
    "zh": "Chinese",
}
AREAS = ("area", "jurisdiction", "reporter", "partner", "exporter", "importer", "subject_area")


#: Title and description of the list.
LISTED = ("Sources", "Documents and datasets behind the figures, with their licences and what rests on them.")


def resting(release: Release) -> dict[str, list[Row]]:
    """What rests on each source, by table: ``table``, ``column``, ``count``, ``columns`` and ``rows`` of the examples, ``areas``."""
    found: dict[str, list[Row]] = {}
    for table in release.package.tables:
        frame = release.load(table)
        if table == "sources":
            continue
        areas = [name for name in AREAS if name in frame]
        key_columns = [name for name in release.package.schema(table)["primaryKey"] if not name.endswith("source_id")]
        for column in source_columns(list(frame.columns)):
            for key, rows in frame.groupby(column, sort=False):
                found.setdefault(key, []).append(_examples(table, column, rows, areas, key_columns))
    return found


def _examples(table: str, column: str, rows: pd.DataFrame, areas: list[str], key: list[str]) -> Row:
    first = rows.head(EXAMPLES)
    named = dict.fromkeys([*key, *TELLING])
    telling = [name for name in named if name in rows and first[name].notna().any()]
    # The place in the source is always worth a column.
    shown = [*telling[: COLUMNS - 1], *(["locator"] if "locator" in telling[COLUMNS - 1 :] else [])]
    codes = {code for name in areas for code in rows[name].dropna().unique()}
    return {
        "table": table,
        "role": ROLES.get(column, ""),
        "column": column,
        "count": len(rows),
        "columns": shown,
        "rows": first[shown].astype(object).to_numpy().tolist(),
        "areas": codes,
    }


def listed(source: Row, rests: list[Row]) -> dict[str, Any]:
    """What the list of sources shows of a source."""
    return source | {"rows": sum(entry["count"] for entry in rests), "tables": sorted({entry["table"] for entry in rests})}


def sources_pages(release: Release) -> dict[str, str]:
    """Pages of all sources and their list, by their paths under ``docs/``."""
    bibliography, rests = Bibliography(release), resting(release)
    names = {row["area"]: row["name"] for row in release.records("areas")}
    titles = {name: release.package.schema(name)["title"] for name in release.package.tables}
    sources = records(release.load("sources"))
    pages = {}
    for source in sources:
        key = source["source_id"]
        found = rests.get(key, [])
        areas = sorted({code for entry in found for code in entry["areas"]} & set(names), key=names.get)
        pages[f"sources/{key}/index.md"] = profile(
            "source.md.j2",
            source["title"],
            f"{source['publisher']}: {source['title']}. How to cite it, its licence, and the rows that rest on it.",
            source=source,
            language=LANGUAGES.get(source["language"], source["language"]),
            titles=titles,
            rests=found,
            areas=areas,
            names=names,
            bibtex=bibliography.of({key}),
        )
    rows = [listed(source, rests.get(source["source_id"], [])) for source in sources]
    rows.sort(key=lambda row: (-row["rows"], row["source_id"]))
    return pages | {"sources/index.md": profile("sources.md.j2", *LISTED, hide=("toc",), sources=rows)}
