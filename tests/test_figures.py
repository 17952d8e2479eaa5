"""Reading printed figures, footnotes and names: strict, and nothing told apart gets mixed up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rare_earths import locators
from scripts.ingest.areas import area_code
from scripts.ingest.figures import read_figure
from scripts.ingest.footnotes import read_footnotes


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("29,000", 29_000, "exact"),
        ("45000", 45_000, "exact"),
        ("60000.0", 60_000, "exact"),
        ("55 million", 55_000_000, "exact"),
        ("1.8 million", 1_800_000, "exact"),
        (">90,000,000", 90_000_000, "greater_than"),
        ("<5", 5, "less_than"),
        ("—", 0, "nil"),
        ("--", 0, "nil"),
        ("0", 0, "nil"),
        ("NA", None, "not_available"),
        ("W", None, "withheld"),
        ("", None, "blank"),
    ],
)
def test_figure(text, value, qualifier):
    assert read_figure(text) == (value, qualifier)


@pytest.mark.parametrize("text", ["1,23", "12,3456", "1 216,000", "10,000 - 15,000", "2٠00", "na", "e", "-5", "1e5", "12,000e"])
def test_what_is_no_figure_is_refused(text):
    with pytest.raises(ValueError, match="is no figure"):
        read_figure(text)


@given(st.integers(min_value=1, max_value=10**9))
def test_number_survives_every_spelling(number):
    for text in (str(number), f"{number:,}", f"{number}.0"):
        assert read_figure(text) == (number, "exact")
    assert read_figure(f">{number:,}") == (number, "greater_than")


@given(st.text())
def test_any_text_is_a_figure_or_refused(text):
    try:
        value, qualifier = read_figure(text)
    except ValueError:
        return
    assert (value is None) == (qualifier in {"blank", "not_available", "withheld"})


VALUE = st.text(st.characters(exclude_characters=";", exclude_categories=["Cs", "Cc"]), min_size=1).filter(
    lambda t: t == t.strip()
)


@given(st.dictionaries(st.sampled_from(locators.KEYS), VALUE, min_size=1))
def test_locator_round_trip(pairs):
    assert locators.parse(locators.build(pairs)) == pairs


@pytest.mark.parametrize("text", ["", "p. 153", "page=", "page= 3", "page=3;row=4", "page=3; page=4", "colour=red", "page=3; "])
def test_bad_locator_is_refused(text):
    with pytest.raises(ValueError):
        locators.parse(text)


def test_unknown_footnote_stops_with_its_place():
    with pytest.raises(ValueError, match=r"file\.csv, line 7: unknown footnote 'Something new\.'"):
        read_footnotes(["Estimated. Something new."], "file.csv, line 7")


def test_footnotes_together():
    meaning = read_footnotes(["Estimated.", "Production quota; does not include undocumented production."], "")
    assert (meaning.status, meaning.measurement) == ("estimated", "production_quota")


def test_unknown_area_stops_with_its_place():
    assert area_code("Burma", "") == area_code("Myanmar", "") == "MMR"
    with pytest.raises(ValueError, match=r"file\.csv, line 7: unknown area 'Atlantis'"):
        area_code("Atlantis", "file.csv, line 7")
