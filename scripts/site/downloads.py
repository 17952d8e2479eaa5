"""The page of downloads."""

from scripts.site.release import Release
from scripts.site.render import page


def downloads_page(release: Release) -> str:
    """All files of the release with size and hash."""
    files = {file.path: file for file in release.files()}
    tables = [(name, files[f"data/{name}.csv"], files[f"parquet/{name}.parquet"]) for name in release.package.tables]
    others = [file for path, file in files.items() if not path.startswith(("data/", "parquet/", "schemas/"))]
    return page(
        "downloads.md.j2", version=release.package.version, tables=tables, others=others, what=WHAT, wheel=release.wheel
    )


#: What each file beside the tables is for, by its name or ending.
WHAT = {
    "datapackage.json": "descriptor of the CSV files (Data Package v2), with their hashes",
    "sources.bib": "BibTeX of the package and of every source",
    ".whl": "the Python package with all tables inside",
    "CITATION.cff": "how to cite the package, for machines",
    "LICENSE": "licence of the code (MIT)",
    "LICENSE-DATA": "licence of the compilation (CC BY 4.0), and a word on those of the sources",
}
