"""Write what the pages of policy, quotas, prices and United States statistics include."""

from pathlib import Path
from typing import Any

import pandas as pd

from scripts.site import chart_prices as prices
from scripts.site import chart_quotas as quotas
from scripts.site import chart_us as us
from scripts.site import policy_actions as policy
from scripts.site.charts import chart_csv, inline_json, source_line
from scripts.site.release import Release
from scripts.site.render import render
from scripts.tables import write_text

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


def write_policy_charts(release: Release, assets: Path, parts: Path) -> None:
    """Write the data of these charts.

    Parameters
    ----------
    release
        The release.
    assets
        Folder for what a reader can download.
    parts
        Folder for what pages include.
    """

    def write(name: str, frame: pd.DataFrame, data: dict, words: dict, table: tuple[str, dict], source: str = "") -> None:
        source = source or source_line(frame, release.load("sources"))
        write_text(assets / f"{name}.csv", chart_csv(frame))
        chart = render("chart.html.j2", name=name, data=inline_json(data), source=source, frame=frame)
        write_text(parts / f"{name}.html", chart)
        write_text(parts / f"{name}-words.md", render(f"{name}-words.md.j2", **words))
        write_text(parts / f"{name}-table.html", render(f"{table[0]}-table.html.j2", name=name, **table[1]))

    timeline = policy_parts(release)
    frame = release.load("policy_actions")
    write(
        "policy-timeline", frame, timeline["payload"], timeline["words"], ("policy-timeline", timeline["table"]), POLICY_SOURCE
    )

    mining = quotas.quotas(release)
    facts, cells = quotas.words(mining, release), quotas.table(mining, release)
    write("quotas-of-china", mining, quotas.payload(mining), facts, ("quotas", cells), QUOTA_SOURCE)
    sold = quotas.exports(release)
    facts, cells = quotas.export_words(sold), quotas.table(sold, release)
    write("export-quotas-of-china", sold, quotas.payload(sold), facts, ("quotas", cells), "press and trade pages")

    quoted = prices.prices(release)
    cells = prices.table(quoted, release)
    write("prices-by-element", quoted, prices.payload(quoted, release), prices.words(quoted), ("prices", cells))

    for name, series in {"us-quantities-since-1900": us.QUANTITIES, "us-unit-value-since-1900": us.VALUES}.items():
        rows = us.long_series(release, series)
        write(name, rows, us.payload(rows, series), us.words(rows, series), ("us", us.table(rows, series)))
