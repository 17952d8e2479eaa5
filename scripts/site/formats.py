"""The piece of the page Get the data that says which file is for whom: only files that the release has are named."""

from pathlib import Path

from scripts.site.release import DOCS, Release
from scripts.site.render import render

EXPLORER = "explorer/index.md"
#: Who reads it, with what, the file and how; ``{version}`` stands for that of the package.
WAYS = [
    (
        "Journalist, analyst",
        "a spreadsheet",
        "rare-earths-{version}.xlsx",
        "open it: one sheet per table, codes kept as text ([Excel](recipes/excel.md))",
    ),
    ("Journalist, analyst", "a browser", EXPLORER, "filter, chart, and download just these rows with their BibTeX"),
    ("Journalist, analyst", "any program", "data/{table}.csv", "mind `NA` and leading zeros (below)"),
    (
        "Scientist",
        "Python",
        "{wheel}",
        "`pip install` it: all tables inside, works offline ([Quick start](quick-start.md#python))",
    ),
    (
        "Scientist",
        "R, Julia, pandas, Polars",
        "parquet/{table}.parquet",
        "types kept ([R](recipes/r.md), [Julia](recipes/julia.md), [Python](recipes/analysis.md))",
    ),
    ("Scientist", "DuckDB", "parquet/{table}.parquet", "`SELECT * FROM 'production.parquet'` ([SQL](recipes/sql.md))"),
    ("Scientist", "a reference manager", "sources.bib", "BibTeX of the package and of every source"),
    (
        "Developer, data team",
        "SQL",
        "rare-earths-{version}.sqlite",
        "one file with every table and its keys ([SQL](recipes/sql.md)), also in the [console](sql/index.md)",
    ),
    ("Developer, data team", "Frictionless, any Data Package reader", "datapackage.json", "descriptor with schemas and hashes"),
    ("Developer, data team", "machine learning tools", "croissant.json", "Croissant description of the tables"),
    ("Developer, data team", "a catalogue", "dcat.jsonld", "DCAT description"),
    ("Archivist", "everything at once", "rare-earths-{version}.zip", "the whole data package"),
    ("Archivist", "a hash check", "SHA256SUMS", "hashes of all files offered here"),
]
#: The table that stands for all of them, and what a reader calls its files.
EXAMPLE = "production"
EACH = {".csv": "CSV file", ".parquet": "Parquet file"}


def formats(release: Release) -> str:
    """A table of kinds of user, programs and files."""
    offered = {file.path: file for file in release.files()}
    rows = []
    for who, program, path, how in WAYS:
        path = path.format(version=release.package.version, wheel=release.wheel.path, table=EXAMPLE)
        if path in offered:
            each = EXAMPLE in path
            link = (
                f"[one {EACH[Path(path).suffix]} per table](downloads/index.md#tables)"
                if each
                else f"[{path}](downloads/{path})"
            )
            size = "" if each else offered[path].size
            rows.append({"who": who, "program": program, "file": link, "size": size, "how": how})
        elif path == EXPLORER and (DOCS / path).is_file():
            rows.append({"who": who, "program": program, "file": f"[the explorer]({path})", "size": "", "how": how})
        elif path == "SHA256SUMS":
            rows.append({"who": who, "program": program, "file": f"[{path}](downloads/{path})", "size": "", "how": how})
    return render("formats.md.j2", rows=rows)
