"""The pages on policy, quotas, prices and the United States in a real browser, compared with the tables and the library."""

import csv
import itertools
from collections import Counter

import pytest

import rare_earths
from tests.browser.test_pages import CONTRAST, DESK, PHONE, marks, rows

pytestmark = [pytest.mark.browser, pytest.mark.release]

TIMELINE = "policy/timeline/"
SHOWN = ".policy-year:not([hidden]) tbody tr:not([hidden])"
PAGES = {
    TIMELINE: ["policy-timeline"],
    "charts/quotas/": ["quotas-of-china", "export-quotas-of-china"],
    "charts/prices/": ["prices-by-element"],
    "charts/united-states/": ["us-quantities-since-1900", "us-unit-value-since-1900"],
}
#: Days at which something changes: a month without a day, a suspension that ran out, a day after all evidence, a leap day.
DAYS = [
    "1999-12-31",
    "2010-07-15",
    "2012-06-30",
    "2015-01-01",
    "2015-05-01",
    "2020-02-29",
    "2024-02-29",
    "2025-10-15",
    "2025-11-07",
    "2025-11-20",
    "2025-12-01",
    "2026-11-10",
    "2026-11-11",
    "2031-01-01",
]
STATES = """(day) => {
  const text = document.querySelector("#chart-policy-timeline script[type='application/json']").textContent;
  return JSON.parse(text).actions.map((action) => [action.action_id, window.rareEarthsStanding(action, day)]);
}"""


def actions(**wanted):
    """Rows of the table that have these values; ``element`` and ``year`` are asked of lists and dates."""
    found = rows("policy_actions")
    element, year = wanted.pop("element", None), wanted.pop("year", None)
    found = [row for row in found if wanted.items() <= row.items()]
    if element:
        found = [row for row in found if element in row["elements"].split("; ")]
    if year:
        found = [row for row in found if (row["announced_on"] or row["effective_on"]).startswith(year)]
    return found


def shown(page):
    return set(page.locator(SHOWN).evaluate_all("(rows) => rows.map((row) => row.id)"))


def ids(found):
    return {row["action_id"] for row in found}


def downloaded(page, click):
    with page.expect_download() as waiting:
        click()
    with open(waiting.value.path(), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def quoted():
    materials = {row["material"]: row for row in rows("materials")}
    return [row | {"elements": materials[row["material"]]["elements"]} for row in rows("prices")]


def long_series(name):
    return [row for row in rows("us_salient_statistics") if row["source_id"].startswith("usgs-ds140") and row["series"] == name]


def test_all_actions_are_on_the_page(visit):
    page = visit(TIMELINE)
    assert shown(page) == ids(actions())
    assert page.locator("#policy-count").text_content() == f"{len(actions())} of {len(actions())} actions, by year."


@pytest.mark.parametrize(
    "chosen",
    [
        {"jurisdiction": "CHN"},
        {"type": "export_licensing"},
        {"element": "Dy"},
        {"year": "2010"},
        {"jurisdiction": "USA", "type": "grant_subsidy", "element": "Nd", "year": "2025"},
        {"jurisdiction": "EST", "year": "1985"},
    ],
    ids=str,
)
def test_filters_show_what_the_table_holds(visit, chosen):
    page = visit(TIMELINE)
    for name, value in chosen.items():
        page.locator(f"#policy-filters [name='{name}']").select_option(value)
    expected = actions(**{"policy_type" if name == "type" else name: value for name, value in chosen.items()})
    assert shown(page) == ids(expected)
    assert page.locator("#policy-count").text_content() == f"{len(expected)} of {len(actions())} actions, by year."
    for name, value in chosen.items():
        assert f"{name}={value}" in page.url
    again = visit(page.url.split("/", 3)[3])
    assert shown(again) == ids(expected)
    bars = Counter((row["announced_on"][:4], row["direction"]) for row in expected if row["announced_on"])
    assert marks(page, "policy-timeline", "actions", "rect") == len(bars)


@pytest.mark.parametrize("day", DAYS)
def test_states_of_a_day_are_those_of_the_library(visit, day):
    answer = rare_earths.policy_in_force(day)
    expected = {row.action_id: (row.state, bool(row.certain)) for row in answer.itertuples()}
    found = dict(visit(TIMELINE).evaluate(STATES, day))
    assert set(found) == ids(actions())
    applied = {key: (one["state"], one["certain"]) for key, one in found.items() if one["state"] in rare_earths.policy.STATES}
    assert applied == expected
    assert {one["state"] for key, one in found.items() if key not in applied} <= {"ended", "not_yet", "no_start"}


def test_no_action_is_called_ended_before_it_began(visit):
    page = visit(TIMELINE)
    for day in DAYS:
        found = dict(page.evaluate(STATES, day))
        for row in rows("policy_actions"):
            begins = row["effective_on"] or row["announced_on"]
            if begins > day:
                assert found[row["action_id"]]["state"] in {"not_yet", "suspended", "unclear"}, (row["action_id"], day)


def test_the_suspension_of_november_2025_shows(visit):
    page = visit(f"{TIMELINE}?jurisdiction=CHN&year=2025&on=2025-11-20")
    state = lambda number: page.locator(f"#CHN-2025-MOFCOM{number} .policy-state")  # noqa: E731
    assert state(18).text_content() == "2025-11-20: in force"
    for number in (55, 56, 57, 58, 61, 62):
        assert state(number).get_attribute("data-state") == "suspended"
        assert page.locator(f"#CHN-2025-MOFCOM{number} .policy-relations a[href='#CHN-2025-MOFCOM70']").is_visible()
    page.locator("#policy-filters [name='state']").select_option("suspended")
    answer = rare_earths.policy_in_force("2025-11-20", jurisdiction="CHN")
    suspended = set(answer.loc[answer["state"] == "suspended", "action_id"])
    assert shown(page) == suspended & ids(actions(year="2025"))


def test_a_day_after_the_evidence_is_last_known(visit):
    page = visit(f"{TIMELINE}?jurisdiction=CHN&on=2031-01-01&state=in_force")
    answer = rare_earths.policy_in_force("2031-01-01", jurisdiction="CHN")
    known = answer[answer["state"] == "in_force"].set_index("action_id")["status_as_of"]
    assert shown(page) == set(known.index)
    for action, as_of in known.items():
        assert page.locator(f"#{action} .policy-state").text_content() == f"2031-01-01: in force, last known ({as_of})"
    assert f"{len(known)} in force ({len(known)} of them last known)" in page.locator("#policy-count").text_content()
    page.locator("#policy-filters [name='state']").select_option("last_known")
    assert shown(page) == set(answer.loc[~answer["certain"] & (answer["state"] != "unclear"), "action_id"])


@pytest.mark.parametrize("day", ["", "2025-11-20"])
def test_download_equals_the_filter(visit, day):
    page = visit(f"{TIMELINE}?jurisdiction=CHN&element=Dy&on={day}")
    found = downloaded(page, page.locator("#policy-download").click)
    expected = actions(jurisdiction="CHN", element="Dy")
    extra = {"on", "state", "certain"} if day else set()
    assert set(found[0]) - set(expected[0]) == extra
    assert [{name: row[name] for name in expected[0]} for row in found] == expected
    if day:
        answer = rare_earths.policy_in_force(day, jurisdiction="CHN", element="Dy").set_index("action_id")["state"]
        assert answer.to_dict() == {r["action_id"]: r["state"] for r in found if r["state"] in rare_earths.policy.STATES}


def test_timeline_is_used_by_keyboard(visit):
    page = visit(TIMELINE)
    page.locator("#policy-filters [name='jurisdiction']").focus()
    page.keyboard.type("Japan")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "type"
    assert shown(page) == ids(actions(jurisdiction="JPN"))
    page.get_by_role("button", name="Show all").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"document.querySelectorAll({SHOWN!r}).length === {len(actions())}")
    assert "?" not in page.url
    assert page.locator("#policy-count").get_attribute("aria-live") == "polite"


def test_unknown_values_in_an_address_are_passed_over(visit):
    page = visit(f"{TIMELINE}?jurisdiction=XXX&on=yesterday&state=gone&year=%3Cb%3E")
    assert shown(page) == ids(actions())


def test_a_link_to_an_action_opens_it(visit):
    page = visit(f"{TIMELINE}?jurisdiction=JPN#CHN-2025-MOFCOM18")
    assert page.locator("#CHN-2025-MOFCOM18").is_visible()


def test_quota_chart_draws_every_figure(visit):
    page = visit("charts/quotas/")
    yearly = rows("quotas_yearly")
    oxide = [row for row in yearly if row["quantity_t_reo"]]
    first = min(row["year"] for row in oxide)
    mined = [r for r in rows("production") if r["area"] == "CHN" and r["stage"] == "mine" and r["year"] >= first]
    assert marks(page, "quotas-of-china", "quotas", "circle") == len(oxide)
    assert marks(page, "quotas-of-china", "production", "rect") == len(mined)
    printed = sum(row["measurement"] == "production_quota" for row in mined)
    assert marks(page, "quotas-of-china", "printed quotas", "rect") == printed >= 7
    sold = [row for row in yearly if row["quota_type"] == "export"]
    assert marks(page, "export-quotas-of-china", "quotas", "circle") == len(sold)
    assert marks(page, "export-quotas-of-china", "ranges", "line") == sum(r["lowest_t"] != r["highest_t"] for r in sold) == 1
    for chart, found in [("quotas-of-china", oxide), ("export-quotas-of-china", sold)]:
        hollow = page.locator(f"#chart-{chart} circle[fill='var(--md-default-bg-color)']").count()
        assert hollow == sum(row["grade"] in "CD" for row in found)


def test_price_chart_draws_every_price_and_merges_none(visit):
    page = visit("charts/prices/")
    drawn = Counter()
    for symbol in page.locator("#chart-prices-by-element select option").evaluate_all("(all) => all.map((one) => one.value)"):
        page.locator("#chart-prices-by-element select").select_option(symbol)
        found = [row for row in quoted() if (row["elements"] if len(row["elements"]) in (1, 2) else "mixed") == symbol]
        assert marks(page, "prices-by-element", "prices", "path") == sum(bool(row["price"]) for row in found), symbol
        assert marks(page, "prices-by-element", "ranges", "line") == sum(not row["price"] for row in found), symbol
        kinds = {(row["material"], row["price_basis"], row["delivery"]) for row in found}
        assert page.locator(".chart-legend-lines li").count() == len(kinds), symbol
        drawn[symbol] = len(found)
    assert drawn.total() == len(rows("prices"))


def test_price_lines_name_purity_and_basis(visit):
    page = visit("charts/prices/?element=Eu")
    legend = page.locator("#chart-prices-by-element .chart-frame").text_content()
    for words in ("at least 99.9 %", "at least 99.99 %", "Europium oxide, 99.99 %", "end of the year", "FOB China", "USD/kg"):
        assert words in legend


def test_long_series_draw_every_figure_and_no_bridge(visit):
    page = visit("charts/united-states/")
    charts = {
        "us-quantities-since-1900": ["Production", "Imports", "Exports", "Apparent consumption"],
        "us-unit-value-since-1900": ["Unit value ($/t)", "Unit value (98$/t)"],
    }
    for chart, names in charts.items():
        for name in names:
            years = sorted(int(row["year"]) for row in long_series(name) if row["value"])
            assert marks(page, chart, f"figures of {name}", "circle") == len(years)
            path = page.locator(f"#chart-{chart} g[aria-description='line of {name}'] path").get_attribute("d")
            assert path.count("M") == 1 + sum(later - earlier > 1 for earlier, later in itertools.pairwise(years))
    page.get_by_label("logarithmic scale").check()
    positive = sum(float(row["value"] or 0) > 0 for row in long_series("Production"))
    assert marks(page, "us-quantities-since-1900", "figures of Production", "circle") == positive


def chart_rows():
    yearly = [row | {"kind": row["quota_type"]} for row in rows("quotas_yearly")]
    return {
        "policy-timeline": (
            rows("policy_actions"),
            ["action_id", "title", "effective_on", "retroactive", "summary", "locator"],
        ),
        "export-quotas-of-china": (
            [row for row in yearly if row["kind"] == "export"],
            ["year", "kind", "quantity_t", "lowest_t", "highest_t", "source_id", "locator", "grade"],
        ),
        "prices-by-element": (rows("prices"), ["source_id", "material", "year", "price", "price_low", "price_as_printed"]),
        "us-unit-value-since-1900": (
            long_series("Unit value ($/t)") + long_series("Unit value (98$/t)"),
            ["series", "year", "value", "unit", "value_qualifier", "locator"],
        ),
    }


@pytest.mark.parametrize(("path", "chart"), [(path, name) for path, names in PAGES.items() for name in names])
def test_download_of_a_chart_equals_the_tables(visit, path, chart):
    page = visit(path)
    found = downloaded(page, page.locator(f"#chart-{chart} figcaption a[download]").click)
    if chart in chart_rows():
        expected, names = chart_rows()[chart]
        key = lambda row: tuple(row[name] for name in names)  # noqa: E731
        assert sorted(map(key, found)) == sorted(map(key, expected))
    else:
        assert all(row["source_id"] and row["locator"] for row in found) and len(found) > 40


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_can_be_read(visit, path, viewport, scheme):
    page = visit(path, viewport=viewport, color_scheme=scheme)
    for chart in PAGES[path]:
        page.wait_for_selector(f"#chart-{chart} .chart-frame svg")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    selectors = [
        "article p",
        ".chart-frame > svg",
        ".chart-frame figure svg",
        "figcaption",
        ".chart-legend",
        ".chart-controls label",
    ]
    if path == TIMELINE:
        page.locator("#policy-filters [name='on']").fill("2025-11-20")
        page.locator("#policy-filters [name='jurisdiction']").select_option("CHN")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        inside = ["label", "select", "input", "button"]
        selectors += [f"#policy-filters {name}" for name in inside]
        selectors += [f"{SHOWN} {name}" for name in (".policy-title a", ".policy-state", ".policy-sources a", "dd")]
    for selector in selectors:
        found = page.locator(selector)
        if found.count():
            assert found.first.evaluate(CONTRAST) >= (4.5 if not selector.endswith(" a") else 3), selector


def test_without_javascript_the_pages_are_useful(visit, base):
    page = visit(TIMELINE, java_script_enabled=False)
    assert not page.locator("#policy-filters").is_visible()
    assert page.locator("tr#CHN-2025-MOFCOM18").count() == 1 and not page.locator("tr#CHN-2025-MOFCOM18").is_visible()
    page.locator(".policy-year[data-year='2025'] summary").click()
    row = page.locator("tr#CHN-2025-MOFCOM18")
    assert row.is_visible()
    cited = [entry for entry in rows("policy_citations") if entry["action_id"] == "CHN-2025-MOFCOM18"]
    assert row.locator(".policy-sources li > a").count() == len(cited)
    for path, names in list(PAGES.items())[1:]:
        page.goto(f"{base}/{path}")
        assert page.locator("noscript .chart-fallback").count() == len(names)
        for name in names:
            page.locator(f"details:has(#{name}-table) summary").click()
            assert page.locator(f"#{name}-table").is_visible()
