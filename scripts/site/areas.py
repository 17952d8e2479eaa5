"""One page per country or area that has data, and the list of them: what all tables say of it, in one place."""

from typing import Any

from scripts.site import area_trade
from scripts.site.chart_production import mine_production
from scripts.site.chart_reserves import points
from scripts.site.claims import tested
from scripts.site.policy_actions import actions, dated
from scripts.site.products import described, title
from scripts.site.profiles import Bibliography, Row, parts, profile
from scripts.site.release import Release, records

#: Rows that stand open; older ones are folded.
OPEN = 12


#: Title and description of the list.
LISTED = ("Countries and areas", "Every area of which a table says something, with its newest figures.")


def grouped(rows: list[Row], *columns: str) -> dict[str, list[Row]]:
    """Rows by the value of each of these columns; a row with one value in several of them is listed once."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        for key in {row[column] for column in columns if row[column] is not None}:
            groups.setdefault(key, []).append(row)
    return groups


class Areas:
    """What the tables hold, by area.

    Parameters
    ----------
    release
        The release.
    """

    def __init__(self, release: Release):
        self.areas = {row["area"]: row for row in release.records("areas")}
        self.names = {code: row["name"] for code, row in self.areas.items()}
        self.reserves = grouped(records(points(release)), "area")
        self.production = grouped(records(mine_production(release)), "area")
        self.revisions = grouped(release.records("revisions"), "area")
        self.quotas = grouped(release.records("quotas_yearly"), "area")
        self.claims = grouped(tested(release), "subject_area", "partner")
        acted = actions(release)
        self.acts = grouped(acted, "jurisdiction")
        self.aimed: dict[str, list[Row]] = {}
        for row in acted:
            for code in (row["targets"] or "").split("; "):
                self.aimed.setdefault(code, []).append(row)
        self.flows = area_trade.magnets(release)
        self.kinds = area_trade.kinds(release)
        self.products = {row["product"]: row for row in release.records("products")}

    def codes(self) -> list[str]:
        """Areas of which some table says something, by name."""
        tables = (self.reserves, self.production, self.quotas, self.claims, self.acts, self.aimed, self.kinds)
        return sorted({code for table in tables for code in table} & set(self.areas), key=lambda code: self.names[code])

    def facts(self, code: str) -> dict[str, Any]:
        """What the list of areas shows of an area: newest figures and counts."""
        reserves, production = self.reserves.get(code, []), self.production.get(code, [])
        return {
            "area": self.areas[code],
            "reserves": next((row for row in reversed(reserves) if row["reserves_t_reo"] is not None), None),
            "production": production[-1] if production else None,
            "trade": sum(row["rows"] for row in self.kinds.get(code, [])),
            "policies": len(self.acts.get(code, [])),
            "claims": len(self.claims.get(code, [])),
        }

    def context(self, code: str) -> dict[str, Any]:
        """What the template of an area's page needs."""
        flows = {
            flow: area_trade.grid(self.flows[flow][code], other)
            for flow, (_, other) in area_trade.SIDES.items()
            if code in self.flows[flow]
        }
        figures = {
            "reserves": parts(self.reserves.get(code, []), "reserves_t_reo")[::-1],
            "production": parts(self.production.get(code, []), "quantity_t_reo")[::-1],
            "quotas": sorted(self.quotas.get(code, []), key=lambda row: (-row["year"], row["quota_type"])),
        }
        used = {row["source_id"] for rows in figures.values() for row in rows}
        used |= {row["source_id"] for found in flows.values() for row in found["rows"]}
        return (
            self.facts(code)
            | {"newest": self.facts(code)}
            | figures
            | {
                "names": self.names,
                "products": self.products,
                "titled": title,
                "described": described,
                "flows": flows,
                "kinds": self.kinds.get(code, []),
                "revisions": self.revisions.get(code, []),
                "acts": self.acts.get(code, []),
                "aimed": self.aimed.get(code, []),
                "claims": self.claims.get(code, []),
                "used": used,
                "dated": dated,
                "open": OPEN,
            }
        )


def _first(facts: dict[str, Any], newest: int) -> tuple[float, float]:
    """Those who mine come first in the list, the largest of them at the top, then those with reserves, then all others by name."""
    mined = facts["production"]["quantity_t_reo"] if facts["production"] and facts["production"]["year"] == newest else 0
    left = facts["reserves"]["reserves_t_reo"] if facts["reserves"] else 0
    return -mined, -left


#: What a page of an area may hold, by the name of its part.
SECTIONS = {
    "reserves": "reserves",
    "production": "mine production",
    "flows": "exports and imports of magnets",
    "kinds": "trade by product",
    "quotas": "quotas",
    "acts": "policy",
    "claims": "tested claims",
}


def _sections(context: dict[str, Any]) -> str:
    """What a page holds, as the beginning of a sentence."""
    held = [name for part, name in SECTIONS.items() if context[part]] or ["policy"]
    text = " and ".join(filter(None, [", ".join(held[:-1]), held[-1]]))
    return text[0].upper() + text[1:]


def areas_pages(release: Release) -> dict[str, str]:
    """Pages of all areas and their list, by their paths under ``docs/``."""
    found, bibliography = Areas(release), Bibliography(release)
    pages = {}
    for code in found.codes():
        context = found.context(code)
        name = found.names[code]
        lead = f"{_sections(context)} of {name}, each figure with its source."
        context |= {"lead": lead, "bibtex": bibliography.of(context["used"])}
        pages[f"areas/{code}/index.md"] = profile("area.md.j2", name, lead, boost=4, **context)
    facts = [found.facts(code) for code in found.codes()]
    newest = max(row["production"]["year"] for row in facts if row["production"])
    listed = sorted(facts, key=lambda row: _first(row, newest))
    return pages | {"areas/index.md": profile("areas.md.j2", *LISTED, hide=("toc",), areas=listed)}
