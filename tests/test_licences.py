"""The licences of a release: who is credited under which, and what stays out."""

import csv
import json

from scripts.describe import source_rows
from scripts.licences import withheld_sources
from scripts.metadata import licence_data
from scripts.tables import ROOT


def parts(text: str) -> dict[str, list[str]]:
    """Attributions under each heading of LICENSE-DATA."""
    found: dict[str, list[str]] = {}
    lines = text.splitlines()
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if line and after and set(after) <= {"-"}:
            current = found.setdefault(line, [])
        elif line.startswith("- "):
            current.append(line.removeprefix("- "))
    return found


def test_everybody_who_asks_is_credited_under_their_licence():
    with open(ROOT / "data" / "sources.csv", encoding="utf-8", newline="") as file:
        sources = list(csv.DictReader(file))
    found = parts((ROOT / "LICENSE-DATA").read_text(encoding="utf-8"))
    for source in sources:
        heading = source["licence"] if source["redistributable"] == "true" else "Held back"
        assert any(line.startswith(source["attribution"]) for line in found[heading]), source["source_id"]
    assert set(found) == {source["licence"] for source in sources if source["redistributable"] == "true"} | {"Held back"}
    counted = {line: 1 for lines in found.values() for line in lines}
    assert len(counted) < len(sources)
    assert "Source: CEPII, BACI; Gaulier and Zignago (2010), CEPII Working Paper 2010-23. (4 sources)" in found["etalab-2.0"]


def test_a_source_whose_licence_is_withdrawn_moves_to_what_is_held_back():
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    sources = source_rows()
    sources[0]["redistributable"] = False
    found = parts(licence_data.text(descriptor, sources))
    assert sources[0]["attribution"] in found["Held back"]
    assert len(found["Held back"]) == len(withheld_sources(sources))


def test_without_held_sources_there_is_no_such_part():
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    sources = [source for source in source_rows() if source["redistributable"]]
    assert "Held back" not in licence_data.text(descriptor, sources)
