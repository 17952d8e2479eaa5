"""Rare-earth production, reserves, trade, policy and prices as tidy tables, every row citing its source.

>>> import rare_earths
>>> frame = rare_earths.load("reserves", area="VNM")
>>> frame.loc[frame["as_of_year"] == 2025, "reserves_t_reo"].item()
3500000.0
"""

from importlib import import_module

# Type checkers know this name; importing it from typing would take most of the time that the import takes.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from rare_earths.catalogue import describe, fields, tables
    from rare_earths.citing import cite
    from rare_earths.converting import Conversion, convert
    from rare_earths.dependence import import_dependence
    from rare_earths.description import Description
    from rare_earths.diffing import diff
    from rare_earths.explaining import Explanation, explain
    from rare_earths.listing import Listing
    from rare_earths.loading import load, scan
    from rare_earths.monthly import months
    from rare_earths.naming import area_names
    from rare_earths.policy import policy_in_force
    from rare_earths.releases import versions
    from rare_earths.sharing import share
    from rare_earths.widening import wide

__all__ = [
    "Conversion",
    "Description",
    "Explanation",
    "Listing",
    "__version__",
    "area_names",
    "cite",
    "convert",
    "describe",
    "diff",
    "explain",
    "fields",
    "import_dependence",
    "load",
    "months",
    "policy_in_force",
    "scan",
    "share",
    "tables",
    "versions",
    "wide",
]

#: Public name -> the module that holds it.
_HOMES = {
    "load": "loading",
    "scan": "loading",
    "tables": "catalogue",
    "fields": "catalogue",
    "describe": "catalogue",
    "Description": "description",
    "Listing": "listing",
    "cite": "citing",
    "explain": "explaining",
    "Explanation": "explaining",
    "share": "sharing",
    "wide": "widening",
    "convert": "converting",
    "Conversion": "converting",
    "import_dependence": "dependence",
    "area_names": "naming",
    "months": "monthly",
    "policy_in_force": "policy",
    "diff": "diffing",
    "versions": "releases",
}


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for, so that importing the package stays light."""
    if name == "__version__":
        from rare_earths.package import bundled

        return bundled().version
    if name in _HOMES:
        return getattr(import_module(f"rare_earths.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'rare_earths' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
