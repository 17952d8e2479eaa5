"""Write what the pages of policy, quotas, prices and United States statistics include."""

from typing import Any

from scripts.site import chart_prices as prices
from scripts.site import chart_quotas as quotas
from scripts.site import chart_us as us
from scripts.site import policy_actions as policy
from scripts.site.charts import Chart
from scripts.site.release import Release

#: States of the rule for a day, in the order to list them; `policy-standing.js` gives all but the last, which gathers
#: what was in force or suspended when the sources ended.
STATES = {
    "in_force": "in force",
    "suspended": "suspended",
    "unclear": "unclear",
    "ended": "ended",
    "not_yet": "not yet",
    "no_start": "no start known",
    "last_known": "last known",
}
QUOTA_SOURCE = (
    "ministries of China, most of them as restated by the press and by trade pages; U.S. Geological Survey for production"
)
POLICY_SOURCE = "governments, inventories of measures and the press"


def policy_parts(release: Release) -> dict[str, Any]:
    """What the timeline shows: its rows, the payload of its script and the facts for its sentences."""
    rows = policy.actions(release)
    found = {
        "rows": rows,
        "options": policy.options(release, rows),
        "citations": len(release.load("policy_citations")),
        "directions": release.load("policy_actions")["direction"].value_counts().to_dict(),
    }
    listed = found | {
        "groups": policy.by_year(rows),
        "titles": {row["action_id"]: row["title"] for row in rows},
        "states": STATES,
        "words": policy.words,
    }
    return {"payload": policy.payload(release, rows), "words": found, "table": listed}


def policy_charts(release: Release) -> dict[str, Chart]:
    """Every chart of policy, quotas, prices and United States statistics by its name."""
    timeline = policy_parts(release)
    mining, sold, quoted = quotas.quotas(release), quotas.exports(release), prices.prices(release)
    found = {
        "policy-timeline": Chart(
            release.load("policy_actions"),
            timeline["payload"],
            "policy-timeline-table.html.j2",
            timeline["table"],
            timeline["words"],
            POLICY_SOURCE,
        ),
        "quotas-of-china": Chart(
            mining,
            quotas.payload(mining),
            "quotas-table.html.j2",
            quotas.table(mining, release),
            quotas.words(mining, release),
            QUOTA_SOURCE,
        ),
        "export-quotas-of-china": Chart(
            sold,
            quotas.payload(sold),
            "quotas-table.html.j2",
            quotas.table(sold, release),
            quotas.export_words(sold),
            "press and trade pages",
        ),
        "prices-by-element": Chart(
            quoted, prices.payload(quoted, release), "prices-table.html.j2", prices.table(quoted, release), prices.words(quoted)
        ),
    }
    for name, series in {"us-quantities-since-1900": us.QUANTITIES, "us-unit-value-since-1900": us.VALUES}.items():
        rows = us.long_series(release, series)
        table, words = us.table(rows, series), us.words(rows, series)
        found[name] = Chart(rows, us.payload(rows, series), "us-table.html.j2", table, words)
    return found
