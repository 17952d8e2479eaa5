"""dcat.jsonld: the release as data catalogues describe data sets (W3C DCAT 3)."""

from typing import Any

from scripts.metadata.coverage import Coverage
from scripts.metadata.facts import Facts, File

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def document(facts: Facts) -> dict[str, Any]:
    """Document for the release: one data set with a part for each table; addresses are relative to the file."""
    descriptor = facts.descriptor
    shared = {
        "dct:license": {"@id": facts.licence["path"]},
        "dct:creator": [{"@type": "foaf:Agent", "foaf:name": name} for name in facts.creators],
        "dct:issued": _typed(facts.released, "date"),
        "dcat:version": descriptor["version"],
    }
    parts = [
        {
            "@id": f"#{table.name}",
            "@type": "dcat:Dataset",
            "dct:identifier": table.name,
            "dct:title": table.schema["title"],
            "dct:description": table.schema["description"],
            **_coverage(facts, table.coverage),
            **shared,
            "dcat:distribution": [_distribution(table.csv), _distribution(table.parquet)],
        }
        for table in facts.tables
    ]
    whole = {
        "@id": "#dataset",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{descriptor['name']}-{descriptor['version']}",
        "dct:title": descriptor["title"],
        "dct:description": descriptor["description"],
        "dcat:keyword": descriptor["keywords"],
        "dct:language": "en",
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": facts.creators[0]},
        **_coverage(facts, facts.coverage),
        **shared,
        "dcat:distribution": [_distribution(file) for file in facts.whole],
        "dct:hasPart": parts,
    }
    return {"@context": CONTEXT, **whole}


def _typed(value: Any, kind: str) -> dict[str, str]:
    return {"@value": str(value), "@type": f"xsd:{kind}"}


def _coverage(facts: Facts, covered: Coverage) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if covered.start is not None:
        found["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed(covered.start, "gYear"),
            "dcat:endDate": _typed(covered.end, "gYear"),
        }
    if covered.areas:
        found["dct:spatial"] = [{"@type": "dct:Location", "rdfs:label": name} for name in facts.places(covered)]
    return found


def _distribution(file: File) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": file.path,
        "dct:description": file.title,
        "dcat:downloadURL": {"@id": file.path},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{file.mediatype}"},
        "dcat:byteSize": _typed(file.bytes, "nonNegativeInteger"),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed(file.sha256, "hexBinary"),
        },
    }
