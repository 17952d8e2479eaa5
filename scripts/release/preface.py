"""What a reader should know of the package before the rows: said first in the workbook, and in the zip."""

from rare_earths.package import Package
from scripts.metadata.citation import CITE, bibtex

CODES = "Codes are text and keep leading zeros; an empty cell is a missing value, NA is the code of Namibia."
#: Place in the zip -> what is there.
PLACES = {
    "data/": "the tables, one CSV file each, in UTF-8",
    "schemas/": "one Table Schema for each table: what each column means, its type and unit",
    "datapackage.json": "the descriptor (Data Package v2), with the hash of each file",
    "sources.bib": "BibTeX of the package and of every source",
    "CITATION.cff": "how to cite the package, for machines",
    "LICENSE-DATA": "the licence, and the attributions of all sources",
    "CHANGELOG.md": "what changed in each version",
}


def facts(package: Package, sources: str) -> list[tuple[str, str]]:
    """Name and text of each fact.

    Parameters
    ----------
    package
        The package.
    sources
        Where its sources stand, in words.
    """
    descriptor = package.descriptor
    licence = descriptor["licenses"][0]
    return [
        ("Title", descriptor["title"]),
        ("Version", f"{descriptor['version']} ({descriptor['created'][:10]})"),
        ("What", descriptor["description"]),
        ("Licence", f"{licence['title']}: {licence['path']}"),
        ("Sources", f"Each source keeps its own licence and attribution: see {sources}."),
        ("Citation", CITE),
        ("BibTeX", bibtex(descriptor)),
        ("Codes", CODES),
        ("Canonical", f"The CSV files; their content hash is {descriptor['contentHash']}."),
    ]


def tables(package: Package) -> list[tuple[str, str]]:
    """Name and description of each table."""
    return [(table, package.schema(table)["description"]) for table in package.tables]


def read_me(package: Package) -> str:
    """The same as Markdown, with what lies where in the zip."""
    said = dict(facts(package, "`data/sources.csv`"))
    title, version, bib = said.pop("Title"), said.pop("Version"), said.pop("BibTeX")
    rows = {resource["name"]: resource["rows"] for resource in package.descriptor["resources"]}
    parts = [
        f"# {title} {version}",
        said.pop("What"),
        "\n".join(f"- **{name}**: {text}" for name, text in said.items()),
        f"```bibtex\n{bib.strip()}\n```",
        "## What is here",
        "\n".join(["| place | what |", "|---|---|", *(f"| `{place}` | {what} |" for place, what in PLACES.items())]),
        "## Tables",
        "\n".join(
            ["| table | rows | what |", "|---|--:|---|"]
            + [f"| [`{name}`](data/{name}.csv) | {rows[name]:,} | {text} |" for name, text in tables(package)]
        ),
    ]
    return "\n\n".join(parts) + "\n"
