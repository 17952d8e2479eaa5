"""Run the steps: what is fresh is taken from the last release, the rest is made on two cores."""

import multiprocessing
import shutil
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from fnmatch import fnmatch
from pathlib import Path

from scripts.describe import stale
from scripts.release import DIST, ReleaseError, checksums
from scripts.release.site import SITE, archive_name, build_site, write_site_archive
from scripts.release.stamps import Stamps, contents, key
from scripts.release.steps import CODE, STAGES, Step
from scripts.tables import ROOT

#: Steps that run at the same time.
WORKERS = 2
#: What the site is built from, beside the release.
SITE_READS = (*CODE, "scripts/site/**/*", "docs/**/*", "overrides/**/*", "mkdocs.yml", "CHANGELOG.md")
#: Files and folders among the sources of the site that scripts write.
GENERATED = [line[1:] for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines() if line.startswith("/docs/")]


def show(name: str, what: str) -> None:
    """Say what became of a step."""
    print(f"release: {name:<18}{what}", flush=True)


def timed(step: Step, folder: Path) -> tuple[float, str | None]:
    """Run a step; its seconds and its remark."""
    start = time.perf_counter()
    remark = step.run(folder)
    return time.perf_counter() - start, remark


def run_stage(steps: tuple[Step, ...], folder: Path, old: Path, stamps: Stamps, pool: ProcessPoolExecutor) -> None:
    """Run the steps of a stage that are not fresh; ``old`` is the last release."""
    code, running = contents(ROOT, CODE), {}
    for step in steps:
        wanted = key(step.name, code, contents(ROOT, step.reads), contents(folder, step.uses))
        written = None if step.always else stamps.fresh(step.name, wanted, old)
        if written is None:
            running[pool.submit(timed, step, folder)] = step, wanted
            continue
        for path in written:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(old / path, folder / path)
        show(step.name, "fresh")
    for done in as_completed(running):
        step, wanted = running[done]
        seconds, remark = done.result()
        stamps.set(step.name, wanted, contents(folder, step.writes))
        show(step.name, f"{seconds:5.1f} s{f'  ({remark})' if remark else ''}")


def build(dist: Path = DIST, stamps: Stamps | None = None) -> None:
    """Write the release beside ``dist`` and put it there when it is whole.

    Raises
    ------
    ReleaseError
        When the release cannot be made; what was there before stays.
    """
    if names := stale():
        raise ReleaseError(f"stale: {', '.join(names)}; run `python -m scripts.describe` and commit the result")
    stamps = stamps or Stamps()
    beside = dist.with_name(f".{dist.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    with ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn")) as pool:
        for steps in STAGES:
            run_stage(steps, beside, dist, stamps, pool)
    checksums.write_checksums(beside)
    shutil.rmtree(dist, ignore_errors=True)
    beside.rename(dist)
    stamps.save()


def add_site(stamps: Stamps | None = None) -> None:
    """Build the site from the release in ``dist/``, and add its archive to the release."""
    stamps = stamps or Stamps()
    read = contents(ROOT, SITE_READS)
    sources = {path: sha for path, sha in read.items() if not any(fnmatch(path, f"{name}*") for name in GENERATED)}
    released = {path: sha for path, sha in contents(DIST, ["**/*"]).items() if path not in {archive_name(), checksums.NAME}}
    wanted = key("site", sources, released)
    if stamps.fresh("site", wanted, SITE) is None or not all(any(ROOT.glob(name)) for name in GENERATED):
        start = time.perf_counter()
        build_site()
        stamps.set("site", wanted, contents(SITE, ["**/*"]))
        show("site", f"{time.perf_counter() - start:5.1f} s")
    else:
        show("site", "fresh")
    write_site_archive()
    checksums.write_checksums(DIST)
    stamps.save()
