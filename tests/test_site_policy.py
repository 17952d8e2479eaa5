"""What the pages on policy, quotas, prices and the United States are written from, compared with the tables."""

import json
import re

import pytest

from scripts.site import chart_prices, chart_quotas, chart_us, policy_actions
from scripts.site.policy_charts import STATES, policy_parts
from scripts.site.release import Release
from scripts.tables import ROOT
from tests.conftest import built
from tests.test_site import rows, site_page

pytestmark = pytest.mark.release
ASSETS = ROOT / "docs" / "assets"


@pytest.fixture(scope="module")
def release():
    built("dist/datapackage.json")
    return Release()


@pytest.fixture(scope="module")
def timeline(release):
    return policy_parts(release)


def test_every_action_and_every_citation_is_listed(timeline):
    listed = timeline["words"]["rows"]
    assert [row["action_id"] for row in rows("policy_actions")] == sorted(row["action_id"] for row in listed)
    cited = {(row["action_id"], row["source_id"], row["locator"]) for row in rows("policy_citations")}
    assert {(r["action_id"], s["source_id"], s["locator"]) for r in listed for s in r["sources"]} == cited
    assert all(row["sources"][0]["source_id"] == row["source_id"] for row in listed)
    addresses = {row["source_id"]: row["url"] for row in rows("sources")}
    assert all((s["url"] or "") == addresses[s["source_id"]] and s["title"] for r in listed for s in r["sources"])


def test_every_address_is_a_link_and_none_is_empty():
    addresses = {row["source_id"]: row["url"] for row in rows("sources")}
    keys = [row["source_id"] for row in rows("policy_citations")]
    cited = [addresses[key] for key in keys]
    page = built("site/policy/timeline/index.html").read_text(encoding="utf-8")
    assert 'href=""' not in page
    html = page.partition('<div class="policy-years">')[2]
    assert sorted(re.findall(r'<li><a href="../../sources/([^/"]+)/"', html)) == sorted(keys)
    assert len(re.findall(r'; <a href="http[^"]+" rel="external">document', html)) == sum(bool(url) for url in cited)
    assert html.count("no address known") == sum(not url for url in cited) > 0


def test_every_year_is_a_group_and_the_undated_stand_last(timeline):
    groups = timeline["table"]["groups"]
    *years, last = groups
    assert last == policy_actions.UNDATED and years == sorted(years, reverse=True)
    assert sum(len(group) for group in groups.values()) == len(rows("policy_actions"))


def test_filters_count_what_the_table_holds(timeline):
    options, table = timeline["words"]["options"], rows("policy_actions")
    for name, column in [("jurisdiction", "jurisdiction"), ("type", "policy_type")]:
        expected = {row[column]: sum(other[column] == row[column] for other in table) for row in table}
        assert {value: count for value, _, count in options[name]} == expected
    assert [symbol for symbol, _, _ in options["element"]] == [
        row["symbol"] for row in sorted(rows("elements"), key=lambda row: int(row["atomic_number"]))
    ]
    dysprosium = next(count for symbol, _, count in options["element"] if symbol == "Dy")
    assert dysprosium == sum("Dy" in row["elements"].split("; ") for row in table)
    assert sum(count for _, _, count in options["year"]) == len(table)


def test_relations_are_named_from_both_ends(release):
    related = policy_actions.relations(release)
    assert ("suspends", "CHN-2025-MOFCOM55") in related["CHN-2025-MOFCOM70"]
    assert ("suspended by", "CHN-2025-MOFCOM70") in related["CHN-2025-MOFCOM55"]
    typed = [row for row in rows("policy_relations") if row["relation"] != "related_to"]
    assert {row["relation"] for row in typed} == set(policy_actions.REVERSED)
    assert sum(len(found) for found in related.values()) == 2 * len(typed)


def test_dates_keep_their_precision(timeline):
    payload = {action["action_id"]: action for action in timeline["payload"]["actions"]}
    for row in rows("policy_actions"):
        assert {name: row[name] for name in policy_actions.DATES if row[name]} == {
            name: value for name, value in payload[row["action_id"]].items() if name in policy_actions.DATES
        }


def test_the_script_gives_the_states_that_can_be_chosen():
    script = (ASSETS / "javascripts" / "policy-standing.js").read_text(encoding="utf-8")
    named = set(re.findall(r'"(in_force|suspended|unclear|ended|not_yet|no_start)"', script))
    assert named | {"last_known"} == set(STATES)


def test_every_direction_and_quota_has_a_colour(timeline):
    css = (ASSETS / "stylesheets" / "policy.css").read_text(encoding="utf-8")
    script = (ASSETS / "javascripts" / "policy-timeline.js").read_text(encoding="utf-8")
    for name in [*timeline["words"]["directions"], *(kind for kind in chart_quotas.KINDS if kind != "production")]:
        assert f"--chart-{name}:" in css and f".swatch-{name} " in css, name
    (listed,) = re.findall(r"const DIRECTIONS = (\[.*\]);", script)
    assert set(json.loads(listed)) == set(timeline["words"]["directions"])


def test_quotas_are_the_chosen_ones_and_tonnes_stay_apart(release):
    frame, sold = chart_quotas.quotas(release), chart_quotas.exports(release)
    chosen = [row for row in rows("quotas_yearly") if row["quantity_t_reo"]]
    drawn = frame[frame["kind"] != "production"]
    assert sorted(zip(drawn["year"], drawn["kind"], drawn["quantity_t_reo"], strict=True)) == sorted(
        (int(row["year"]), row["quota_type"], float(row["quantity_t_reo"])) for row in chosen
    )
    assert sold["quantity_t_reo"].isna().all() and len(sold) + len(chosen) == len(rows("quotas_yearly"))


def test_words_on_quotas_are_counted(release):
    facts = chart_quotas.words(chart_quotas.quotas(release), release)
    assert facts["missing"] == [2012] and facts["withheld"] == [2025]
    assert facts["quota_years"] == list(range(2018, 2025))
    assert 2009 not in facts["equal"] and len(facts["equal"]) == facts["compared"] - 1


def test_prices_are_all_there_and_no_line_merges(release):
    frame = chart_prices.prices(release)
    lines = chart_prices.lines(frame, release)
    assert sum(len(line["points"]) for line in lines) == len(rows("prices"))
    for line in lines:
        years = [point["year"] for point in line["points"]]
        assert years == sorted(set(years)), line
    assert len({(line["kind"], line["source_id"]) for line in lines}) == len(lines)


def test_long_series_keep_years_without_a_figure(release):
    frame = chart_us.long_series(release, chart_us.QUANTITIES)
    assert frame.groupby("series").size().to_dict() == dict.fromkeys(chart_us.QUANTITIES, 121)


def test_tables_without_scripts_hold_the_figures():
    quotas = {row[0]: row for row in site_page("charts/quotas/").table("pivot")[1:]}
    assert quotas["2024"][1:3] == ["270,000q", "270,000"] and "254,000" in quotas["2024"]
    text = site_page("policy/timeline/").text
    for row in rows("policy_actions"):
        assert " ".join(row["title"].split()) in " ".join(text.split()), row["action_id"]
