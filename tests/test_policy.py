"""Policy actions: what the tables promise, and which of them applied on a day."""

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import rare_earths
from rare_earths.dates import first_day, last_day, precision
from rare_earths.standing import OVER, standing

DAYS = st.dates(min_value=first_day("1980"), max_value=last_day("2040"))


def answer(on: str, **key):
    frame = rare_earths.policy_in_force(on, **key)
    return frame.set_index("action_id")


def actions():
    frame = rare_earths.load("policy_actions").astype(object)
    return frame.where(frame.notna(), None).to_dict("records")


ACTIONS = actions()


def test_sizes():
    counts = {table: len(rare_earths.load(table)) for table in ("policy_actions", "policy_types", "policy_relations")}
    assert counts == {"policy_actions": 322, "policy_types": 67, "policy_relations": 227}
    assert len(rare_earths.load("policy_citations")) == 639


def test_in_force_and_suspended_on_20_november_2025():
    found = answer("2025-11-20", jurisdiction="CHN")
    assert found.loc["CHN-2025-MOFCOM18", ["state", "certain"]].tolist() == ["in_force", True]
    for number in (55, 56, 57, 58, 61, 62):
        row = found.loc[f"CHN-2025-MOFCOM{number}"]
        assert (row["state"], row["certain"], row["suspended_by"]) == ("suspended", True, "CHN-2025-MOFCOM70")
    assert "was to take effect on 2025-12-01" in found.loc["CHN-2025-MOFCOM61", "remark"]


def test_before_the_suspension():
    found = answer("2025-10-15", jurisdiction="CHN", element="Dy")
    assert found.loc[["CHN-2025-MOFCOM18", "CHN-2025-MOFCOM62"], "state"].tolist() == ["in_force", "in_force"]
    assert not {"CHN-2025-MOFCOM57", "CHN-2025-MOFCOM61", "CHN-2025-MOFCOM70"} & set(found.index)


def test_after_the_suspension_nobody_says_what_applies():
    found = answer("2026-11-11", jurisdiction="CHN")
    for number in (55, 56, 57, 58, 61, 62):
        row = found.loc[f"CHN-2025-MOFCOM{number}"]
        assert (row["state"], row["certain"]) == ("unclear", False)
        assert row["remark"] == "its suspension ran until 2026-11-10; what applies after that our sources do not say"
    assert found.loc["CHN-2025-MOFCOM70", "state"] == "unclear"
    assert found.loc["CHN-2025-MOFCOM18", "remark"] == "last known: our sources end on 2026-04"


def test_the_old_export_quotas():
    assert answer("2012-06-01", jurisdiction="CHN").loc["CHN-2012-EXPORT-QUOTA", ["state", "certain"]].tolist() == [
        "in_force",
        True,
    ]
    assert answer("2014-12-31").loc["CHN-1998-EXPORT-QUOTA-SYSTEM", "state"] == "in_force"
    assert "CHN-1998-EXPORT-QUOTA-SYSTEM" not in answer("2015-01-01").index


def test_a_list_ends_when_the_next_one_supersedes_it():
    assert answer("2017-09-12").loc["EUU-2014-CRM-LIST", "state"] == "in_force"
    assert "EUU-2014-CRM-LIST" not in answer("2017-09-13").index


def test_questions_that_have_no_answer_are_refused():
    with pytest.raises(ValueError, match="is no day"):
        rare_earths.policy_in_force("2025-11")
    with pytest.raises(ValueError, match="is no rare earth"):
        rare_earths.policy_in_force("2025-11-20", element="Xx")
    with pytest.raises(KeyError, match="no area"):
        rare_earths.policy_in_force("2025-11-20", jurisdiction="ZZZ")
    with pytest.raises(ValueError, match="2025 is no day: expected a date, or text such as '2025-11-20'"):
        rare_earths.policy_in_force(2025)
    assert rare_earths.policy_in_force("1900-01-01").empty


def test_a_day_may_come_with_a_time():
    day = rare_earths.policy_in_force("2025-11-20", jurisdiction="CHN")
    assert rare_earths.policy_in_force(pd.Timestamp(2025, 11, 20, 13), jurisdiction="CHN").equals(day)


@given(st.sampled_from(ACTIONS), DAYS)
def test_nothing_is_in_force_before_it_was_effective_or_after_it_ended(action, day):
    found = standing(action, day)
    if found is None:
        return
    if found.state == "in_force" and action["effective_on"]:
        assert day >= last_day(action["effective_on"])
    if found.state == "in_force" and action["ended_on"]:
        assert day <= last_day(action["ended_on"])
    if found.state == "suspended":
        assert day >= last_day(action["suspended_from"])
        assert not action["suspended_until"] or day <= last_day(action["suspended_until"])
    assert found.certain or found.remark


@given(st.sampled_from(ACTIONS), DAYS)
def test_after_the_newest_evidence_nothing_is_certain(action, day):
    found = standing(action, day)
    if found and found.certain and day > last_day(action["status_as_of"]):
        assert action["action_status"] in OVER and day <= last_day(action["ended_on"])


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_a_date_keeps_its_precision(day, length):
    text = day.isoformat()[:length]
    assert precision(text) == {4: "year", 7: "month", 10: "day"}[length]
    assert first_day(text) <= day <= last_day(text)
    assert first_day(text).isoformat()[:length] == last_day(text).isoformat()[:length] == text
    if length == 10:
        assert first_day(text) == last_day(text) == day


@given(st.text(alphabet="0123456789-", max_size=11))
@example("2011-4")
@example("2011-02-30")
@example("2011-13")
@example("201١")
def test_what_is_no_date_is_refused(text):
    try:
        assert first_day(text).isoformat()[: len(text)] == text
    except ValueError as error:
        assert repr(text) in str(error)


def test_the_whole_group_is_told_apart_from_a_list():
    frame = rare_earths.load("policy_actions").set_index("action_id")
    assert frame.loc["CHN-2025-MOFCOM18", ["elements", "elements_scope"]].tolist() == ["Sc; Y; Sm; Gd; Tb; Dy; Lu", "listed"]
    assert frame["elements_scope"].value_counts().to_dict() == {"all": 176, "listed": 132, "none": 14}


def test_amounts_are_told_apart():
    frame = rare_earths.load("policy_amounts", action_id="USA-2025-DOD-MP").set_index(["kind", "item"])
    assert frame["amount"].to_dict() == {
        ("ceiling", "further preferred stock"): 350e6,
        ("committed", "preferred stock"): 400e6,
        ("committed", "samarium loan"): 150e6,
        ("price_floor", "NdPr"): 110,
    }
    assert frame.loc[("price_floor", "NdPr"), "per_unit"] == "kg"


def test_the_kind_of_copy_is_shown():
    seen = rare_earths.load("policy_citations", action_id="CHN-2025-MOFCOM61").set_index("source_id")["seen_as"]
    assert seen.to_dict() == {
        "kwm-oct2025": "secondary",
        "mofcom-2025-61": "official_abstract",
        "sscollege-61": "official_copy",
    }


def test_the_sources_of_policy_are_cited():
    text = rare_earths.cite(rare_earths.load("policy_citations", action_id="CHN-2025-MOFCOM18"))
    assert "@misc{osenc-mofcom18," in text and "Licence: facts-cite." in text


@pytest.mark.raw
def test_every_action_and_every_cited_source_is_there(raw):
    evidence = {row["action_id"]: row for _, row in raw.transcription("policy_actions.csv")}
    assert {row["action_id"] for row in ACTIONS} == set(evidence)
    cited = rare_earths.load("policy_citations").groupby("action_id")["source_id"].agg(set)
    for action_id, row in evidence.items():
        # A digest is named by its document, and our own list of quotas by the pages behind it.
        named = {s.strip() for s in row["source_ids"].split(";")}
        plain = {s for s in named if s != "cq-csv" and not s.startswith("seed-")}
        assert plain <= cited[action_id], action_id
        if named - plain - {"cq-csv"}:
            assert cited[action_id] - plain, action_id
    assert {key for sources in cited for key in sources} <= set(rare_earths.load("sources")["source_id"])


@pytest.mark.raw
def test_an_unknown_source_stops_the_run(raw):
    from scripts.ingest.policy.citations import citation_rows

    with pytest.raises(ValueError, match="CHN-X: unknown source 'nowhere'"):
        citation_rows(raw, [{"action_id": "CHN-X", "source_ids": "nowhere", "locator": ""}])


def test_a_gap_in_a_text_stops_the_run():
    from scripts.ingest.policy.actions import plain_words

    assert plain_words("ore: 17,900 t ion-type") == "Ore: 17,900 t ion-type"
    with pytest.raises(ValueError, match="between two spaces a word or a figure is missing"):
        plain_words("ore: 17,900 t ion-type,  t rock-type")


@pytest.mark.raw
def test_a_correction_whose_fault_is_gone_stops_the_run(raw):
    from scripts.ingest.policy.evidence import actions as corrected
    from scripts.ingest.raw import Raw

    class Mended(Raw):
        def transcription(self, name):
            for line, row in super().transcription(name):
                yield line, row | ({"confidence": "secondary"} if row.get("action_id") == "BRA-2021-STRATEGIC-LIST" else {})

    with pytest.raises(ValueError, match="BRA-2021-STRATEGIC-LIST, column confidence: expected 'official'"):
        corrected(Mended(raw.folder))
