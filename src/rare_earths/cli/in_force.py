"""The command ``rare-earths in-force``."""

from __future__ import annotations

import click

from rare_earths.cli._asking import ask, json_option, package_for, show_json, version_option


@click.command("in-force")
@click.argument("day")
@click.option("--jurisdiction", help="Code of the area that acted, such as CHN.")
@click.option("--element", help="Symbol of a rare earth that the action must concern, such as Dy.")
@json_option
@version_option
def in_force(day: str, jurisdiction: str | None, element: str | None, as_json: bool, version: str | None) -> None:
    """Show the policy actions that applied on DAY. Those suspended then are named too. For example: in-force 2025-11-20."""
    from rare_earths import policy_in_force

    found = ask(policy_in_force, day, jurisdiction=jurisdiction, element=element, package=package_for(version)).astype(object)
    rows = found.where(found.notna(), None).to_dict("records")
    if as_json:
        show_json(rows)
        return
    for row in rows:
        known = "" if row["certain"] else " (not certain)"
        by = f" (suspended by {row['suspended_by']})" if row["suspended_by"] else ""
        remark = f"\n    {row['remark']}{by}" if row["remark"] else ""
        click.echo(f"{row['state']}{known}  {row['action_id']}  {row['title']}{remark}")
