"""BibTeX of exactly the rows in hand, read back by a parser."""

import bibtexparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rare_earths
from rare_earths.citing import cite
from rare_earths.citing.bibtex import entry
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


def test_refusals():
    frame = rare_earths.load("reserves", area="VNM")
    with pytest.raises(ValueError, match="keep the column source_id"):
        cite(frame.drop(columns="source_id"))
    with pytest.raises(ValueError, match="unknown sources"):
        cite(frame.assign(source_id="somebody"))


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029"), min_size=1, max_size=40)


@given(TEXT, TEXT)
def test_any_title_gives_an_entry_that_parses(title, publisher):
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
    library = bibtexparser.parse_string(entry(of_source(source)))
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == ["some-key"]
