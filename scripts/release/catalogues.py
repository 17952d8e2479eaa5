"""Metadata for catalogues, each document compiled by a module of ``scripts.metadata``."""

import json
from pathlib import Path

from scripts.metadata import croissant, datacite, dcat, zenodo
from scripts.metadata.facts import Facts
from scripts.tables import write_text

DOCUMENTS = {
    "croissant.json": croissant.document,
    "datacite.json": datacite.document,
    "dcat.jsonld": dcat.document,
    ".zenodo.json": zenodo.document,
}


def write_catalogues(folder: Path) -> None:
    """Write all documents."""
    facts = Facts(folder)
    for name, document in DOCUMENTS.items():
        write_text(folder / name, json.dumps(document(facts), indent=2, ensure_ascii=False) + "\n")
