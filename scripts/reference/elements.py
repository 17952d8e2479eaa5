"""Make the table ``elements``; weights and factors are computed from cited atomic weights.

Atomic weights come from ``periodictable``, which tabulates the abridged standard
atomic weights of IUPAC's commission (CIAAW). The oxide-to-metal factor is the mass
share of the element in the formula of its oxide.
"""

from importlib.metadata import version

import periodictable

#: Which elements USGS calls heavy; the other lanthanides are light by complement.
HEAVY = {"Y", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu"}
CLASS_SOURCE = "usgs-mcs-2026-heavy"

ELEMENTS = {
    "Sc": ("钪", "Sc2O3"),
    "Y": ("钇", "Y2O3"),
    "La": ("镧", "La2O3"),
    "Ce": ("铈", "CeO2"),
    "Pr": ("镨", "Pr6O11"),
    "Nd": ("钕", "Nd2O3"),
    "Pm": ("钷", ""),
    "Sm": ("钐", "Sm2O3"),
    "Eu": ("铕", "Eu2O3"),
    "Gd": ("钆", "Gd2O3"),
    "Tb": ("铽", "Tb4O7"),
    "Dy": ("镝", "Dy2O3"),
    "Ho": ("钬", "Ho2O3"),
    "Er": ("铒", "Er2O3"),
    "Tm": ("铥", "Tm2O3"),
    "Yb": ("镱", "Yb2O3"),
    "Lu": ("镥", "Lu2O3"),
}
NOTES = {
    "Sc": "The named classification does not place scandium; USGS treats it in a chapter of its own.",
    "Y": "Called heavy by the named classification, yet left out of its figures for heavy rare earths.",
    "Pm": "Has no stable isotope: no market, no oxide; the weight is that of its longest-lived isotope.",
}


def sources() -> list[dict[str, object]]:
    """The sources of this table."""
    return [
        {
            "source_id": "periodictable",
            "kind": "dataset",
            "publisher": "P. Kienzle and others",
            "title": "periodictable: extensible periodic table of the elements",
            "edition_version": version("periodictable"),
            "url": "https://periodictable.readthedocs.io/",
            "language": "en",
            "licence": "facts-cite",
            "redistributable": True,
            "attribution": "Standard atomic weights of IUPAC/CIAAW as tabulated by the package periodictable.",
            "note": "Used for standard atomic weights only, which are facts published by IUPAC's commission (CIAAW).",
        },
        {
            "source_id": CLASS_SOURCE,
            "kind": "report",
            "publisher": "U.S. Geological Survey",
            "title": "Mineral Commodity Summaries 2026: Rare earths (heavy)",
            "series": "Mineral Commodity Summaries, heavy rare earths",
            "edition": "2026",
            "edition_version": "v1.0",
            "published_on": "2026-02",
            "url": "https://pubs.usgs.gov/periodicals/mcs2026/mcs2026-rare-earths-heavy.pdf",
            "language": "en",
            "licence": "US-Government-Work",
            "redistributable": True,
            "attribution": "U.S. Geological Survey, Mineral Commodity Summaries 2026.",
        },
    ]


def _class(symbol: str) -> str:
    if symbol == "Sc":
        return ""
    return "heavy" if symbol in HEAVY else "light"


def rows() -> list[dict[str, object]]:
    """Rows of ``elements``."""
    result: list[dict[str, object]] = []
    for symbol, (name_zh, oxide) in ELEMENTS.items():
        element = getattr(periodictable, symbol)
        factor = periodictable.formula(oxide).mass_fraction[element] if oxide else None
        result.append(
            {
                "symbol": symbol,
                "name": element.name,
                "name_zh": name_zh,
                "atomic_number": element.number,
                "class": _class(symbol),
                "class_source_id": CLASS_SOURCE if _class(symbol) else "",
                "atomic_weight": element.mass,
                "oxide": oxide,
                "oxide_to_metal": round(factor, 4) if factor else None,
                "source_id": "periodictable",
                "locator": f"table=standard atomic weights; row={symbol}",
                "note": NOTES.get(symbol, ""),
            }
        )
    return result
