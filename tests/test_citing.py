"""Citations of exactly the rows in hand, read back by parsers of each style."""

import json

import bibtexparser
import jsonschema
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

import rare_earths
from rare_earths.citing import bibtex, cite, csl, ris
from rare_earths.citing.references import of_source


def keys(text: str) -> set[str]:
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    return {entry.key for entry in library.entries}


def test_exactly_the_sources_of_the_rows():
    frame = rare_earths.load("reserves", area="VNM", as_of_year=[2023, 2025])
    package = f"rare-earths-{rare_earths.__version__}"
    assert keys(cite(frame)) == {package, "usgs-mcs-2024", "usgs-mcs-2026-v1.3"}
    assert keys(cite(frame.iloc[:0])) == {package}


def test_both_ends_of_a_revision_are_cited():
    frame = rare_earths.load("revisions", area="BRA", to_source_id="usgs-mcs-2026-v1.3")
    assert {"usgs-mcs-2026-v1.0", "usgs-mcs-2026-v1.3"} < keys(cite(frame))


def test_a_table_by_its_name():
    assert len(keys(cite("sources"))) == len(rare_earths.load("sources")) + 1


def test_a_restatement_is_called_one():
    text = cite(rare_earths.load("reserves", area="VNM", as_of_year=2019))
    assert "as restated by couragemagnet.com" in text and "Read as restated by couragemagnet.com." in text


def test_who_restated_is_said_once_where_the_attribution_says_it():
    text = cite(rare_earths.load("trade_flows", source_id="gacc-via-udn.com-cbf25f"), "text")
    assert text.count("UDN (Reuters, Jiemian)") == 2 and "Read as restated" not in text


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("usgs-mcs-2026-v1.3", ". Version 1.3. https"),
        ("usgs-mcs-2025", ": Rare earths. Chapter. https"),
        ("usgs-myb-2022", ". Advance tables. https"),
    ],
)
def test_only_a_number_is_called_a_version(source, words):
    assert words in cite(rare_earths.load("sources", source_id=source), "text")


def test_refusals():
    frame = rare_earths.load("reserves", area="VNM")
    with pytest.raises(ValueError, match="keep the column source_id"):
        cite(frame.drop(columns="source_id"))
    with pytest.raises(ValueError, match="unknown sources"):
        cite(frame.assign(source_id="somebody"))
    with pytest.raises(ValueError, match="no style 'apa'; expected one of 'bibtex', 'ris', 'csl-json', 'text'"):
        cite(frame, "apa")
    with pytest.raises(TypeError, match="list is no frame"):
        cite([1, 2])


DATE = {"type": "object", "required": ["date-parts"], "additionalProperties": False, "properties": {"date-parts": {
    "type": "array", "minItems": 1, "maxItems": 1,
    "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer", "minimum": 1, "maximum": 2100}},
}}}  # fmt: skip
WORDS = {"type": "string", "minLength": 1}
#: What CSL-JSON 1.0.2 allows of the fields that we write; other fields it may have, we do not.
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type", "title", "author", "note"],
        "additionalProperties": False,
        "properties": {
            **dict.fromkeys(["id", "title", "publisher", "version", "DOI", "URL", "language", "note"], WORDS),
            "type": {"enum": ["dataset", "report", "document", "legislation", "article-newspaper", "webpage"]},
            "author": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["literal"],
                    "properties": {"literal": WORDS},
                    "additionalProperties": False,
                },
            },
            "issued": DATE,
            "accessed": DATE,
        },
    },
}


def test_every_style_has_every_source_of_the_package():
    keys_expected = set(rare_earths.load("sources")["source_id"]) | {f"rare-earths-{rare_earths.__version__}"}
    assert keys(cite("sources")) == keys_expected
    items = json.loads(cite("sources", "csl-json"))
    jsonschema.Draft7Validator(CSL).validate(items)
    assert {item["id"] for item in items} == keys_expected
    entries = rispy.loads(cite("sources", "ris"))
    assert {entry["id"] for entry in entries} == keys_expected
    assert cite("sources", "text").count("Licence: ") == len(keys_expected)


@pytest.mark.parametrize("style", ["bibtex", "ris", "csl-json", "text"])
def test_each_source_says_its_licence_and_attribution(style):
    source = rare_earths.load("sources", source_id="usgs-mcs-2025").iloc[0]
    text = cite(rare_earths.load("reserves", area="VNM", as_of_year=2024), style)
    assert source["licence"] in text and source["attribution"] in text.replace("\\", "")
    assert "CC-BY-4.0" in text and rare_earths.__version__ in text


def test_dates_are_as_precise_as_they_are_known():
    frame = rare_earths.load("sources", engine="arrow").to_pylist()
    known = {row["source_id"]: row["published_on"] for row in frame}
    for item in json.loads(cite("sources", "csl-json"))[1:]:
        parts = item.get("issued", {}).get("date-parts", [[]])[0]
        assert "-".join(f"{part:02}" for part in parts) == (known[item["id"]] or "")
    for entry in rispy.loads(cite("sources", "ris"))[1:]:
        published = known[entry["id"]] or ""
        assert entry.get("date", "").rstrip("/").replace("/", "-") == published
        assert entry.get("year", "") == published[:4]


@pytest.mark.parametrize("engine", ["pandas", "polars", "arrow", "duckdb"])
def test_frames_of_every_engine(engine):
    frame = rare_earths.load("reserves", engine=engine, area="VNM", as_of_year=[2023, 2025])
    assert keys(cite(frame)) == keys(cite(rare_earths.load("reserves", area="VNM", as_of_year=[2023, 2025])))
    if engine != "pandas":
        lazy = rare_earths.scan("reserves", engine=engine)
        assert len(keys(cite(lazy))) == 13


def test_lists_of_sources_are_cited_whole():
    """`concentration` names all its sources in one cell."""
    row = rare_earths.load("concentration", topic="mine_production", year=2024)
    assert set(row["source_ids"].item().split("; ")) < keys(cite(row))


def test_results_of_the_library_are_cited():
    explanation = rare_earths.explain("reserves", area="BRA", as_of_year=2025)
    assert keys(cite(explanation)) == {f"rare-earths-{rare_earths.__version__}", "usgs-mcs-2026-v1.0", "usgs-mcs-2026-v1.3"}


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029"), min_size=1, max_size=40)


@given(TEXT, TEXT)
def test_any_title_gives_citations_that_parse(title, publisher):
    source = {name: None for name in rare_earths.load("sources").columns} | {
        "source_id": "some-key",
        "kind": "report",
        "title": title,
        "publisher": publisher,
        "url": "https://example.org/",
        "language": "en",
        "licence": "CC0-1.0",
        "attribution": publisher,
    }
    reference = of_source(source)
    library = bibtexparser.parse_string(bibtex.entry(reference))
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == ["some-key"]
    (item,) = json.loads(csl.write([reference]))
    assert (item["title"], item["author"]) == (title, [{"literal": publisher}])
    (entry,) = rispy.loads(ris.write([reference]))
    assert (entry["id"], entry["type_of_reference"]) == ("some-key", "RPRT")
    assert entry.get("title", "") == " ".join(title.split())
