"""Quotas, prices and statistics: figures as the sources print them, and what the ingest modules refuse."""

import pytest

import rare_earths
from scripts.ingest.quotas import announced, quantity
from scripts.ingest.statistic_footnotes import read_footnotes
from scripts.ingest.statistics import read_value


def one(table: str, /, **key):
    (row,) = rare_earths.load(table, **key).to_dict("records")
    return row


def test_sizes():
    sizes = {table: len(rare_earths.load(table)) for table in ("quotas", "quotas_yearly", "prices", "materials")}
    assert sizes == {"quotas": 144, "quotas_yearly": 39, "prices": 272, "materials": 34}
    statistics = rare_earths.load("us_salient_statistics")
    # 616 of the transcription, the 60 of scandium and yttrium that it leaves out, 847 of Data Series 140.
    own_chapters = statistics["series"].str.startswith(("Scandium:", "Yttrium:")) | statistics["series"].str.contains(
        "global|Y2O3|Yttrium metal"
    )
    assert (statistics["source_id"] == "usgs-ds140-2020").sum() == 847
    assert own_chapters.sum() == 60 and len(statistics) == 616 + 60 + 847


def test_quotas_of_a_year():
    row = one("quotas_yearly", year=2024, quota_type="mining")
    assert (row["quantity_t_reo"], row["batches"], row["gap_t"]) == (270_000, "1; 2", 0)
    row = one("quotas_yearly", year=2013, quota_type="export")
    assert (row["quantity_t"], row["batches_sum_t"], row["gap_t"]) == (30_999, 31_001, -2)
    row = one("quotas_yearly", year=2011, quota_type="export")
    assert (row["lowest_t"], row["highest_t"], row["candidates"]) == (30_184, 30_246, 2)
    assert (
        rare_earths.load("quotas_yearly", year=2025).empty
        and rare_earths.load("quotas_yearly", year=2012, quota_type="mining").empty
    )


def test_conflicting_quotas_all_stay():
    first_half = rare_earths.load("quotas", year=2011, batch="h1", rare_earth_class="total")
    assert sorted(first_half["quantity_t"]) == [14_446, 14_508]
    hidden = one("quotas", year=2025)
    assert (hidden["qualifier"], hidden["quantity_as_printed"], hidden["announced_on"]) == (
        "withheld",
        "not disclosed",
        "2025-06",
    )


@pytest.mark.parametrize(
    ("text", "tonnes"),
    [
        ("10.5万吨", 105_000),
        ("8万6000トン", 86_000),
        ("9万400トン", 90_400),
        ("10.14kt REO", 10_140),
        ("around 23,000", 23_000),
    ],
)
def test_printed_quotas(text, tonnes):
    assert quantity(text) == tonnes


@pytest.mark.parametrize("text", ["10.5万5吨", "many", "12 000 t", ""])
def test_what_is_no_quota_is_refused(text):
    with pytest.raises(ValueError, match="is no quota"):
        quantity(text)


def test_a_look_back_is_no_announcement():
    assert announced("2018-07-30 (retrospective)", "2017") == ("", "Stated in retrospect, 2018-07-30.")
    assert announced("2008", "2005") == ("", "Stated in retrospect, 2008.")
    with pytest.raises(ValueError, match="expected a date"):
        announced("last week", "2017")


def test_prices_of_two_purities_stay_apart():
    frame = rare_earths.load("prices", year=2021, source_id=["usgs-mcs-2026-v1.0", "usgs-myb-2022"])
    gadolinium = frame[frame["material"].str.startswith("gd-")].set_index("material")["price"]
    assert gadolinium.to_dict() == {"gd-oxide-99.99-min": 47, "gd-oxide-99.999": 55}
    row = one("prices", source_id="usgs-mcs-2026-v1.0", material="sc-oxide-99.99-lot-5-100", year=2021)
    assert (row["price_low"], row["price_high"], row["delivery"]) == (890, 1000, "ex_works_china")
    assert row["price"] != row["price"]


def test_statistics_keep_what_was_printed():
    row = one("us_salient_statistics", source_id="usgs-mcs-2026-v1.0", series="Production: Mineral concentrates", year=2024)
    assert (row["value"], row["status"], row["note"]) == (45_500, "estimated", "Monazite concentrates are left out.")
    row = one("us_salient_statistics", source_id="usgs-mcs-2025", series="Imports: Compounds", year=2020)
    assert (row["value"], row["status"]) == (6_510, "estimated")
    assert row["note"] == "The source estimated the oxide content; trade data of the U.S. Census Bureau."
    row = one("us_salient_statistics", source_id="usgs-ds140-2020", series="Production", year=1900)
    assert (row["value"], row["unit"]) == (227, "t REO")


def test_a_marked_heading_reaches_every_row_and_year_under_it():
    """The chapter of 2025 marks Production, Imports, Exports and its newest year as estimated, and nothing else."""
    frame = rare_earths.load("us_salient_statistics", source_id="usgs-mcs-2025")
    printed = frame[frame["value"].notna() & (frame["value_qualifier"] != "nil")]
    marked = printed["series"].str.contains("^(?:Production|Imports|Exports):") | (printed["year"] == 2024)
    assert (len(frame), len(printed), marked.sum()) == (95, 89, 39 + 10)
    assert (printed["status"].eq("estimated") == marked).all()
    (dash,) = frame[frame["value_qualifier"] == "nil"].to_dict("records")
    assert (dash["series"], dash["year"], dash["value_as_printed"]) == ("Production: Compounds and metals", 2020, "—")
    assert dash["status"] != "estimated"
    reliance = frame[frame["series"].str.startswith("Net import reliance")]
    assert len(reliance) == 10 and reliance["note"].str.match("The source defines it as imports less exports. For 2020 ").all()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("440–490", (None, 440, 490, "range")),
        (">95", (95, None, None, "greater_than")),
        ("E", (None, None, None, "net_exporter")),
        ("XX", (None, None, None, "not_applicable")),
        ("—", (0, None, None, "nil")),
    ],
)
def test_printed_values(text, expected):
    assert read_value(text) == expected


def test_an_unknown_footnote_stops_the_run():
    with pytest.raises(ValueError, match="table, line 3: unknown footnote 'Something new'"):
        read_footnotes(["2: Something new."], "table, line 3")
    assert read_footnotes(["2018 column marked e"], "", "Production", 2017).status == ""
    assert read_footnotes(["2018 column marked e"], "", "Production", 2018).status == "estimated"


@pytest.mark.raw
def test_every_row_of_the_evidence_is_there(raw):
    quotas = rare_earths.load("quotas")
    printed = sorted(row["value_as_printed"] for _, row in raw.transcription("china_quotas.csv"))
    assert sorted(quotas["quantity_as_printed"]) == printed
    prices = rare_earths.load("prices")
    assert len(prices) == len(list(raw.transcription("usgs_oxide_prices.csv")))
    statistics = rare_earths.load("us_salient_statistics")
    for edition, source in (("2025", "usgs-mcs-2025"), ("2016", "usgs-mcs-2016-via-docslib"), ("MYB 2022", "usgs-myb-2022")):
        expected = sum(row["edition"] == edition for _, row in raw.transcription("usgs_mcs_salient_us.csv"))
        assert (statistics["source_id"] == source).sum() == expected > 0
