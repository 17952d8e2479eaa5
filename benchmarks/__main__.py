"""Run every benchmark: ``python -m benchmarks``; each also runs alone, as ``python -m benchmarks.NAME``."""

from importlib import import_module
from pathlib import Path

for path in sorted(Path(__file__).parent.glob("[!_]*.py")):
    module = import_module(f"benchmarks.{path.stem}")
    print(f"\n{module.__doc__.splitlines()[0]}", flush=True)
    module.main()
