"""The steps of the release, in stages: steps of one stage need nothing of each other and run at the same time."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scripts.release import (
    bundle,
    catalogues,
    database,
    difference,
    distributions,
    documents,
    licences,
    notes,
    packages,
    validation,
    workbook,
)

#: What every step depends on, beside its own files: the code, and what it is told of the project.
CODE = ("src/**/*", "scripts/*.py", "scripts/metadata/*", "scripts/release/*", "pyproject.toml", "constraints.txt")
DOCUMENTS = (*documents.DOCUMENTS, "README.md")
PACKAGES = ("datapackage.json", "data/*", "schemas/*", "parquet/*")


@dataclass(frozen=True)
class Step:
    """A step of the release.

    Attributes
    ----------
    name
        What is shown of it.
    run
        Writes files into the release folder; may return a remark to show.
    writes
        Patterns of the files that it writes.
    reads
        Patterns of the files of the repository that it reads, beside the code.
    uses
        Patterns of the files in the release folder that it reads: what earlier stages have written.
    always
        Whether it runs even when nothing changed, as it depends on something that is no file.
    """

    name: str
    run: Callable[[Path], str | None]
    writes: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    always: bool = False


STAGES: tuple[tuple[Step, ...], ...] = (
    (
        Step("tables", packages.write_packages, PACKAGES, reads=("data/*", "schemas/*")),
        Step("documents", documents.write_documents, documents.DOCUMENTS, reads=DOCUMENTS),
    ),
    (
        Step("licences", licences.refuse_withheld, uses=PACKAGES),
        # The release before this one comes from the history or a host, which no stamp can know.
        Step("difference", difference.write_difference, ("diff.json", "diff/*"), DOCUMENTS, PACKAGES, always=True),
    ),
    (
        Step("validation", validation.write_report, ("validation-report.json",), uses=PACKAGES),
        Step("workbook", workbook.write_workbook, ("*.xlsx",), uses=PACKAGES),
        Step("database", database.write_database, ("*.sqlite",), uses=PACKAGES),
        Step("wheel and sdist", distributions.build_distributions, ("*.whl", "*.tar.gz"), DOCUMENTS, PACKAGES),
        Step("bibliography", documents.write_bibliography, ("sources.bib",), uses=PACKAGES),
    ),
    (Step("zip", bundle.write_bundle, ("*.zip",), uses=(*PACKAGES, *documents.DOCUMENTS, "sources.bib")),),
    (
        Step(
            "catalogues",
            catalogues.write_catalogues,
            tuple(catalogues.DOCUMENTS),
            uses=(*PACKAGES, "*.zip", "*.sqlite", "*.xlsx"),
        ),
        Step("notes", notes.write_notes, ("RELEASE-NOTES.md",), DOCUMENTS, ("datapackage.json", "diff.json")),
    ),
)
