"""How figures, places and licences are written for a reader."""

import pytest

from scripts.site.products import described
from scripts.site.render import licence, millions, place


@pytest.mark.parametrize(
    ("value", "largest", "expected"),
    [
        (7_943_000, None, "7.943"),
        (94_400_000, None, "94.4"),
        (7_943_000, 3_109_600_000, "7.9"),
        (94_400_000, 3_109_600_000, "94.4"),
        (32_000, 562_600_000, "<0.1"),
        (51_000, 562_600_000, "0.1"),
        (0, 562_600_000, "0.0"),
        (1_540_000, 14_000_000, "1.54"),
        (32_000, 6_000_000, "0.032"),
        (None, 6_000_000, ""),
    ],
)
def test_amounts_of_a_table_have_the_digits_of_its_largest(value, largest, expected):
    assert millions(value, largest) == expected


def test_a_locator_is_written_for_a_reader():
    assert place("page=153; table=World Mine Production; row=A=B; url_fragment=x") == (
        "page 153; table World Mine Production; row A=B; url fragment x"
    )
    assert place("section=whole text") == "whole text"


def test_a_licence_has_a_name():
    assert licence("US-Government-Work") == "work of the US government" and licence("MIT") == "MIT"


def test_a_headline_is_not_described_by_its_own_name():
    assert described({"code": "", "description": "What China calls magnets: its line for them"}) == "Its line for them"
    assert described({"code": "8505", "nomenclature": "HS", "description": "Magnets: all"}) == "Magnets: all"
