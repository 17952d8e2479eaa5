"""Pages on policy, claims, quotas and prices as Markdown.

Every figure comes from ``data/``; the site's script hooks in ``timeline_page``,
``claims_page``, ``quotas_page`` and ``prices_page``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import rare_earths

Row = dict[str, Any]
TIMELINE_HEAD = """# Policy timeline

{count} actions of governments on rare earths. The state is that of the day named in the column
*as of*: what is known of an action ends there. `rare_earths.policy_in_force("2025-11-20")` says
what applied on a day, what was suspended, and where nobody can tell.
"""
CLAIMS_HEAD = """# Claims put to the test

Figures and statements of {documents} documents of the news, each against the newest figure that
the tables of this package give for the same subject and period. The verdicts are made by rules,
none is typed: {verdicts}.

*Exactly* allows half a percent for rounding, *about* three percent, *nearly* up to five percent
below. *Outdated* names the newest vintage that agrees with the claim.
"""
QUOTAS_HEAD = """# China's quotas and mine production

The mining quota of each year beside the mine production chosen for it. Since 2021 USGS prints
the quota as production (*a quota*), so that the two columns say the same thing twice. A gap is
the total of the year less the sum of its batches, where these are known.
"""
PRICES_HEAD = """# Prices

Prices of each material by year and source, in US dollars per kilogram. Two purities are two
materials; sources differ in basis and terms of delivery, so that rows are not to be averaged.
"""
VERDICTS = ("supported", "outdated", "contradicted", "depends_on_definition", "no_official_figure")


def _load(table: str, **filters: Any) -> list[Row]:
    frame = rare_earths.load(table, **filters).astype(object)
    return frame.where(frame.notna(), None).to_dict("records")


def _cell(text: object) -> str:
    return str("" if text is None else text).replace("|", "/").replace("\n", " ")


def _table(columns: Iterable[str], rows: Iterable[Iterable[object]], left: int) -> str:
    """A Markdown table whose first columns are aligned left, the rest right."""
    names = list(columns)
    lines = [names, ["---"] * left + ["--:"] * (len(names) - left), *(list(row) for row in rows)]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}" if value == int(value) else f"{value:,}"


def _words(key: str) -> str:
    return key.replace("_", " ")


def _links() -> dict[str, str]:
    """Source by key: its publisher, linked to its address where it has one."""
    return {
        row["source_id"]: f"[{_cell(row['publisher'])}]({row['url']})" if row["url"] else _cell(row["publisher"])
        for row in _load("sources")
    }


def _areas() -> dict[str, str]:
    return {row["area"]: row["name"] for row in _load("areas")}


def _state(row: Row) -> str:
    state = _words(row["action_status"])
    if row["suspended_from"]:
        state += f" from {row['suspended_from']}" + (f" until {row['suspended_until']}" if row["suspended_until"] else "")
    return state


def timeline_page() -> str:
    """Actions by jurisdiction and year of announcement, each with its source."""
    names, links = _areas(), _links()
    actions = sorted(_load("policy_actions"), key=lambda row: (row["announced_on"] or "", row["action_id"]))
    by_area: dict[str, list[Row]] = defaultdict(list)
    for row in actions:
        by_area[row["jurisdiction"]].append(row)
    text = TIMELINE_HEAD.format(count=len(actions))
    for area in sorted(by_area, key=lambda area: (-len(by_area[area]), area)):
        text += f"\n## {names[area]}\n\n"
        columns = ("announced", "action", "type", "effective", "ended", "state", "as of", "elements", "confidence", "source")
        rows = (
            (
                row["announced_on"],
                row["title"],
                _words(row["policy_type"]),
                row["effective_on"],
                row["ended_on"],
                _state(row),
                row["status_as_of"],
                "all" if row["elements_scope"] == "all" else row["elements"],
                _words(row["confidence"]),
                links[row["source_id"]],
            )
            for row in by_area[area]
        )
        text += _table(columns, rows, len(columns))
    return text


def claims_page() -> str:
    """Claims by topic: claim, verdict, newest figure, source and the reason in words."""
    links = _links()
    checks = {row["claim_id"]: row for row in _load("claim_checks")}
    claims = _load("claims")
    counts = Counter(row["verdict"] for row in checks.values())
    verdicts = ", ".join(f"{counts[name]} {_words(name)}" for name in VERDICTS if counts[name])
    text = CLAIMS_HEAD.format(documents=len({row["source_id"] for row in claims}), verdicts=verdicts)
    for topic in dict.fromkeys(row["topic"] for row in claims):
        text += f"\n## {topic.capitalize()}\n\n"
        rows = []
        for claim in (row for row in claims if row["topic"] == topic):
            check = checks[claim["claim_id"]]
            bound = {"less_than": "less than ", "greater_than": "more than "}.get(check["official_qualifier"], "")
            figure = "" if check["official_value"] is None else f"{bound}{_number(check['official_value'])} {claim['unit']}"
            rows.append(
                (
                    claim["statement"],
                    f"{links[claim['source_id']]}, {claim['stated_on']}",
                    f"**{_words(check['verdict'])}**",
                    figure,
                    links.get(check["source_id"], ""),
                    check["explanation"],
                )
            )
        text += _table(("claim", "stated by", "verdict", "newest figure", "source", "why"), rows, 6)
    return text


def quotas_page() -> str:
    """Quotas by year: mining beside production, and the other kinds."""
    links = _links()
    production = {row["year"]: row for row in _load("production", area="CHN", stage="mine")}
    yearly: dict[str, list[Row]] = defaultdict(list)
    for row in _load("quotas_yearly"):
        yearly[row["quota_type"]].append(row)
    text = QUOTAS_HEAD
    columns = ("year", "what production is", "source", "mining quota, t REO", "production, t REO", "gap to batches, t")
    rows = []
    for row in yearly.pop("mining"):
        mined = production.get(row["year"])
        kind = (
            "" if mined is None else "a quota" if mined["measurement"] == "production_quota" else _words(mined["measurement"])
        )
        made = None if mined is None else mined["quantity_t_reo"]
        rows.append(
            (row["year"], kind, links[row["source_id"]], _number(row["quantity_t_reo"]), _number(made), _number(row["gap_t"]))
        )
    text += "\n" + _table(columns, rows, 3)
    for kind, of_kind in yearly.items():
        unit = "t REO" if of_kind[0]["quantity_t"] is None else "t, basis not stated"
        text += f"\n## {_words(kind).capitalize()}\n\n"
        rows = [
            (
                row["year"],
                links[row["source_id"]],
                _number(row["quantity_t_reo"] if row["quantity_t"] is None else row["quantity_t"]),
                f"{_number(row['lowest_t'])} to {_number(row['highest_t'])}" if row["candidates"] > 1 else "",
                _number(row["gap_t"]),
            )
            for row in of_kind
        ]
        text += _table(("year", "source", f"quota, {unit}", "candidates from – to", "gap to batches, t"), rows, 2)
    return text


def prices_page() -> str:
    """Prices by material: one line for each year and source."""
    links = _links()
    prices: dict[str, list[Row]] = defaultdict(list)
    for row in _load("prices"):
        prices[row["material"]].append(row)
    text = PRICES_HEAD
    for material in _load("materials"):
        text += f"\n## {material['name']}\n\n"
        rows = (
            (
                row["year"],
                f"{links[row['source_id']]} ({row['source_id']})",
                _words(row["price_basis"]),
                _words(row["delivery"]),
                _words(row["status"] or ""),
                f"{_number(row['price_low'])}–{_number(row['price_high'])}" if row["price"] is None else _number(row["price"]),
            )
            for row in sorted(prices[material["material"]], key=lambda row: (row["year"], row["source_id"]))
        )
        text += _table(("year", "source", "basis", "delivery", "status", "USD/kg"), rows, 5)
    return text
