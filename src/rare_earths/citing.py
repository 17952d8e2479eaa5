"""BibTeX for the package and for exactly the sources of the rows in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rare_earths.loading import load
from rare_earths.package import Package, bundled

if TYPE_CHECKING:
    import pandas as pd

#: Characters that BibTeX or LaTeX would take for commands.
ESCAPES = {c: "\\" + c for c in "&%$#_{}"} | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}
ENTRY_TYPES = {"report": "techreport"}
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def cite(rows: pd.DataFrame | str, *, package: Package | None = None) -> str:
    """BibTeX of the package and of the sources of these rows.

    Parameters
    ----------
    rows
        A frame that has a column ``source_id`` (or ``from_source_id``, ``to_source_id``),
        or the name of a table for all its rows.
    package
        The package that holds the sources; default: the one installed.

    Returns
    -------
    str
        The entry of the package, then one entry per source in the order of their keys;
        each says under which licence and with which attribution it may be used.

    Raises
    ------
    ValueError
        When the frame has no column that names sources, or names one that is unknown.

    Examples
    --------
    >>> import rare_earths
    >>> print(rare_earths.cite(rare_earths.load("reserves", area="VNM", as_of_year=2025)))  # doctest: +ELLIPSIS
    @misc{rare-earths-...
    """
    package = package or bundled()
    frame = load(rows, package=package) if isinstance(rows, str) else rows
    wanted = cited_sources(frame)
    sources = load("sources", package=package)
    if unknown := sorted(wanted - set(sources["source_id"])):
        raise ValueError(f"unknown sources {unknown}: these rows are not from version {package.version} of the package")
    chosen = sources[sources["source_id"].isin(wanted)].astype(object)
    entries = [source_entry(row) for row in chosen.where(chosen.notna(), None).to_dict("records")]
    return "\n\n".join([package_entry(package.descriptor), *entries]) + "\n"


def cited_sources(frame: pd.DataFrame) -> set[str]:
    """Keys of the sources that a frame's rows name.

    Raises
    ------
    ValueError
        When no column names sources.
    """
    columns = [name for name in frame.columns if name == "source_id" or str(name).endswith("_source_id")]
    if not columns:
        raise ValueError("these rows do not name their sources; keep the column source_id when you select columns")
    return {key for name in columns for key in frame[name].dropna()}


def package_entry(descriptor: dict[str, Any]) -> str:
    """BibTeX entry of the package itself."""
    return _entry(
        "misc",
        f"{descriptor['name']}-{descriptor['version']}",
        {
            "author": " and ".join(f"{{{escape(c['title'])}}}" for c in descriptor["contributors"]),
            "title": f"{{{escape(descriptor['title'])}: {escape(descriptor['description'].rstrip('.'))}}}",
            "year": descriptor["created"][:4],
            "version": descriptor["version"],
            "note": escape(f"Data package, version {descriptor['version']}, licence {descriptor['licenses'][0]['name']}"),
        },
    )


def source_entry(source: dict[str, Any]) -> str:
    """BibTeX entry of one row of ``sources`` (missing values are None)."""
    published = source["published_on"] or ""
    month = MONTHS[int(published[5:7]) - 1] if len(published) >= 7 else ""
    institution = {"institution": escape(source["publisher"])} if source["kind"] == "report" else {}
    fields = {
        "author": f"{{{escape(source['publisher'])}}}",
        "title": f"{{{escape(source['title'])}}}",
        **institution,
        "year": published[:4],
        "month": month,
        "version": escape(source["edition_version"] or ""),
        "doi": source["doi"] or "",
        "url": source["url"],
        "urldate": source["accessed_on"] or "",
        "language": source["language"],
        "note": escape(" ".join(_remarks(source))),
    }
    return _entry(ENTRY_TYPES.get(source["kind"], "misc"), source["source_id"], fields)


def _remarks(source: dict[str, Any]) -> list[str]:
    remarks = [f"Licence: {source['licence']}.", source["attribution"]]
    if source["restated_by"]:
        remarks.append(f"Read as restated by {source['restated_by']}.")
    return remarks


def escape(text: str) -> str:
    """Text with the characters escaped that LaTeX would take for commands."""
    return "".join(ESCAPES.get(character, character) for character in text)


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    def value(name: str, text: str) -> str:
        return text if name == "month" else f"{{{text}}}"

    lines = [f"  {name} = {value(name, text)}," for name, text in fields.items() if text]
    return f"@{kind}{{{key},\n" + "\n".join(lines) + "\n}"
