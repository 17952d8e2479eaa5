"""The page of downloads."""

from scripts.site.release import Release
from scripts.site.render import page


def downloads_page(release: Release) -> str:
    """All files of the release with size and hash."""
    files = {file.path: file for file in release.files()}
    tables = [(name, files[f"data/{name}.csv"], files[f"parquet/{name}.parquet"]) for name in release.package.tables]
    others = [file for path, file in files.items() if not path.startswith(("data/", "parquet/", "schemas/", "diff/"))]
    return page(
        "downloads.md.j2", version=release.package.version, tables=tables, others=others, what=what, wheel=release.wheel
    )


#: What each file beside the tables is for, by its name or ending.
WHAT = {
    "datapackage.json": "descriptor of the CSV files (Data Package v2), with their hashes and the content hash of all",
    "sources.bib": "BibTeX of the package and of every source",
    ".zip": "all CSV files with their schemas, the descriptor, the licences and a README",
    ".sqlite": "one SQLite database with keys and indexes; `_columns` explains each column, `_package` the whole",
    ".xlsx": "one workbook with a sheet for each table and a dictionary of all columns",
    ".whl": "the Python package with all tables inside",
    ".tar.gz": "the source distribution of the Python package",
    "CITATION.cff": "how to cite the package, for machines",
    "LICENSE": "licence of the code (MIT)",
    "LICENSE-DATA": "licence of the compilation (CC BY 4.0), and the attributions of all sources by licence",
    "croissant.json": "description for loaders of machine learning (Croissant 1.0)",
    "datacite.json": "description for registrars of DOIs (DataCite 4.5)",
    "dcat.jsonld": "description for data catalogues (DCAT 3)",
    "validation-report.json": "what the validation has checked in this version",
    "diff.json": "what changed against the version before",
}


def what(path: str) -> str:
    """What a file is for.

    Raises
    ------
    KeyError
        When nothing says what it is for: say it in ``WHAT``.
    """
    return WHAT[path if path in WHAT else next((ending for ending in WHAT if path.endswith(ending)), path)]
