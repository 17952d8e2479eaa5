"""What an answer's status, headers and first bytes say before its body is read."""

import email.utils
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from scripts.fetch.addresses import shown
from scripts.fetch.outcomes import FetchError, Outcome

#: Marks of pages that ask for a browser or a human; from the public documentation of the services.
CHALLENGE = re.compile(
    rb"challenge-platform|cf-chl-|cf_chl_|just a moment|attention required!|checking your browser|"
    rb"_incapsula_resource|ddos-guard|px-captcha|g-recaptcha|h-captcha|awswafcookie|access denied.{0,200}akamai",
    re.IGNORECASE | re.DOTALL,
)
CHALLENGE_HEADERS = {"cf-mitigated": "challenge", "x-amzn-waf-action": "challenge"}
HTML = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|script|meta)\b", re.IGNORECASE)
BY_HAND = "download the file in a browser and run `make fetch FROM=FOLDER` with the folder that holds it"


def is_challenge(headers: Mapping[str, str], start: bytes) -> bool:
    """Whether an answer is a page that keeps scripts out."""
    marked = any(headers.get(name, "").lower() == value for name, value in CHALLENGE_HEADERS.items())
    return marked or bool(HTML.match(start) and CHALLENGE.search(start))


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Seconds of the header ``Retry-After``, in seconds or as a date (RFC 9110, 10.2.3); None without one."""
    text = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,12}", text, re.ASCII):
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())


def refuse_status(address: str, status: int, headers: Mapping[str, str], start: bytes) -> None:
    """Stop at an answer whose status says that it is not the file.

    Raises
    ------
    FetchError
        With the outcome that the status, the headers and the first bytes stand for.
    """
    place = shown(address)
    if is_challenge(headers, start):
        raise FetchError(Outcome.CHALLENGE, place, f"status {status}, a page that wants a browser; {BY_HAND}")
    if status in (200, 206):
        return
    if status in (404, 410):
        raise FetchError(Outcome.GONE, place, f"status {status}; look for its new address on the publisher's page")
    if status == 429:
        wait = retry_after(headers)
        said = "without saying how long" if wait is None else f"for {wait:.0f} s"
        raise FetchError(Outcome.BUSY, place, f"status 429, {said}; run again later", wait)
    if status >= 500 or status in (408, 425):
        raise FetchError(Outcome.SERVER, place, f"status {status}; run again later", retry_after(headers))
    raise FetchError(Outcome.REFUSED, place, f"status {status}; open the address in a browser to see why")
