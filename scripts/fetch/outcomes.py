"""What can come of asking a publisher for a file; each has its own name."""

from enum import StrEnum


class Outcome(StrEnum):
    """What came of one file."""

    FETCHED = "fetched"
    ARCHIVED = "archived"
    UNCHANGED = "unchanged"
    CHANGED = "changed bytes"
    NEW_COLUMNS = "changed columns"
    KEPT = "kept by the project"
    GONE = "gone"
    REFUSED = "refused"
    CHALLENGE = "challenge page"
    HTML = "HTML instead of the file"
    WRONG_KIND = "not the kind of file expected"
    ENCODING = "wrong encoding"
    CUT = "cut short"
    TOO_LARGE = "too large"
    SLOW = "too slow"
    BUSY = "asked to wait"
    SERVER = "server error"
    REDIRECT = "redirect not followed"
    UNREACHABLE = "unreachable"
    INSECURE = "insecure address"


#: Outcomes after which the file of the manifest is in the archive.
GOOD = frozenset({Outcome.FETCHED, Outcome.ARCHIVED, Outcome.UNCHANGED})
#: Outcomes that may pass by themselves: worth another try.
PASSING = frozenset({Outcome.CUT, Outcome.SLOW, Outcome.BUSY, Outcome.SERVER, Outcome.UNREACHABLE})


class FetchError(Exception):
    """A file did not come, or not as what it should be.

    Parameters
    ----------
    outcome
        What happened.
    address
        The official address, as it may be shown.
    detail
        What was found, and how to mend it.
    retry_after
        Seconds that the server asks to wait before the next try; None where it does not say.
    """

    def __init__(self, outcome: Outcome, address: str, detail: str, retry_after: float | None = None):
        super().__init__(f"{outcome}: {address}: {detail}")
        self.outcome, self.address, self.detail, self.retry_after = outcome, address, detail, retry_after
