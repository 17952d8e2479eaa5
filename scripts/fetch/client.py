"""The one HTTP client: bounded in size and time, patient, and never leaving half a file."""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import requests
import stamina
import urllib3

from scripts.fetch.addresses import Sources, shown
from scripts.fetch.answers import refuse_status
from scripts.fetch.contents import START, WrongContent, check_kind
from scripts.fetch.outcomes import PASSING, FetchError, Outcome
from scripts.fetch.partial import Partial

T = TypeVar("T")
AGENT = "rare-earths (open dataset; fetches a file once and asks conditionally after that)"
CHUNK = 65_536
#: Status of an answer that says the file has not changed.
NOT_MODIFIED = 304
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Limits:
    """Bounds of one download. Times are in seconds, sizes in bytes.

    ``total`` bounds all tries together, waiting included; ``max_wait`` is the longest pause that a
    server may ask for, beyond which the download gives up and says so.
    """

    connect: float = 10
    read: float = 30
    total: float = 900
    max_bytes: int = 200_000_000
    attempts: int = 5
    redirects: int = 5
    first_wait: float = 1
    max_wait: float = 120
    jitter: float = 1


@dataclass(frozen=True)
class Answer:
    """What the publisher said of a file; ``changed`` is False where it is still the one known."""

    address: str
    status: int
    headers: Mapping[str, str]
    changed: bool = True

    @property
    def validators(self) -> dict[str, str]:
        """What a later conditional request needs."""
        return {name: self.headers[name] for name in ("ETag", "Last-Modified") if name in self.headers}


class Client:
    """Asks publishers, or the replica that stands in for all of them.

    Parameters
    ----------
    sources
        Where official addresses are asked.
    limits
        Bounds of each download.
    headers
        Further request headers, such as a key of an interface: they never appear in a message and
        are never sent to another host than that of the address.
    """

    def __init__(self, sources: Sources = Sources(), limits: Limits = Limits(), headers: Mapping[str, str] | None = None):
        self.sources, self.limits = sources, limits
        self.session = requests.Session()
        # A replica on this machine must not be asked through a proxy.
        self.session.trust_env = not sources.base
        self.session.headers.update({"User-Agent": AGENT, "Accept-Encoding": "identity"})
        self.headers = dict(headers or {})

    def download(
        self,
        address: str,
        path: Path,
        *,
        suffix: str | None = None,
        known: Mapping[str, str] | None = None,
        hosts: frozenset[str] = frozenset(),
        partial: Path | None = None,
        progress: Callable[[int, int | None], None] = lambda done, total: None,
    ) -> Answer:
        """Bring the file at an official address to a path: whole and of its kind, or not at all.

        Parameters
        ----------
        address
            Official address, https.
        path
            Where the file goes.
        suffix
            What kind of file it must be; default: the suffix of ``path``.
        known
            Validators of the copy at hand; with them the answer may be "unchanged", and nothing is written.
        hosts
            Hosts besides the address's own that a redirect may lead to.
        partial
            Where bytes of an unfinished download stay between runs; default: beside ``path``.
        progress
            Called with the bytes at hand and the total, where known.

        Raises
        ------
        FetchError
            When the file did not come, or is not what it should be; nothing is at ``path`` then.
        """
        unfinished = Partial(partial or path.with_name(f".{path.name}.part"))
        deadline = time.monotonic() + self.limits.total
        answer = self._patiently(lambda: self._once(address, unfinished, known or {}, hosts, deadline, progress))
        if answer.changed:
            try:
                check_kind(unfinished.path, path.suffix if suffix is None else suffix)
            except WrongContent as error:
                unfinished.drop()
                raise FetchError(error.outcome, shown(address), error.detail) from error
            unfinished.finish(path)
        return answer

    def read(self, address: str, *, suffix: str = "", hosts: frozenset[str] = frozenset()) -> bytes:
        """The file at an official address, for small ones; see :meth:`download`."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "answer"
            self.download(address, path, suffix=suffix, hosts=hosts)
            return path.read_bytes()

    def peek(self, address: str, *, hosts: frozenset[str] = frozenset()) -> bytes:
        """The first bytes of the file at an official address, to see whether there is one.

        Raises
        ------
        FetchError
            When there is none, or it cannot be told.
        """

        def once() -> bytes:
            with _named(address), self._open(address, {"Range": f"bytes=0-{START - 1}"}, hosts) as response:
                start = response.raw.read1(START, decode_content=True)
                refuse_status(address, response.status_code, response.headers, start)
                return start

        return self._patiently(once)

    def _patiently(self, once: Callable[[], T]) -> T:
        for attempt in stamina.retry_context(
            on=self._again,
            attempts=self.limits.attempts,
            timeout=self.limits.total,
            wait_initial=self.limits.first_wait,
            wait_max=self.limits.max_wait,
            wait_jitter=self.limits.jitter,
        ):
            with attempt:
                return once()
        raise AssertionError("the last attempt returns or raises")

    def _again(self, error: Exception) -> bool | float:
        if not isinstance(error, FetchError) or error.outcome not in PASSING:
            return False
        if error.retry_after is None:
            return True
        return error.retry_after if error.retry_after <= self.limits.max_wait else False

    def _once(self, address, unfinished, known, hosts, deadline, progress) -> Answer:
        conditions = {"If-None-Match": known.get("ETag"), "If-Modified-Since": known.get("Last-Modified")}
        asked = unfinished.resume_headers(address)
        asked |= {name: value for name, value in conditions.items() if value}
        with _named(address), self._open(address, asked, hosts) as response:
            if response.status_code == NOT_MODIFIED and known:
                unfinished.drop()
                return Answer(address, NOT_MODIFIED, response.headers, changed=False)
            self._body(address, response, unfinished, "Range" in asked, deadline, progress)
            return Answer(address, response.status_code, response.headers)

    def _open(self, address: str, headers: dict[str, str], hosts: frozenset[str]) -> requests.Response:
        here = address
        home = urlsplit(address).hostname
        for _ in range(self.limits.redirects + 1):
            response = self.session.get(
                self.sources.actual(here),
                headers=headers | (self.headers if urlsplit(here).hostname == home else {}),
                stream=True,
                allow_redirects=False,
                timeout=(self.limits.connect, self.limits.read),
            )
            if response.status_code not in REDIRECTS:
                return response
            response.close()
            here = self.sources.redirected(here, response.headers.get("Location", ""), hosts)
        raise FetchError(
            Outcome.REDIRECT, shown(address), f"more than {self.limits.redirects} redirects; they lead in a circle"
        )

    def _body(self, address, response, unfinished, resumed, deadline, progress) -> None:
        headers, place = response.headers, shown(address)
        if response.status_code == 416 or (response.status_code == 206 and not (resumed and unfinished.continues(headers))):
            unfinished.drop()
            raise FetchError(Outcome.CUT, place, "the server sent another part than the one missing; run again")
        if response.status_code != 200 and response.status_code != 206:
            start = b""
            with suppress(urllib3.exceptions.HTTPError):
                start = response.raw.read1(START, decode_content=True)
            refuse_status(address, response.status_code, headers, start)
        refuse_status(address, response.status_code, headers, b"")
        if response.status_code == 200:
            unfinished.begin(address, headers)
        self._write(place, response, unfinished, deadline, progress)

    def _write(self, place, response, unfinished, deadline, progress) -> None:
        encoded = response.headers.get("Content-Encoding", "identity").lower() != "identity"
        length = response.headers.get("Content-Length")
        total = None if encoded or length is None else unfinished.size + int(length)
        if total is not None and total > self.limits.max_bytes:
            unfinished.drop()
            raise FetchError(Outcome.TOO_LARGE, place, f"{total:,} bytes; the limit is {self.limits.max_bytes:,}")
        done = unfinished.size
        with open(unfinished.path, "ab") as file:
            try:
                while chunk := response.raw.read1(CHUNK, decode_content=True):
                    done += len(chunk)
                    if done > self.limits.max_bytes:
                        break
                    file.write(chunk)
                    progress(done, total)
                    if time.monotonic() > deadline:
                        detail = f"{done:,} bytes in {self.limits.total:.0f} s; run again to go on from there"
                        raise FetchError(Outcome.SLOW, place, detail)
            except urllib3.exceptions.DecodeError as error:
                detail = f"announced as {response.headers['Content-Encoding']}, which it is not; tell the publisher"
                raise FetchError(Outcome.ENCODING, place, detail) from error
            except (urllib3.exceptions.ProtocolError, urllib3.exceptions.SSLError) as error:
                raise FetchError(Outcome.CUT, place, f"the body ended after {done:,} bytes; run again later") from error
            finally:
                file.flush()
        if done > self.limits.max_bytes:
            unfinished.drop()
            raise FetchError(Outcome.TOO_LARGE, place, f"more than the limit of {self.limits.max_bytes:,} bytes")


@contextmanager
def _named(address: str) -> Iterator[None]:
    """Errors of the connection by their own name."""
    try:
        yield
    except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
        raise FetchError(Outcome.SLOW, shown(address), "no answer in time; run again later") from error
    except (requests.ConnectionError, requests.exceptions.InvalidURL, urllib3.exceptions.HTTPError, OSError) as error:
        raise FetchError(Outcome.UNREACHABLE, shown(address), f"{_reason(error)}; run again later") from error


def _reason(error: BaseException) -> str:
    """The innermost reason of a connection error, which names no header."""
    inner = error
    while inner.__cause__ or inner.__context__:
        inner = inner.__cause__ or inner.__context__
    return f"{type(inner).__name__}: {getattr(inner, 'strerror', None) or 'no connection'}"
