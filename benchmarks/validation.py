"""All rules on the whole package, against frictionless on the same package."""

import frictionless

from benchmarks.clock import ratio
from rare_earths.validate import validate
from scripts.tables import ROOT


def main() -> None:
    """Print the ratio."""
    ratio(
        "our rules, against frictionless",
        lambda: validate(ROOT, conformance=False),
        lambda: frictionless.validate(str(ROOT / "datapackage.json")),
        turns=3,
    )
