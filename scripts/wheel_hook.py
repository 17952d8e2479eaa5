"""Put the released Parquet files into the wheel; an editable installation reads ``data/`` instead."""

import os
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelHook(BuildHookInterface):
    """Hook of the build backend."""

    def initialize(self, version: str, build_data: dict) -> None:
        """Add the Parquet package of the release to a standard wheel as ``rare_earths/bundle``."""
        if version != "standard":
            return
        bundle = Path(os.environ.get("RARE_EARTHS_BUNDLE", Path(self.root) / "dist" / "parquet"))
        if not (bundle / "datapackage.json").is_file():
            raise FileNotFoundError(f"{bundle} holds no data package; run `make release`, which builds the wheel with its data")
        build_data["force_include"][str(bundle)] = "rare_earths/bundle"
