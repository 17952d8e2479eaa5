"""Build the site with Zensical from the same ``mkdocs.yml``, and say what differs from the site of mkdocs.

Run ``make zensical`` after ``make site``: it installs Zensical into an environment of its own. Nothing depends on
the outcome: mkdocs builds the released site, and this shows how far a change of generator is away.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.tables import ROOT

SITE = ROOT / "site"
ENGINE = ROOT / ".cache" / "zensical" / "bin" / "zensical"
#: Pages named of those that differ.
SHOWN = 10
#: What a page holds that a reader or a link relies on.
LOOKED_AT = {
    "words": lambda article: re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", article)),
    "anchors": lambda article: sorted(found for found in re.findall(r'\sid="([^"]+)"', article) if not found.startswith("__")),
    # `./#place` and `#place` are one link.
    "links": lambda article: [
        re.sub(r"^\./(?=#)", "", link.replace("&amp;", "&")) for link in re.findall(r'\s(?:href|src)="([^"]*)"', article)
    ],
}


def pages(site: Path) -> dict[str, str]:
    """Article of every page by its path; what scripts hold is left out."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        article = path.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
        found[path.relative_to(site).as_posix()] = re.sub(r"(<script\b[^>]*>).*?</script>", r"\1", article, flags=re.S)
    return found


def differences(ours: dict[str, str], theirs: dict[str, str]) -> tuple[list[str], dict[str, list[str]]]:
    """Pages that only one of the two has, and pages that differ, by what differs in them."""
    shared = ours.keys() & theirs.keys()
    found = {
        name: [page for page in sorted(shared) if look(ours[page]) != look(theirs[page])] for name, look in LOOKED_AT.items()
    }
    return sorted(ours.keys() ^ theirs.keys()), found


def build(engine: Path, folder: Path) -> None:
    """Build into ``folder/site`` from a copy of what the site is made of."""
    for name in ("docs", "overrides", "src"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("mkdocs.yml", "CHANGELOG.md"):
        shutil.copyfile(ROOT / name, folder / name)
    environment = os.environ | {"PATH": f"{engine.parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([engine, "build", "--config-file", folder / "mkdocs.yml"], check=True, cwd=folder, env=environment)


def main() -> None:
    """Build and compare."""
    if not ENGINE.exists() or not (SITE / "index.html").is_file():
        sys.exit("zensical: needs the site in site/ and Zensical in .cache/; run `make site zensical`")
    with tempfile.TemporaryDirectory() as name:
        build(ENGINE, Path(name))
        ours, theirs = pages(SITE), pages(Path(name) / "site")
    lonely, found = differences(ours, theirs)
    print(f"zensical: {len(theirs)} pages, mkdocs: {len(ours)}")
    for what, names in {"pages of one only": lonely, **found}.items():
        print(f"{what}: {len(names)} differ" + (f", such as {', '.join(names[:SHOWN])}" if names else ""))
    if lonely or any(found.values()):
        sys.exit("zensical: the two sites differ")


if __name__ == "__main__":
    main()
