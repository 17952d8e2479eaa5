"""A release host on this machine that misbehaves as asked: the first part of a path says how."""

import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PAGE = b"<!doctype html><title>Please log in</title><p>Welcome to the airport network.</p>"


class Host(ThreadingHTTPServer):
    """Serves ``folder`` at ``{url}/ok``, and in other ways at other first parts of a path.

    ``requests`` counts what was asked for; ``stalled`` is set when a half-sent answer hangs.
    """

    daemon_threads = True

    def __init__(self, folder: Path):
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder = folder
        self.requests: Counter[str] = Counter()
        self.stalled, self.closing = threading.Event(), threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request, client_address):
        """A client that hangs up is what some tests want."""


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        self.server.requests[self.path] += 1
        _, how, rest = self.path.split("/", 2)
        path = self.server.folder / rest
        getattr(self, f"do_{how}", self.do_ok)(path.read_bytes() if path.is_file() else None, rest)

    def answer(self, body, status=200, kind="application/octet-stream", length=None, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is not False:
            self.send_header("Content-Length", str(length or len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_ok(self, content, _rest):
        self.answer(b"no such file", 404, "text/plain") if content is None else self.answer(content)

    def do_page(self, _content, _rest):
        self.answer(PAGE, kind="text/html; charset=utf-8")

    def do_disguised(self, _content, _rest):
        self.answer(PAGE)

    def do_pagetable(self, content, rest):
        self.do_page(content, rest) if rest.endswith(".parquet") else self.do_ok(content, rest)

    def do_wrong(self, content, rest):
        self.do_ok(content[:-1] + bytes([content[-1] ^ 1]) if rest.endswith(".parquet") else content, rest)

    def do_cut(self, content, _rest):
        self.answer(content[: len(content) // 2], length=len(content))

    def do_short(self, content, rest):
        self.do_ok(content[: len(content) // 2], rest)

    def do_flaky(self, content, rest):
        """Busy, then cut, then well."""
        count = self.server.requests[self.path]
        if count == 1:
            self.answer(b"busy", 503, "text/plain")
        else:
            (self.do_cut if count == 2 else self.do_ok)(content, rest)

    def do_endless(self, content, rest):
        if not rest.endswith(".parquet"):
            return self.do_ok(content, rest)
        self.answer(b"", length=False)
        for _ in range(10_000):
            self.wfile.write(bytes(2**16))

    def do_stall(self, content, rest):
        if not rest.endswith(".parquet"):
            return self.do_ok(content, rest)
        self.answer(content[: len(content) // 2], length=len(content))
        self.wfile.flush()
        self.server.stalled.set()
        self.server.closing.wait(60)

    def do_plain(self, _content, rest):
        """A redirect to plain http on another machine; the address is one that nobody can have."""
        self.answer(b"", 302, length=0, Location=f"http://releases.invalid/ok/{rest}")

    def do_moved(self, _content, rest):
        self.answer(b"", 302, length=0, Location=f"/ok/{rest}")

    def do_round(self, _content, _rest):
        self.answer(b"", 302, length=0, Location=self.path)


@contextmanager
def serve(folder: Path):
    """Run a host as long as the block runs."""
    host = Host(folder)
    thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.closing.set()
        host.shutdown()
        host.server_close()
        thread.join()
