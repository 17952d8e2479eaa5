"""croissant.json: the tables as record sets for loaders of machine learning (Croissant 1.0)."""

from typing import Any

from scripts.metadata.citation import bibtex
from scripts.metadata.facts import Facts, File, Table

CONFORMS_TO = "http://mlcommons.org/croissant/1.0"
#: Table Schema type -> Croissant type.
TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "year": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
}
#: Terms of the format whose meaning is not that of schema.org; the reference reader asks for all of them.
TERMS = {
    *("citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format"),
    *("includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references"),
    *("regex", "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"),
}
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
} | {term: f"cr:{term}" for term in sorted(TERMS)}


def document(facts: Facts) -> dict[str, Any]:
    """Document for the release; addresses are relative to the file, as the release has no fixed place yet."""
    descriptor = facts.descriptor
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": descriptor["name"],
        "alternateName": descriptor["title"],
        "description": descriptor["description"],
        "version": descriptor["version"],
        "datePublished": facts.released,
        "license": facts.licence["path"],
        "creator": [{"@type": "sc:Organization", "name": name} for name in facts.creators],
        "publisher": [{"@type": "sc:Organization", "name": name} for name in facts.creators],
        "keywords": descriptor["keywords"],
        "inLanguage": "en",
        "isLiveDataset": False,
        "citeAs": bibtex(descriptor),
        "url": "./",
        "temporalCoverage": facts.coverage.years,
        "spatialCoverage": facts.places(facts.coverage),
        "distribution": [_file(file) for table in facts.tables for file in (table.csv, table.parquet)]
        + [_file(file) for file in facts.whole],
        "recordSet": [_record_set(table) for table in facts.tables],
    }


def _file(file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "description": file.title,
        "contentUrl": file.path,
        "encodingFormat": "application/x-parquet" if file.path.endswith(".parquet") else file.mediatype,
        "contentSize": f"{file.bytes} B",
        "sha256": file.sha256,
    }


def _record_set(table: Table) -> dict[str, Any]:
    # Foreign keys stay in the descriptions of fields: the reference loader joins what `references` names,
    # by an inner join, and so loses every row whose key is empty.
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.schema["description"],
        "key": [{"@id": f"{table.name}/{name}"} for name in table.schema["primaryKey"]],
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table.name}/{field['name']}",
                "name": field["name"],
                "description": " ".join([field["description"], *([f"Unit: {field['unit']}."] if "unit" in field else [])]),
                "dataType": TYPES[field["type"]],
                "source": {"fileObject": {"@id": table.parquet.path}, "extract": {"column": field["name"]}},
            }
            for field in table.schema["fields"]
        ],
    }
