"""Run every benchmark: ``python -m benchmarks``."""

from importlib import import_module
from pathlib import Path

for path in sorted(Path(__file__).parent.glob("*.py")):
    if not path.stem.startswith("__") and path.stem != "clock":
        module = import_module(f"benchmarks.{path.stem}")
        print(f"\n{module.__doc__.splitlines()[0]}")
        module.main()
