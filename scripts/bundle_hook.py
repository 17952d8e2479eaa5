"""Put the released Parquet files into the wheel and the source distribution.

An editable installation reads ``data/`` instead. A wheel that is built from the source
distribution finds the files where a checkout has them after `make release`.
"""

import os
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Target of the build -> where the files go.
PLACES = {"wheel": "rare_earths/bundle", "sdist": "dist/parquet"}


class BundleHook(BuildHookInterface):
    """Hook of the build backend."""

    def initialize(self, version: str, build_data: dict) -> None:
        """Add the Parquet package of the release to everything but an editable installation."""
        if version != "standard":
            return
        bundle = Path(os.environ.get("RARE_EARTHS_BUNDLE", Path(self.root) / "dist" / "parquet"))
        if not (bundle / "datapackage.json").is_file():
            raise FileNotFoundError(f"{bundle} holds no data package; run `make release`, which builds the wheel with its data")
        build_data["force_include"][str(bundle)] = PLACES[self.target_name]
