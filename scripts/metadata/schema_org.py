"""JSON-LD of schema.org for the pages of the site: what search engines for data sets read."""

import json
from typing import Any

from scripts.metadata.coverage import Coverage
from scripts.metadata.facts import Facts, File, Table


def dataset(facts: Facts, *, downloads: str) -> dict[str, Any]:
    """The whole package, for the home page.

    Parameters
    ----------
    facts
        The release.
    downloads
        Folder of the files of the release, relative to the page.
    """
    descriptor = facts.descriptor
    return {
        **_shared(facts, descriptor["title"], descriptor["description"], facts.coverage),
        "keywords": descriptor["keywords"],
        "distribution": [_download(file, downloads) for file in facts.whole],
        "hasPart": [{"@type": "Dataset", "name": table.name, "description": table.schema["title"]} for table in facts.tables],
    }


def table(facts: Facts, name: str, *, downloads: str) -> dict[str, Any]:
    """One table, for its page."""
    found = next(table for table in facts.tables if table.name == name)
    return {
        **_shared(facts, found.schema["title"], found.schema["description"], found.coverage),
        "identifier": name,
        "isPartOf": {"@type": "Dataset", "name": facts.descriptor["title"], "version": facts.descriptor["version"]},
        "variableMeasured": _variables(found),
        "distribution": [_download(file, downloads) for file in (found.csv, found.parquet)],
    }


def script(document: dict[str, Any]) -> str:
    """The element that a page holds; no text in it can end the element."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>\n'


def _shared(facts: Facts, title: str, description: str, covered: Coverage) -> dict[str, Any]:
    found = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": title,
        "description": description,
        "version": facts.descriptor["version"],
        "datePublished": facts.released,
        "license": facts.licence["path"],
        "creator": [{"@type": "Organization", "name": name} for name in facts.creators],
        "isAccessibleForFree": True,
        "inLanguage": "en",
    }
    if covered.years:
        found["temporalCoverage"] = covered.years
    if covered.areas:
        found["spatialCoverage"] = facts.places(covered)
    return found


def _download(file: File, downloads: str) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": file.path,
        "description": file.title,
        "contentUrl": f"{downloads}/{file.path}",
        "encodingFormat": file.mediatype,
        "contentSize": f"{file.bytes} B",
        "sha256": file.sha256,
    }


def _variables(found: Table) -> list[dict[str, str]]:
    return [
        {"@type": "PropertyValue", "name": field["name"], "description": field["description"]}
        | ({"unitText": field["unit"]} if "unit" in field else {})
        for field in found.schema["fields"]
    ]
