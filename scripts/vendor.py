"""Fetch the libraries of the site's scripts again, as ``docs/assets/vendor/manifest.json`` names them.

Run ``python -m scripts.vendor`` after a version in the manifest has changed; it needs npm. An entry
with ``from`` is copied unchanged out of its package. One with ``entry`` is bundled by esbuild from
what that line of JavaScript exports; all that comes along is listed under ``bundles``, and every
licence text goes into the licence file. The same manifest gives the same bytes.
"""

import hashlib
import json
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from scripts.tables import ROOT, write_text

VENDOR = ROOT / "docs" / "assets" / "vendor"
MANIFEST = VENDOR / "manifest.json"
ESBUILD = "0.28.2"


def install(libraries: list[dict[str, Any]], folder: Path) -> None:
    """Install every library and the bundler into ``folder/node_modules``."""
    for place, versions in (
        ("bundled", [e for e in libraries if "entry" in e]),
        ("copied", [e for e in libraries if "from" in e]),
    ):
        wanted = {f"{entry['name']}@{entry['version']}" for entry in versions}
        wanted |= {f"{part['name']}@{part['version']}" for entry in versions for part in entry["bundles"] if part.get("asked")}
        command = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder / place), *sorted(wanted)]
        subprocess.run([*command, f"esbuild@{ESBUILD}"], check=True)


def bundle(entry: dict[str, Any], folder: Path) -> None:
    """Write one bundle with its licence file, and list in its entry what it holds."""
    source, meta = folder / "entry.mjs", folder / "meta.json"
    source.write_text(entry["entry"], encoding="utf-8")
    asked = [part["name"] for part in entry["bundles"] if part.get("asked")]
    options = ["--bundle", "--format=esm", "--minify", "--target=es2022", "--legal-comments=none", f"--metafile={meta}"]
    banner = f"--banner:js=// {entry['name']} v{entry['version']}; licences: {entry['licence_file']}"
    command = [
        folder / "node_modules" / ".bin" / "esbuild",
        source.name,
        *options,
        banner,
        f"--outfile={VENDOR / entry['file']}",
    ]
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    inputs = [
        key
        for key, used in next(iter(json.loads(meta.read_text())["outputs"].values()))["inputs"].items()
        if used["bytesInOutput"]
    ]
    names = sorted({match[1] for key in inputs if (match := re.match(r"node_modules/((?:@[^/]+/)?[^/]+)/", key))})
    packages = {name: json.loads((folder / "node_modules" / name / "package.json").read_text()) for name in names}
    entry["bundles"] = [
        {"name": name, "version": found["version"], "licence": found["license"], "licence_file": entry["licence_file"]}
        | ({"asked": True} if name in asked else {})
        for name, found in packages.items()
        if name != entry["name"]
    ]
    write_text(
        VENDOR / entry["licence_file"],
        "\n".join(licence(folder / "node_modules" / name, found) for name, found in packages.items()),
    )


def licence(package: Path, found: dict[str, Any]) -> str:
    """Licence text of a package under its name and version."""
    text = next(path for path in sorted(package.iterdir()) if path.name.upper().startswith("LICENSE")).read_text(
        encoding="utf-8"
    )
    return f"{found['name']} {found['version']}\n\n{text.strip()}\n"


def main() -> None:
    """Write every library, its hash, and the manifest."""
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        install(manifest["libraries"], folder)
        for entry in manifest["libraries"]:
            if "entry" in entry:
                bundle(entry, folder / "bundled")
            else:
                copy = folder / "copied" / "node_modules" / entry["name"] / entry["from"]
                (VENDOR / entry["file"]).write_bytes(copy.read_bytes())
            entry["sha256"] = hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest()
            print(f"{entry['file']}: {entry['name']} {entry['version']}, {(VENDOR / entry['file']).stat().st_size:,} bytes")
    write_text(MANIFEST, json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
