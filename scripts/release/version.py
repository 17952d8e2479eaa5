"""Whether the declared version is high enough for what changed."""

from rare_earths.diffing import Diff
from rare_earths.diffing.bump import LEVELS, Level
from rare_earths.diffing.removals import number
from scripts.release import ReleaseError


def declared(old: str, new: str) -> Level:
    """The part of the version that was raised.

    Raises
    ------
    ReleaseError
        When a version is not three numbers, or the new one is not the higher one.

    Examples
    --------
    >>> declared("0.1.0", "0.2.0")
    'minor'
    """
    before, after = number(old), number(new)
    if not len(before) == len(after) == len(LEVELS) or min(before + after) < 0 or after <= before:
        raise ReleaseError(
            f"version {new} does not follow {old}: versions are three numbers, and each release has a higher one"
        )
    return next(level for level, a, b in zip(LEVELS, before, after, strict=True) if a != b)


def raised(version: str, level: Level) -> str:
    """The lowest version that raises a part.

    Examples
    --------
    >>> raised("0.1.2", "minor")
    '0.2.0'
    """
    place = LEVELS.index(level)
    parts = [*number(version)[:place], number(version)[place] + 1, *[0] * (len(LEVELS) - place - 1)]
    return ".".join(map(str, parts))


def check_bump(diff: Diff) -> None:
    """Check the version that is declared against what the difference needs; a larger step is allowed.

    Raises
    ------
    ReleaseError
        When the step is too small, or a removed row has no stated reason.
    """
    step = declared(diff.old, diff.new)
    if diff.bump and LEVELS.index(step) > LEVELS.index(diff.bump):
        reasons = "; ".join(reason for level, reason in diff.bump_reasons if LEVELS.index(level) < LEVELS.index(step))
        raise ReleaseError(
            f"{diff.new} is a {step} step from {diff.old}, but the data need a {diff.bump} one ({reasons}): "
            f"set version {raised(diff.old, diff.bump)} or higher in pyproject.toml, then run `python -m scripts.describe`"
        )
    if diff.unexplained:
        raise ReleaseError(f"{'; '.join(diff.unexplained)}: state why in src/rare_earths/removals.toml")
