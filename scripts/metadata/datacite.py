"""datacite.json: what a registrar of digital object identifiers asks for (DataCite metadata schema 4.5)."""

from typing import Any

from scripts.metadata.facts import Facts


def document(facts: Facts) -> dict[str, Any]:
    """Document for the release; it has no identifier before one is registered."""
    descriptor, licence = facts.descriptor, facts.licence
    dois = sorted({source["doi"] for source in facts.sources if source["doi"]})
    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Data package"},
        "titles": [{"title": descriptor["title"], "lang": "en"}],
        "creators": [{"name": name, "nameType": "Organizational"} for name in facts.creators],
        "publisher": {"name": facts.creators[0]},
        "publicationYear": facts.released[:4],
        "version": descriptor["version"],
        "language": "en",
        "dates": [
            {"date": facts.released, "dateType": "Issued"},
            {"date": facts.coverage.years, "dateType": "Other", "dateInformation": "Years that the rows speak of"},
        ],
        "subjects": [{"subject": word} for word in descriptor["keywords"]],
        "descriptions": [{"description": descriptor["description"], "descriptionType": "Abstract", "lang": "en"}],
        "rightsList": [
            {
                "rights": licence["title"],
                "rightsUri": licence["path"],
                "rightsIdentifier": licence["name"],
                "rightsIdentifierScheme": "SPDX",
                "schemeUri": "https://spdx.org/licenses/",
            }
        ],
        "geoLocations": [{"geoLocationPlace": name} for name in facts.places(facts.coverage)],
        "sizes": [f"{len(facts.tables)} tables", f"{sum(table.rows for table in facts.tables)} rows"],
        "formats": sorted({file.mediatype for table in facts.tables for file in (table.csv, table.parquet)}),
        "relatedIdentifiers": [
            {"relatedIdentifier": doi, "relatedIdentifierType": "DOI", "relationType": "IsDerivedFrom"} for doi in dois
        ],
    }
