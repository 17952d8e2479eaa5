"""Whether an action applied on a day, as far as its dates and our sources tell.

Three answers: ``in_force``, ``suspended`` and ``unclear``; an action that did not apply has
none. A date known to the month or the year leaves days on which nobody can tell: they are
``unclear``, never guessed. What is known ends at ``status_as_of``: on later days an answer
is the last one known, and not certain.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from rare_earths.dates import first_day, last_day

#: States of an action that is over: the end of such an action is known, not planned.
OVER = {"ended", "superseded", "completed", "cancelled"}
NOT_IN_EFFECT = {"announced": "only announced", "proposed": "only proposed", "unclear": "of unclear state"}

Action = Mapping[str, str | None]


class Standing(NamedTuple):
    """Answer for one action and one day: ``state``, whether it is ``certain``, and a ``remark``."""

    state: str
    certain: bool
    remark: str


def standing(action: Action, day: date, superseded_on: str | None = None) -> Standing | None:
    """Standing of an action on a day.

    Parameters
    ----------
    action
        Row of ``policy_actions``; missing values are None.
    day
        The day asked for.
    superseded_on
        Effective date of the action that superseded it, where one is known.

    Returns
    -------
    Standing or None
        None where the action did not apply: before it was effective, after its end, or
        because it was a single act.
    """
    over = _end(action, day, superseded_on)
    if over == "ended":
        return None
    paused = _pause(action, day)
    if paused:
        return paused
    begun = _start(action, day)
    if begun is None:
        return None
    remark = begun or over or _state(action)
    if remark:
        return Standing("unclear", False, remark)
    known_end = action["action_status"] in OVER and action["ended_on"]
    certain = bool(known_end) or day <= first_day(action["status_as_of"])
    return Standing("in_force", certain, "" if certain else _last_known(action))


def _last_known(action: Action) -> str:
    return f"last known: our sources end on {action['status_as_of']}"


def _end(action: Action, day: date, superseded_on: str | None) -> str:
    """``ended``, a remark where the end is not known to the day, or nothing while it runs."""
    end, status = action["ended_on"], action["action_status"]
    if end:
        if day > last_day(end):
            planned = status not in OVER and last_day(end) > last_day(action["status_as_of"])
            if not planned:
                return "ended"
            return f"it was to end on {end}; what applies after that our sources do not say"
        return f"it ended in {end}, on a day that our sources do not give" if len(end) < 10 and day >= first_day(end) else ""
    if status == "completed":
        return "ended"
    if status not in OVER:
        return ""
    if superseded_on:
        if day >= last_day(superseded_on):
            return "ended"
        return f"it was superseded in {superseded_on}" if day >= first_day(superseded_on) else ""
    if day >= last_day(action["status_as_of"]):
        return "ended"
    return "it ended on a day that our sources do not give"


def _pause(action: Action, day: date) -> Standing | None:
    start, end = action["suspended_from"], action["suspended_until"]
    if not start or day < first_day(start):
        return None
    if day < last_day(start):
        return Standing("unclear", False, f"suspended in {start}, from a day that our sources do not give")
    if end and day > last_day(end):
        if action["action_status"] != "suspended" and first_day(action["status_as_of"]) > last_day(end):
            return None
        return Standing("unclear", False, f"its suspension ran until {end}; what applies after that our sources do not say")
    words = [f"suspended from {start}" + (f" until {end}" if end else ", no end given")]
    if action["effective_on"] and day < first_day(action["effective_on"]):
        words.append(f"it was to take effect on {action['effective_on']}")
    certain = day <= first_day(action["status_as_of"])
    return Standing("suspended", certain, "; ".join(words if certain else [*words, _last_known(action)]))


def _start(action: Action, day: date) -> str | None:
    """None before the start, a remark where the start is not known to the day, else nothing."""
    start = action["effective_on"]
    if start:
        if day < first_day(start):
            return None
        return f"it took effect in {start}, on a day that our sources do not give" if day < last_day(start) else ""
    seen_first = action["announced_on"] or action["status_as_of"]
    if action["action_status"] != "in_force" or day < first_day(seen_first):
        return None
    if day >= last_day(action["status_as_of"]):
        return ""
    return "since when it applies our sources do not say"


def _state(action: Action) -> str:
    words = NOT_IN_EFFECT.get(action["action_status"] or "")
    return f"{words} as of {action['status_as_of']}" if words else ""
