"""The command ``python -m scripts.release``."""

import argparse
import sys
import time

from scripts.release import DIST, ReleaseError
from scripts.release.archive import below
from scripts.release.build import add_site, build, show


def main(arguments: list[str] | None = None) -> None:
    """Make the release; leave what was there before where that fails."""
    parser = argparse.ArgumentParser(prog="python -m scripts.release", description="Make the release in dist/.")
    parser.add_argument("--site", action="store_true", help="build the site too, and its archive")
    site, start = parser.parse_args(arguments).site, time.perf_counter()
    try:
        build()
        if site:
            add_site()
    except ReleaseError as error:
        sys.exit(f"release: {error}")
    show("dist/", f"{time.perf_counter() - start:5.1f} s  {len(below(DIST))} files")


if __name__ == "__main__":
    main()
