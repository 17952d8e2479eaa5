"""Claims on reserves and mine production, tested against every vintage that prints the figure.

The newest vintage decides. Where it disagrees and an older one agrees, the claim is
outdated and the newest agreeing vintage is named. A share is taken within one source: an
area and the world total printed beside it. Where that total is a lower bound, the share is
an upper bound and bears out no figure.
"""

from __future__ import annotations

from rare_earths.choice import ranked
from rare_earths.dates import last_day
from scripts.derive.verdicts import Finding, Row, agrees, no_figure, reference

#: Indicator -> table, its figure, its year (reserves are stated anew by every edition), whether it is a share.
KINDS = {
    "reserves": ("reserves_reported", "reserves_t_reo", None, False),
    "share_of_world_reserves": ("reserves_reported", "reserves_t_reo", None, True),
    "mine_production": ("production_reported", "quantity_t_reo", "year", False),
    "share_of_world_production": ("production_reported", "quantity_t_reo", "year", True),
}
OFFICIAL = "U.S. Geological Survey"
RULES = {False: "mass-by-vintage-1", True: "share-by-vintage-1"}


def check(claim: Row, tables: dict[str, list[Row]]) -> Finding:
    """Check a claim whose indicator is one of ``KINDS``."""
    table, figure, year, share = KINDS[claim["indicator"]]
    sources = {row["source_id"]: row for row in tables["sources"]}
    rule = RULES[share]
    rows = [
        row
        for row in tables[table]
        if row[figure] is not None
        and row["grade"] in "AB"
        and sources[row["source_id"]]["publisher"] == OFFICIAL
        and (year is None or str(row[year]) == claim["period"])
    ]
    found = _shares(claim, rows, figure, table) if share else _masses(claim, rows, figure, table)
    if not found:
        return no_figure(rule, f"No vintage prints this figure{' for ' + claim['period'] if claim['period'] else ''}.")
    newest_first = _newest_first(found, sources)
    agreeing = [row for row in newest_first if row["exact"] and agrees(claim, row["value"])]
    newest = newest_first[0]
    verdict = "contradicted"
    if newest in agreeing:
        verdict = "supported"
    elif agreeing:
        verdict = "outdated"
    elif not newest["exact"] and newest["value"] > claim["value"]:
        verdict = "depends_on_definition"
    then = _when_stated(claim, newest_first, sources)
    return Finding(
        verdict=verdict,
        rule=rule,
        explanation=_words(claim, newest_first, agreeing, verdict)
        + _elsewhere(claim, tables[table], figure, year, verdict, share, sources),
        official_value=newest["value"],
        official_qualifier="exact" if newest["exact"] else "less_than",
        true_in_source_id=agreeing[0]["source_id"] if verdict == "outdated" else "",
        stated_source_id=then["source_id"] if then else "",
        supported_when_stated=None if then is None else then in agreeing,
        source_id=newest["source_id"],
        rows_used=[key for row in newest_first for key in row["keys"]],
    )


def _masses(claim: Row, rows: list[Row], figure: str, table: str) -> list[Row]:
    return [
        row | {"value": row[figure], "exact": row["qualifier"] in {"exact", "rounded"}, "keys": [_key(table, row)]}
        for row in rows
        if row["area"] == claim["subject_area"]
    ]


def _shares(claim: Row, rows: list[Row], figure: str, table: str) -> list[Row]:
    world = {row["source_id"]: row for row in rows if row["area"] == "WLD"}
    found = []
    for row in rows:
        total = world.get(row["source_id"])
        if row["area"] == claim["subject_area"] and total:
            exact = {row["qualifier"], total["qualifier"]} <= {"exact", "rounded"}
            value = 100 * row[figure] / total[figure]
            found.append(row | {"value": value, "exact": exact, "keys": [_key(table, row), _key(table, total)]})
    return found


def _key(table: str, row: Row) -> str:
    return reference(table, row, "source_id", "area", *(["year"] if "year" in row else []))


def _newest_first(rows: list[Row], sources: dict[str, Row]) -> list[Row]:
    """Vintages, the newest first; within a year of publication the order of the rule of choice holds."""
    chosen = ranked(rows, sources, "value")
    return sorted(chosen, key=lambda row: sources[row["source_id"]]["published_on"] or "", reverse=True)


def _when_stated(claim: Row, newest_first: list[Row], sources: dict[str, Row]) -> Row | None:
    """The newest vintage that was out for certain when the claim was made."""
    for row in newest_first:
        published = sources[row["source_id"]]["published_on"]
        if published and last_day(published).isoformat() <= claim["stated_on"]:
            return row
    return None


def _shown(claim: Row, row: Row) -> str:
    value = f"{row['value']:.1f} %" if claim["unit"] == "%" else f"{row['value']:,.0f} t"
    return f"{row['source_id']} {'' if row['exact'] else 'less than ' if claim['unit'] == '%' else 'bound '}{value}"


def _words(claim: Row, newest_first: list[Row], agreeing: list[Row], verdict: str) -> str:
    listed = "; ".join(_shown(claim, row) for row in newest_first)
    first = {
        "supported": "The newest vintage agrees",
        "outdated": f"The newest vintage does not agree; {agreeing[0]['source_id'] if agreeing else ''} does",
        "contradicted": "No vintage agrees",
        "depends_on_definition": "The world total is only known as a lower bound, so the share is only known as an upper bound",
    }[verdict]
    quota = any(row.get("measurement") == "production_quota" for row in newest_first)
    return f"{first}: {listed}." + (" USGS prints China's production quota here, not a measurement." if quota else "")


def _elsewhere(
    claim: Row, rows: list[Row], figure: str, year: str | None, verdict: str, share: bool, sources: dict[str, Row]
) -> str:
    """Another year for which a vintage prints exactly the claimed figure."""
    if verdict != "contradicted" or share or year is None:
        return ""
    same = [
        row
        for row in rows
        if row["area"] == claim["subject_area"]
        and row[figure] == claim["value"]
        and str(row[year]) != claim["period"]
        and row["grade"] in "AB"
        and sources[row["source_id"]]["publisher"] == OFFICIAL
    ]
    if not same:
        return ""
    newest = max(same, key=lambda row: (row[year], row["source_id"]))
    return f" The figure is that of {newest[year]} in {newest['source_id']}."
