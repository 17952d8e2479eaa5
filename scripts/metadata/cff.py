"""CITATION.cff: how to cite the package (Citation File Format 1.2.0)."""

import json
from collections.abc import Mapping
from typing import Any

from scripts.metadata.citation import CITE


def text(descriptor: Mapping[str, Any]) -> str:
    """Text of the file; a JSON string is a YAML string too."""
    lines = [
        f"# {descriptor['$comment']}",
        "cff-version: 1.2.0",
        f"message: {_quoted(CITE)}",
        "type: dataset",
        f"title: {_quoted(descriptor['title'])}",
        f"abstract: {_quoted(descriptor['description'])}",
        f"version: {descriptor['version']}",
        f"date-released: {descriptor['created'][:10]}",
        f"license: {descriptor['licenses'][0]['name']}",
        "authors:",
        *(f"  - name: {_quoted(person['title'])}" for person in descriptor["contributors"]),
        "keywords:",
        *(f"  - {_quoted(word)}" for word in descriptor["keywords"]),
    ]
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
