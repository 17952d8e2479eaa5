"""Pieces that hand-written pages include, each made from the one place where the fact stands."""

from functools import partial
from typing import Any

import click
import pandas as pd

import rare_earths
from rare_earths.cli import main as command
from scripts.metadata import schema_org
from scripts.site.chart_reserves import points
from scripts.site.explorer import explorer_part, sql_part
from scripts.site.formats import formats
from scripts.site.mirror import gaps
from scripts.site.release import Release
from scripts.site.render import render
from scripts.site.trade_parts import TRADE_PARTS
from scripts.site.values import COLUMNS, values_part


def home_figures(release: Release) -> str:
    """The figures on the first page, with their sources."""
    sources = release.load("sources").set_index("source_id")
    production = release.load("production")
    newest = production[production["year"] == production["year"].max()].set_index("area")
    stated = points(release)

    def titled(row: pd.Series) -> dict[str, Any]:
        return row.to_dict() | {"title": sources.loc[row["source_id"], "title"]}

    def last_change(area: str) -> list[dict[str, Any]]:
        rows = stated[stated["area"] == area].reset_index(drop=True)
        figures = rows["reserves_t_reo"]
        after = figures.index[figures.diff().fillna(0) != 0].max()
        return [titled(rows.loc[after - 1]), titled(rows.loc[after])]

    def mined(area: str) -> dict[str, Any]:
        return titled(newest.loc[area]) | {"area": area}

    return render(
        "home-figures.html.j2",
        world=mined("WLD"),
        china=mined("CHN"),
        reserves={area: last_change(area) for area in ("VNM", "BRA")},
        sources=sources,
        gap=gaps(release)[0],
    )


def home_counts(release: Release) -> str:
    """How much there is, in a sentence."""
    counted = ("production_reported", "reserves_reported", "trade_flows", "policy_actions", "prices", "sources")
    flows = release.load("trade_flows")
    return render(
        "home-counts.md.j2",
        rows={table: len(release.load(table)) for table in counted},
        years=release.load("production")["year"],
        first=flows["period"].str[:4].min(),
        last=flows["period"].str[-7:].str[:4].max(),
        products=flows["product"].nunique(),
        version=release.package.version,
    )


def rule(release: Release) -> str:
    """The rule of choice as the library states it, under its name."""
    explained = rare_earths.explain("reserves", package=release.package, area="BRA")
    return f"**`{explained.rule}`**\n\n{explained.rule_text}\n"


def explained(release: Release) -> str:
    """What `explain` prints for Australia's production of 2024, as far as the candidates go."""
    text = str(rare_earths.explain("production", package=release.package, area="AUS", year=2024))
    candidates, _, _ = text.partition("\n\n* chosen by")
    return f"```text\n{candidates}\n```\n"


def bibtex(release: Release) -> str:
    """What `cite` prints for Vietnam's newest reserves."""
    frame = rare_earths.load("reserves", package=release.package, area="VNM", as_of_year=2025)
    return f"``` {{ .bibtex .citation }}\n{rare_earths.cite(frame, package=release.package)}```\n"


def citation(release: Release) -> str:
    """What `cite` says of the same rows as text, as a quotation."""
    frame = rare_earths.load("reserves", package=release.package, area="VNM", as_of_year=2025)
    return "".join(
        f"> {line}".rstrip() + "\n" for line in rare_earths.cite(frame, "text", package=release.package).strip().split("\n")
    )


def install(release: Release) -> str:
    """How to install the wheel of this release."""
    name = release.wheel.path
    return f"Download [`{name}`](downloads/{name}) and install it; it holds all data and works offline.\n\n```console\npip install {name}\n```\n"


def command_line(_: Release) -> str:
    """The help of the command and of each of its subcommands."""
    parts = []
    parent = click.Context(command, info_name="rare-earths", max_content_width=80, terminal_width=80)
    for name in ["", *command.list_commands(parent)]:
        title = f"rare-earths {name}".strip()
        context = click.Context(command.get_command(parent, name), parent=parent, info_name=name) if name else parent
        heading = f"## {title}\n\n" if name else ""
        parts.append(f"{heading}```text\n{context.get_help()}\n```\n")
    return "\n".join(parts)


def conversion(release: Release) -> str:
    """Factors from oxide to metal with the atomic weights they follow from, in the order of atomic numbers."""
    rows = sorted(release.records("elements"), key=lambda row: row["atomic_number"])
    titles = {source["source_id"]: source["title"] for source in release.records("sources")}
    return render("conversion.md.j2", rows=rows, titles={row["source_id"]: titles[row["source_id"]] for row in rows})


def home_json_ld(release: Release) -> str:
    """The package as search engines for data sets read it."""
    return schema_org.script(schema_org.dataset(release.facts, downloads="downloads"))


PARTS = {
    "home-json-ld.html": home_json_ld,
    "home-figures.html": home_figures,
    "home-counts.md": home_counts,
    "rule.md": rule,
    "explained.md": explained,
    "bibtex.md": bibtex,
    "citation.md": citation,
    "install.md": install,
    "formats.md": formats,
    "conversion.md": conversion,
    "command-line.md": command_line,
    "explorer.html": explorer_part,
    "sql.html": sql_part,
    **{f"values-{column}.md": partial(values_part, column=column) for column in COLUMNS},
    **TRADE_PARTS,
}
