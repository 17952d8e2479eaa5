""".zenodo.json: what the archive Zenodo reads when a release is deposited."""

import html
from typing import Any

from scripts.metadata.citation import CITE
from scripts.metadata.facts import Facts


def document(facts: Facts) -> dict[str, Any]:
    """Document for the release."""
    descriptor = facts.descriptor
    dois = sorted({source["doi"] for source in facts.sources if source["doi"]})
    tables = "".join(
        f"<li><code>{table.name}</code> ({table.rows:,} rows): {html.escape(table.schema['title'])}</li>"
        for table in facts.tables
    )
    return {
        "upload_type": "dataset",
        "title": descriptor["title"],
        "version": descriptor["version"],
        "publication_date": facts.released,
        "description": f"<p>{html.escape(descriptor['description'])}</p><ul>{tables}</ul><p>{html.escape(CITE)}</p>",
        "creators": [{"name": name} for name in facts.creators],
        "access_right": "open",
        "license": facts.licence["name"].lower(),
        "keywords": descriptor["keywords"],
        "language": "eng",
        "notes": f"Years {facts.coverage.start} to {facts.coverage.end}. Each source keeps its own licence: see LICENSE-DATA.",
        "related_identifiers": [
            {"identifier": doi, "relation": "isDerivedFrom", "scheme": "doi", "resource_type": "dataset"} for doi in dois
        ],
    }
