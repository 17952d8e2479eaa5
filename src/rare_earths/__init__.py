"""Rare-earth production, reserves, trade, policy and prices as tidy tables, every row citing its source.

>>> import rare_earths
>>> frame = rare_earths.load("reserves", area="VNM")
>>> frame.loc[frame["as_of_year"] == 2025, "reserves_t_reo"].item()
3500000.0
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rare_earths.citing import cite
    from rare_earths.diffing import diff
    from rare_earths.explaining import Explanation, explain
    from rare_earths.loading import load, tables
    from rare_earths.policy import policy_in_force
    from rare_earths.releases import versions

__all__ = ["Explanation", "__version__", "cite", "diff", "explain", "load", "policy_in_force", "tables", "versions"]

_HOMES = {
    "load": "loading",
    "tables": "loading",
    "cite": "citing",
    "explain": "explaining",
    "Explanation": "explaining",
    "policy_in_force": "policy",
    "diff": "diffing",
    "versions": "releases",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for, so that importing the package stays light."""
    if name == "__version__":
        from rare_earths.package import bundled

        return bundled().version
    if name in _HOMES:
        return getattr(import_module(f"rare_earths.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'rare_earths' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
