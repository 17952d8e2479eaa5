"""Figures as the sources print them, and what the issue of this package promises of its tables."""

import pytest

import rare_earths
from scripts.tables import tables


def reserves(**key) -> float:
    return rare_earths.load("reserves", **key)["reserves_t_reo"].item()


def reported(table: str, /, **key):
    (row,) = rare_earths.load(table, **key).to_dict("records")
    return row


def test_vietnam_falls_from_22_to_3_5_million():
    assert reported("reserves_reported", source_id="usgs-mcs-2024", area="VNM")["reserves_t_reo"] == 22_000_000
    assert reported("reserves_reported", source_id="usgs-mcs-2025", area="VNM")["reserves_t_reo"] == 3_500_000
    assert reserves(area="VNM", as_of_year=2025) == 3_500_000


def test_brazil_has_two_vintages_of_2026():
    assert reported("reserves_reported", source_id="usgs-mcs-2026-v1.0", area="BRA")["reserves_t_reo"] == 21_000_000
    assert reported("reserves_reported", source_id="usgs-mcs-2026-v1.3", area="BRA")["reserves_t_reo"] == 11_000_000
    assert reserves(area="BRA", as_of_year=2025) == 11_000_000


def test_australia_2024():
    row = reported("production", area="AUS", year=2024)
    assert (row["quantity_t_reo"], row["lowest_t_reo"], row["highest_t_reo"]) == (29_000, 13_000, 29_000)
    assert row["source_id"] == "usgs-mcs-2026-v1.3"


@pytest.mark.parametrize(
    ("edition", "total"), [("usgs-mcs-2024", 110e6), ("usgs-mcs-2025", 90e6), ("usgs-mcs-2026-v1.3", 75e6)]
)
def test_china_and_the_world_by_edition(edition, total):
    assert reported("reserves_reported", source_id=edition, area="CHN")["reserves_t_reo"] == 44_000_000
    world = reported("reserves_reported", source_id=edition, area="WLD")
    assert world["reserves_t_reo"] == total
    assert world["qualifier"] == ("rounded" if edition == "usgs-mcs-2024" else "greater_than")


def test_world_2024_was_revised():
    assert reported("production_reported", source_id="usgs-mcs-2025", area="WLD", year=2024)["quantity_t_reo"] == 390_000
    assert reported("production", area="WLD", year=2024)["quantity_t_reo"] == 380_000


def test_dash_empty_cell_na_bound_and_missing_row_are_told_apart():
    def found(source, area):
        row = reported("production_reported", source_id=source, area=area, year=2023)
        return row["qualifier"], row["quantity_t_reo"], row["quantity_as_printed"]

    assert found("usgs-mcs-2025", "CAN") == ("nil", 0, "—")
    qualifier, value, printed = found("usgs-mcs-2025-data", "CAN")
    assert qualifier == "blank" and value != value and printed != printed
    row = reported("reserves_reported", source_id="usgs-mcs-2025-data", area="MMR")
    assert (row["qualifier"], row["reserves_as_printed"]) == ("not_available", "NA")
    assert "column=RESERVE_NOTES" in row["locator"]
    assert reported("reserves_reported", source_id="usgs-mcs-2025", area="WLD")["qualifier"] == "greater_than"
    assert rare_earths.load("production_reported", source_id="usgs-mcs-2024", area="NGA").empty


def test_superscripts_never_reach_a_figure():
    row = reported("production_reported", source_id="usgs-myb-2022", area="USA", year=2021)
    assert (row["quantity_as_printed"], row["status"]) == ("42400", "reported")
    assert "Bastnaesite" in row["note"]
    row = reported("production_reported", source_id="usgs-myb-2022", area="MDG", year=2021)
    assert (row["quantity_t_reo"], row["status"], row["note"]) == (
        6000,
        "estimated",
        "The source marks this figure as revised.",
    )


def test_chinas_quota_is_called_a_quota():
    frame = rare_earths.load("production", area="CHN", year=[2021, 2022, 2023, 2024])
    assert list(frame["quantity_t_reo"]) == [168_000, 210_000, 255_000, 270_000]
    assert set(frame["measurement"]) == {"production_quota"}
    unmarked = reported("production_reported", source_id="usgs-mcs-2026-v1.3", area="CHN", year=2024)
    assert "this source does not" in unmarked["note"]


def test_an_ambiguous_zero_is_never_chosen():
    rows = rare_earths.load("production_reported", source_id="visual-capitalist-30-years", quantity_as_printed="0")
    assert set(rows["qualifier"]) == {"blank"} and rows["quantity_t_reo"].isna().all()
    assert rare_earths.load("production", area="RUS", year=2004).empty


def test_sizes():
    assert len(rare_earths.load("production_reported")) >= 700
    assert len(rare_earths.load("reserves_reported")) >= 100


@pytest.mark.parametrize(
    "table", [name for name in tables() if name.endswith("_reported") or name in {"production", "reserves"}]
)
def test_every_row_has_source_locator_and_grade(table):
    frame = rare_earths.load(table)
    assert frame[["source_id", "locator", "grade"]].notna().all().all()


def test_revisions_of_the_newest_edition():
    row = reported("revisions", area="BRA", to_source_id="usgs-mcs-2026-v1.3")
    assert (row["from_t_reo"], row["to_t_reo"], row["change_percent"], row["days_between"]) == (21e6, 11e6, -47.6, 110)


def test_elements():
    frame = rare_earths.load("elements").set_index("symbol")
    assert len(frame) == 17
    # Nd2O3: 2 x 144.242 of 2 x 144.242 + 3 x 15.999.
    assert frame.loc["Nd", "oxide_to_metal"] == round(2 * 144.242 / (2 * 144.242 + 3 * 15.999), 4)
    assert set(frame.index[frame["class"] == "heavy"]) == {"Y", "Tb", "Dy", "Ho", "Er", "Tm", "Yb", "Lu"}
