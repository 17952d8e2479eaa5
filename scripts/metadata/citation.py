"""How the package asks to be cited."""

from typing import Any

from rare_earths.citing.bibtex import entry
from rare_earths.citing.references import of_package

CITE = "If you use these data, cite the package and the sources of the rows you use."


def bibtex(descriptor: dict[str, Any]) -> str:
    """BibTeX entry of the package."""
    return entry(of_package(descriptor))
