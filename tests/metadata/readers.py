"""Open the release with readers that have an environment of their own: ``python readers.py CHECK RELEASE``.

Each check prints what it found and ends with an exception where a reader is not content.
"""

import json
import os
import sys
from pathlib import Path


def croissant(release: Path) -> None:
    """Every record set, as loaders of machine learning read it; of a long one the first thousand rows."""
    import mlcroissant

    dataset = mlcroissant.Dataset(release / "croissant.json")
    rows = {}
    for record_set in dataset.metadata.record_sets:
        rows[record_set.id] = 0
        for record in dataset.records(record_set.id):
            rows[record_set.id] += 1
            if record.get("areas/area") == b"NAM":
                assert record["areas/iso_alpha2"] == b"NA", record
            if rows[record_set.id] == 1000:
                break
    print(json.dumps(rows))


def datacite(release: Path) -> None:
    """The schema of DataCite 4.5, and that it refuses a document without a title."""
    from datacite import schema45

    document = json.loads((release / "datacite.json").read_text(encoding="utf-8"))
    schema45.validator.validate(document)
    document.pop("titles")
    print(json.dumps({"valid": True, "valid_without_titles": schema45.validator.is_valid(document)}))


def profile(release: Path) -> None:
    """The profiles of Data Package v2 for both descriptors and all schemas."""
    import dplib
    from jsonschema.validators import validator_for

    profiles = Path(dplib.__file__).parent / "profiles" / "2.0"

    def errors(path: Path, name: str) -> list[str]:
        definition = json.loads((profiles / name).read_text(encoding="utf-8"))
        found = validator_for(definition)(definition).iter_errors(json.loads(path.read_text(encoding="utf-8")))
        return [f"{path.name}: {error.message[:300]}" for error in found]

    found = [error for path in release.rglob("datapackage.json") for error in errors(path, "datapackage.json")]
    found += [error for path in (release / "schemas").glob("*.json") for error in errors(path, "tableschema.json")]
    print(json.dumps({"errors": found, "schemas": len(list((release / "schemas").glob("*.json")))}))


def datapackage(release: Path) -> None:
    """The descriptor and rows, as another implementation of the standard reads them."""
    import datapackage

    os.chdir(release)
    package = datapackage.Package("datapackage.json")
    rows = {name: len(package.get_resource(name).read()) for name in package.resource_names if name != "trade_flows"}
    reserves = package.get_resource("reserves").read(keyed=True)
    (vietnam,) = (row for row in reserves if (row["area"], row["as_of_year"]) == ("VNM", 2025))
    print(json.dumps({"valid": package.valid, "rows": rows, "vietnam": str(vietnam["reserves_t_reo"])}))


if __name__ == "__main__":
    globals()[sys.argv[1]](Path(sys.argv[2]))
