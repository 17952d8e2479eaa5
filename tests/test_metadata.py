"""What catalogues are told is what the descriptor, the schemas and the rows say."""

import csv
import json
from pathlib import Path

import jsonschema
import pytest
import rdflib
from rdflib.namespace import DCTERMS, RDF

import rare_earths
from scripts.metadata import schema_org
from scripts.metadata.coverage import TIMES, Coverage
from scripts.metadata.facts import Facts
from scripts.project import project
from scripts.tables import ROOT, schema, tables
from tests.conftest import built

pytestmark = pytest.mark.release
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")


@pytest.fixture(scope="module")
def facts() -> Facts:
    built("dist/croissant.json")
    return Facts(built("dist"))


@pytest.fixture(scope="module")
def croissant() -> dict:
    return json.loads(built("dist/croissant.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(built("dist/dcat.jsonld"), format="json-ld", publicID="https://example.org/dcat.jsonld")


def checksums() -> dict[str, str]:
    return dict(reversed(line.split("  ", 1)) for line in built("dist/SHA256SUMS").read_text().splitlines())


def rows(table: str) -> list[dict[str, str]]:
    with open(ROOT / "data" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("table", "years"), [("reserves", (2014, 2025)), ("trade_flows", (1993, 2026)), ("areas", (None, None))]
)
def test_coverage_in_time_is_that_of_the_rows(facts, table, years):
    covered = next(found.coverage for found in facts.tables if found.name == table)
    assert (covered.start, covered.end) == years
    told = [value for row in rows(table) for name in TIMES if name in row for value in row[name].split("/") if value]
    assert {covered.start, covered.end} == ({int(min(told)[:4]), int(max(told)[:4])} if told else {None})


def test_coverage_in_space_is_that_of_the_rows(facts):
    found = {table.name: table.coverage for table in facts.tables}
    assert found["reserves"].areas == {row["area"] for row in rows("reserves")}
    assert found["trade_flows"].areas == {row[side] for row in rows("trade_flows") for side in ("reporter", "partner")}
    assert facts.places(found["reserves"])[0] == "World" and "Vietnam" in facts.places(found["reserves"])
    assert facts.coverage.areas >= found["reserves"].areas | found["trade_flows"].areas


def test_coverages_add_up():
    assert Coverage() | Coverage(2000, 2001, frozenset({"A"})) | Coverage(1999, 2000) == Coverage(1999, 2001, frozenset({"A"}))
    assert Coverage().years is None and Coverage(1999, 2001).years == "1999/2001"


def test_croissant_has_every_field_of_every_schema(croissant):
    found = {
        record["name"]: [(field["name"], field["source"]["extract"]["column"]) for field in record["field"]]
        for record in croissant["recordSet"]
    }
    assert found == {table: [(field["name"], field["name"]) for field in schema(table)["fields"]] for table in tables()}
    keys = {record["name"]: [key["@id"] for key in record["key"]] for record in croissant["recordSet"]}
    assert keys == {table: [f"{table}/{name}" for name in schema(table)["primaryKey"]] for table in tables()}


def test_croissant_lists_files_with_their_hashes(croissant):
    expected = checksums()
    files = {file["contentUrl"]: file for file in croissant["distribution"]}
    assert {path: file["sha256"] for path, file in files.items()} == {path: expected[path] for path in files}
    assert {f"rare-earths-{project()['version']}{ending}" for ending in (".zip", ".sqlite", ".xlsx")} < set(files)
    for path, file in files.items():
        assert file["contentSize"] == f"{(built('dist') / path).stat().st_size} B"


def test_dcat_is_rdf_with_a_distribution_for_each_file(graph):
    (package,) = graph.subjects(DCTERMS.identifier, rdflib.Literal(f"rare-earths-{project()['version']}"))
    assert len(list(graph.objects(package, DCTERMS.hasPart))) == len(tables())
    assert (package, RDF.type, DCAT.Dataset) in graph
    assert graph.value(package, DCTERMS.license) == rdflib.URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert graph.value(package, DCTERMS.issued).toPython().isoformat() == project()["released"]
    expected = checksums()
    found = {
        str(graph.value(file, DCAT.downloadURL)).removeprefix("https://example.org/"): graph.value(
            graph.value(file, SPDX.checksum), SPDX.checksumValue
        )
        for file in graph.subjects(RDF.type, DCAT.Distribution)
    }
    assert len(found) == 2 * len(tables()) + 3
    assert {path: value.lexical if hasattr(value, "lexical") else str(value).lower() for path, value in found.items()} == {
        path: expected[path] for path in found
    }
    years = graph.query(
        "SELECT ?start ?end WHERE { ?d dct:identifier 'reserves' ; dct:temporal [ dcat:startDate ?start ; dcat:endDate ?end ] }",
        initNs={"dct": DCTERMS, "dcat": DCAT},
    )
    assert [(str(start)[:4], str(end)[:4]) for start, end in years] == [("2014", "2025")]


def test_registrars_are_told_what_the_descriptor_says():
    datacite, zenodo = (
        json.loads(built(f"dist/{name}").read_text(encoding="utf-8")) for name in ("datacite.json", ".zenodo.json")
    )
    assert datacite["titles"][0]["title"] == zenodo["title"] == project()["title"]
    assert datacite["publicationYear"] == project()["released"][:4] and zenodo["publication_date"] == project()["released"]
    assert [creator["name"] for creator in zenodo["creators"]] == [author["name"] for author in project()["authors"]]
    dois = sorted({row["doi"] for row in rows("sources") if row["doi"]})
    assert dois and [item["relatedIdentifier"] for item in datacite["relatedIdentifiers"]] == dois
    assert [item["identifier"] for item in zenodo["related_identifiers"]] == dois
    assert datacite["rightsList"][0]["rightsIdentifier"] == "CC-BY-4.0" and zenodo["license"] == "cc-by-4.0"
    assert "World" in [place["geoLocationPlace"] for place in datacite["geoLocations"]]


def test_the_validation_report_is_of_this_release():
    report = json.loads(built("dist/validation-report.json").read_text(encoding="utf-8"))
    assert report["valid"] is True


def test_the_difference_follows_its_schema():
    difference = json.loads(built("dist/diff.json").read_text(encoding="utf-8"))
    path = Path(rare_earths.__file__).with_name("diff.schema.json")
    jsonschema.validate(difference, json.loads(path.read_text(encoding="utf-8")))
    assert difference["new"] == project()["version"]


def json_ld(path: str) -> dict:
    text = built(path).read_text(encoding="utf-8")
    (part,) = text.split('<script type="application/ld+json">')[1:]
    return json.loads(part.split("</script>")[0])


@pytest.mark.parametrize("table", tables())
def test_the_page_of_a_table_describes_it_to_search_engines(table):
    found = json_ld(f"site/tables/{table}/index.html")
    assert (found["@type"], found["name"], found["version"]) == ("Dataset", schema(table)["title"], project()["version"])
    assert found["variableMeasured"] == [
        {"@type": "PropertyValue", "name": field["name"], "description": field["description"]}
        | ({"unitText": field["unit"]} if "unit" in field else {})
        for field in schema(table)["fields"]
    ]
    expected, place = checksums(), built("site") / "tables" / table
    for file in found["distribution"]:
        assert (place / file["contentUrl"]).resolve().is_file()
        assert file["sha256"] == expected[file["name"]]


def test_the_home_page_describes_the_package_to_search_engines():
    found = json_ld("site/index.html")
    assert len(found["hasPart"]) == len(tables()) and found["temporalCoverage"] == "1900/2026"
    for file in found["distribution"]:
        assert (built("site") / file["contentUrl"]).is_file()
    assert len(found["distribution"]) == 3


def test_no_text_ends_the_element_early():
    script = schema_org.script({"name": "</script><b>"})
    assert script.count("<") == 2 and json.loads(script.split(">", 1)[1].rsplit("<", 1)[0]) == {"name": "</script><b>"}
