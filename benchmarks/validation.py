"""All rules on large trade tables and on the package, against frictionless, pandera on pandas and the floor.

``python -m benchmarks.validation --rows 1000000 10000000 --write`` makes the tables in
``docs/quality/benchmarks.md`` anew; without ``--write`` they are printed. Each step runs in a
process of its own, several times; the fastest turn counts.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import frictionless

from benchmarks._clock import ratio
from benchmarks._trade_table import make
from benchmarks._validation_steps import FRICTIONLESS_ROWS
from rare_earths.validate import validate
from scripts.tables import ROOT, write_text

PAGE = ROOT / "docs" / "quality" / "benchmarks.md"
STEPS = {
    "floor": "the floor: DuckDB takes the largest value of every column",
    "ours": "`rare-earths validate`: all rules, on DuckDB",
    "spark": "the same on Spark, in a local session",
    "pandera": "pandera on pandas: rules of the schema without foreign keys",
    "frictionless": "frictionless: rules of the schema without foreign keys",
}
#: Steps that take so long that one turn must do.
SLOW = {"frictionless", "spark"}
#: Rows up to which a step is run: pandas holds all rows in memory, Spark and frictionless take their time.
UP_TO = {"spark": 10_000_000, "pandera": 10_000_000, "frictionless": 10_000_000}


def measure(step: str, path: Path, turns: int) -> dict[str, float]:
    """Seconds and peak memory of one step."""
    command = [sys.executable, "-m", "benchmarks._validation_steps", step, str(path), str(turns)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{step} on {path.name}: {done.stderr.splitlines()[-1]}")
    return json.loads(done.stdout.splitlines()[-1])


def table(rows: int, kinds: tuple[str, ...], steps: list[str], turns: int) -> str:
    """Markdown table of one size."""
    lines = [
        "| File | What | Seconds | Times the floor | Against ours | Peak memory |",
        "|---|---|--:|--:|--:|--:|",
    ]
    with tempfile.TemporaryDirectory(prefix="rare-earths-benchmark-") as folder:
        paths = make(rows, Path(folder), kinds)
        for kind, path in paths.items():
            asked = [step for step in steps if rows <= UP_TO.get(step, rows)]
            found = {step: measure(step, path, 1 if step in SLOW else turns) for step in asked}
            lines += _lines(kind, rows, found)
    return "\n".join(lines)


def _lines(kind: str, rows: int, found: dict[str, dict[str, float]]) -> list[str]:
    seconds = {step: one["seconds"] for step, one in found.items()}
    reckoned = "frictionless" in seconds and rows > FRICTIONLESS_ROWS
    if reckoned:
        seconds["frictionless"] *= rows / FRICTIONLESS_ROWS
    lines = []
    for step, time in seconds.items():
        mark = " (reckoned)" if step == "frictionless" and reckoned else ""
        against = f"{time / seconds['ours']:,.2f}" if "ours" in seconds else ""
        cells = (kind, STEPS[step], f"{time:,.2f}{mark}", f"{time / seconds['floor']:,.1f}", against)
        lines.append(f"| {' | '.join(cells)} | {found[step]['peak_mib']:,.0f} MiB |")
    return lines


def put(page: str, name: str, text: str) -> str:
    """A page with the part between its two marks replaced."""
    pattern = re.compile(rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)", re.DOTALL)
    if not pattern.search(page):
        raise LookupError(f"{PAGE.name} has no part {name}")
    return pattern.sub(lambda found: f"{found[1]}\n{text}\n\n{found[2]}", page)


def main() -> None:
    """Print or write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--kinds", nargs="+", default=["parquet", "csv"])
    parser.add_argument("--steps", nargs="+", default=list(STEPS))
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="Write the tables into the page.")
    options, _ = parser.parse_known_args()
    for rows in options.rows:
        text = table(rows, tuple(options.kinds), options.steps, options.turns)
        print(f"{rows:,} rows\n\n{text}\n")
        if options.write:
            write_text(PAGE, put(PAGE.read_text(encoding="utf-8"), f"{rows}", text))
    ratio(
        "all rules on the package, against frictionless",
        lambda: validate(ROOT, conformance=False),
        lambda: frictionless.validate(str(ROOT / "datapackage.json")),
        turns=options.turns,
    )


if __name__ == "__main__":
    main()
