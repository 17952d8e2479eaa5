"""Which policy actions applied on a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd

from rare_earths.loading import chosen_package, load
from rare_earths.package import Package
from rare_earths.standing import standing
from rare_earths.unknown import UnknownName

STATES = ("in_force", "suspended", "unclear")
COLUMNS = [
    "action_id",
    "jurisdiction",
    "title",
    "state",
    "certain",
    "remark",
    "suspended_by",
    "status_as_of",
    "policy_type",
    "subtype",
    "direction",
    "instrument_id",
    "effective_on",
    "ended_on",
    "suspended_from",
    "suspended_until",
    "elements",
    "elements_scope",
    "confidence",
    "source_id",
    "locator",
]


def policy_in_force(
    on: str | date,
    *,
    jurisdiction: str | None = None,
    element: str | None = None,
    version: str | None = None,
    package: Package | None = None,
) -> pd.DataFrame:
    """Policy actions that applied on a day, and those that were suspended then.

    Parameters
    ----------
    on
        The day: a date, or text such as ``"2025-11-20"``.
    jurisdiction
        Code of the area that acted, such as ``"CHN"``; default: all.
    element
        Symbol of a rare earth that the action must concern, such as ``"Dy"``; default: all
        actions, those that name no rare earth too.
    version
        Version of the data; default: the one installed.
    package
        The package to look into, instead of a version.

    Returns
    -------
    pandas.DataFrame
        One row per action. ``state``: ``in_force``, ``suspended`` or ``unclear`` (a date
        known to the month only, an announcement without a start, a suspension that ran
        out). ``certain``: false where the day is after ``status_as_of``, so that the answer
        is only the last one known, and for everything unclear; ``remark`` says why.
        ``suspended_by``: the actions that suspended it, joined by ``; ``.

    Raises
    ------
    ValueError
        When ``on`` is no day of the calendar or ``element`` is no rare earth.
    KeyError
        When ``jurisdiction`` is no area.

    Examples
    --------
    >>> import rare_earths
    >>> frame = rare_earths.policy_in_force("2025-11-20", jurisdiction="CHN", element="Dy")
    >>> frame.set_index("action_id").loc["CHN-2025-MOFCOM18", "state"]
    'in_force'
    """
    package = chosen_package(package, version)
    day = _day(on)
    actions = load("policy_actions", package=package, **_filters(jurisdiction, element, package))
    relations = load("policy_relations", package=package)
    overtaken = superseded_on(relations, package)
    suspended_by = relations[relations["relation"] == "suspends"].groupby("target_action_id")["action_id"].agg("; ".join)
    found = []
    for row in _records(actions):
        if element and element not in (row["elements"] or "").split("; "):
            continue
        answer = standing(row, day, overtaken.get(row["action_id"]))
        if answer:
            paused = answer.state == "suspended" or (row["suspended_from"] and "suspension" in answer.remark)
            by = suspended_by.get(row["action_id"]) if paused else None
            found.append({name: row.get(name) for name in COLUMNS} | answer._asdict() | {"suspended_by": by})
    frame = pd.DataFrame(found, columns=COLUMNS)
    frame = frame.sort_values("state", key=lambda states: states.map(STATES.index), kind="stable").reset_index(drop=True)
    frame.attrs = {**actions.attrs, "on": day.isoformat()}
    return frame


def _day(on: str | date) -> date:
    if isinstance(on, date):
        return on.date() if isinstance(on, datetime) else on
    try:
        return date.fromisoformat(on)
    except (TypeError, ValueError):
        raise ValueError(f"{on!r} is no day: expected a date, or text such as '2025-11-20'") from None


def _filters(jurisdiction: str | None, element: str | None, package: Package) -> dict[str, Any]:
    if element and element not in set(load("elements", package=package)["symbol"]):
        raise ValueError(f"{element!r} is no rare earth: expected a symbol such as 'Dy', see load('elements')")
    if jurisdiction is None:
        return {}
    if jurisdiction not in set(load("areas", package=package)["area"]):
        raise UnknownName(f"no area {jurisdiction!r}; jurisdiction is a code such as 'CHN', see load('areas')")
    return {"jurisdiction": jurisdiction}


def superseded_on(relations: pd.DataFrame, package: Package | None) -> dict[str, str]:
    """Effective date of the first action that superseded each action."""
    effective = load("policy_actions", package=package, columns=["action_id", "effective_on"]).dropna().set_index("action_id")
    newer = relations[relations["relation"] == "supersedes"].join(effective, on="action_id").dropna(subset="effective_on")
    return (
        newer.sort_values("effective_on")
        .drop_duplicates("target_action_id")
        .set_index("target_action_id")["effective_on"]
        .to_dict()
    )


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    objects = frame.astype(object)
    return objects.where(objects.notna(), None).to_dict("records")
