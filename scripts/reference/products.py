"""Make the table ``products`` from the list of codes and headlines in ``products.toml``."""

import tomllib
from pathlib import Path
from typing import Any

from scripts.ingest.press import source_id
from scripts.ingest.raw import Raw

LIST = Path(__file__).with_name("products.toml")
GACC = "General Administration of Customs of China (GACC)"
CN_TEXTS = "trade/eurostat_cn8_code_descriptions_re.csv"
KEYS = {"is", "stage", "only", "in", "at", "source", "page", "publisher", "definition", "revision", "from", "to", "note"}


def sources(raw: Raw) -> list[dict[str, object]]:
    """The source of this table that no other table cites."""
    return [
        {
            "source_id": "eurostat-cn-2025-texts",
            "kind": "dataset",
            "publisher": "Eurostat",
            "title": "Combined Nomenclature 2025: self-explanatory texts (codes of rare earths)",
            "series": "Combined Nomenclature",
            "edition": "2025",
            "restated_by": "hoyla/meridian",
            "read_at": "github.com/hoyla/meridian @ee0a4ceed2feef915d8f61d80c652cd556a09714 : reference/cn8_descriptions.csv",
            "url": "https://ec.europa.eu/eurostat/web/metadata/classifications",
            "language": "en",
            "licence": "facts-cite",
            "redistributable": True,
            "sha256": raw.sha256(CN_TEXTS),
            "attribution": "Eurostat, Combined Nomenclature 2025.",
            "note": "Codes were taken, and described in our own words.",
        }
    ]


def rows() -> list[dict[str, object]]:
    """Rows of ``products``.

    Raises
    ------
    ValueError
        When an entry of the list has a key that is not known.
    """
    result = []
    for nomenclature, section in tomllib.loads(LIST.read_text(encoding="utf-8")).items():
        shared = {key: section.pop(key) for key in ("source", "page", "prefix", "revision") if key in section}
        for code, entry in section.items():
            if unknown := set(entry) - KEYS:
                raise ValueError(f"{LIST.name}, {nomenclature} {code}: unknown keys {sorted(unknown)}")
            result.append(_row(nomenclature, code, {**shared, **entry}))
    return result


def _row(nomenclature: str, code: str, entry: dict[str, Any]) -> dict[str, object]:
    source = entry.get("source") or source_id(entry.get("publisher", GACC), entry["page"])
    return {
        "product": entry.get("prefix", "") + code,
        "nomenclature": nomenclature,
        "code": "" if nomenclature == "headline" else code,
        "revision": entry.get("revision"),
        "valid_from": entry.get("from"),
        "valid_to": entry.get("to"),
        "parent": entry.get("in"),
        "definition": entry.get("definition"),
        "description": entry["is"],
        "product_stage": entry["stage"],
        "is_rare_earth_only": entry["only"],
        "source_id": source,
        "locator": entry["at"],
        "note": entry.get("note"),
    }
