"""The server: loopback only, at most so many requests, at most so many seconds."""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.replica.faults import Fault, send
from tests.replica.pages import File, Page, Reply, Request, missing


class Replica:
    """Stands in for all publishers.

    Parameters
    ----------
    pages
        Official address -> page. An address without a query answers for every query that has no page of its own.
    max_requests, max_seconds
        After so many it answers no more.
    """

    def __init__(self, pages: dict[str, Page] | None = None, max_requests: int = 5_000, max_seconds: float = 600):
        self.pages = dict(pages or {})
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.requests: list[Request] = []
        self.max_requests = max_requests
        self.stopped = threading.Event()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"replica": self}))
        self._timer = threading.Timer(max_seconds, self.stop)
        self._timer.daemon = True

    @property
    def address(self) -> str:
        """What ``RARE_EARTHS_SOURCES`` is set to."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def offer(self, address: str, body: bytes | Page, media_type: str = "application/octet-stream", **more: object) -> None:
        """Answer an official address with a file, or with a page of its own."""
        self.pages[address] = body if callable(body) else File(body, media_type, **more)

    def misbehave(self, address: str, *faults: Fault) -> None:
        """Answer the next requests for an address with faults, one each, and after that well."""
        self.faults[address].extend(faults)

    def asked(self, address: str) -> list[Request]:
        """The requests for an address so far."""
        return [request for request in self.requests if request.address == address]

    def answer(self, request: Request) -> tuple[Reply, Fault]:
        """The answer to a request, and how it is sent."""
        with self._lock:
            self.requests.append(request)
            if len(self.requests) > self.max_requests:
                return Reply(503, {"Connection": "close"}), send
            bare = request.address.partition("?")[0]
            page = self.pages.get(request.address) or self.pages.get(bare) or missing
            queue = self.faults.get(request.address) or self.faults.get(bare)
            return page(request), queue.popleft() if queue else send

    def pause(self, seconds: float) -> bool:
        """Wait, but no longer than the replica lives; whether it still does."""
        return not self.stopped.wait(seconds)

    def start(self) -> "Replica":
        """Answer from now on, in a thread."""
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        self._timer.start()
        return self

    def stop(self) -> None:
        """Answer no more."""
        if not self.stopped.is_set():
            self.stopped.set()
            self._timer.cancel()
            self._server.shutdown()
            self._server.server_close()

    def wait(self) -> None:
        """Until it stops."""
        with suppress(KeyboardInterrupt):
            while not self.stopped.is_set():
                time.sleep(0.2)

    def __enter__(self) -> "Replica":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that went away: some faults make them."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    replica: Replica

    def do_GET(self) -> None:
        target = urlsplit(self.path)
        self.address = f"https:/{target.path}" + (f"?{target.query}" if target.query else "")
        reply, how = self.replica.answer(Request(self.command, self.address, _titled(self.headers.items())))
        with suppress(ConnectionError, TimeoutError):
            how(self, reply)

    do_HEAD = do_GET

    def log_message(self, *_: object) -> None:
        """Say nothing: what was asked is in ``Replica.requests``."""


def _titled(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers by their usual spelling, whatever the case they came in."""
    return {("ETag" if name.lower() == "etag" else name.title()): value for name, value in headers}
