"""How an answer is sent: well, or with one of the faults that publishers' servers really have."""

import gzip
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler

from tests.replica.pages import Reply

Fault = Callable[[BaseHTTPRequestHandler, Reply], None]
PAGE = {"Content-Type": "text/html; charset=utf-8"}
CHALLENGE = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><script src='/cdn-cgi/challenge-platform/x'>"
)
ENDLESS_CHUNK = b"x" * 65_536
#: No fault sends more than this, so that a client without limits does not fill the disk.
MOST_BYTES = 64_000_000


def _head(handler: BaseHTTPRequestHandler, reply: Reply, length: int | None) -> None:
    handler.send_response(reply.status)
    for name, value in reply.headers.items():
        handler.send_header(name, value)
    if length is not None:
        handler.send_header("Content-Length", str(length))
    if length is None or reply.headers.get("Connection") == "close":
        handler.close_connection = True
    handler.end_headers()


def send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    """No fault."""
    _head(handler, reply, len(reply.body))
    if handler.command != "HEAD":
        handler.wfile.write(reply.body)


def status(code: int, retry_after: str | None = None) -> Fault:
    """An answer with a status alone."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return lambda handler, reply: send(handler, Reply(code, headers))


def redirect(location: str, code: int = 302) -> Fault:
    """A redirect; ``location`` as in the header."""
    return lambda handler, reply: send(handler, Reply(code, {"Location": location}))


def challenge(code: int = 403) -> Fault:
    """A page that wants a browser; with status 403 it says so in a header too."""
    headers = PAGE | ({"cf-mitigated": "challenge"} if code == 403 else {})
    return lambda handler, reply: send(handler, Reply(code, headers, CHALLENGE))


def html(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    """A page with status 200 in place of the file, under the file's media type."""
    send(handler, replace(reply, status=200, body=b"\r\n<html><body>The file has moved.</body></html>"))


def instead(body: bytes) -> Fault:
    """Other bytes with validators of their own."""
    return lambda handler, reply: send(handler, replace(reply, body=body, headers=reply.headers | {"ETag": f'"{len(body)}x"'}))


def cut(at: int, reset: bool = False) -> Fault:
    """The announced length, but the connection ends after ``at`` bytes; with ``reset`` before any header."""

    def fault(handler, reply):
        if not reset:
            _head(handler, reply, len(reply.body))
            handler.wfile.write(reply.body[:at])
            handler.wfile.flush()
        handler.close_connection = True

    return fault


def slow(chunk: int, pause: float) -> Fault:
    """The right bytes, a few at a time."""

    def fault(handler, reply):
        _head(handler, reply, len(reply.body))
        for start in range(0, len(reply.body), chunk):
            handler.wfile.write(reply.body[start : start + chunk])
            handler.wfile.flush()
            if not handler.replica.pause(pause):
                return

    return fault


def silent(seconds: float) -> Fault:
    """No answer for a while, then none at all."""

    def fault(handler, reply):
        handler.replica.pause(seconds)
        handler.close_connection = True

    return fault


def wrong_length(by: int) -> Fault:
    """A length that is too large or too small by so many bytes."""

    def fault(handler, reply):
        _head(handler, replace(reply, headers=reply.headers | {"Connection": "close"}), len(reply.body) + by)
        handler.wfile.write(reply.body)

    return fault


def chunked(handler: BaseHTTPRequestHandler, reply: Reply, end: bool = True) -> None:
    """No fault: a body in chunks, whose length nobody tells; without ``end`` it lacks the last chunk."""
    _head(handler, replace(reply, headers=reply.headers | {"Transfer-Encoding": "chunked"}), None)
    for start in range(0, len(reply.body), 10_000):
        part = reply.body[start : start + 10_000]
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
    handler.wfile.write(b"0\r\n\r\n" if end else b"")
    handler.close_connection = True


chunks_without_end: Fault = partial(chunked, end=False)


def compressed(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    """No fault, but not asked for: the body in gzip."""
    send(handler, replace(reply, body=gzip.compress(reply.body), headers=reply.headers | {"Content-Encoding": "gzip"}))


def said_to_be_compressed(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    """Announced as gzip, which it is not."""
    send(handler, replace(reply, headers=reply.headers | {"Content-Encoding": "gzip"}))


def recoded(encoding: str) -> Fault:
    """The same text in another encoding."""
    return lambda handler, reply: send(handler, replace(reply, body=reply.body.decode("utf-8", "replace").encode(encoding)))


def bomb(size: int) -> Fault:
    """A small body in gzip that grows to ``size`` bytes."""

    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = b"".join([packer.compress(ENDLESS_CHUNK) for _ in range(size // len(ENDLESS_CHUNK))]) + packer.flush()

    def fault(handler, reply):
        send(handler, replace(reply, body=body, headers=reply.headers | {"Content-Encoding": "gzip"}))

    return fault


def endless(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    """A body that does not end: no length, and more bytes than anybody asked for."""
    _head(handler, reply, None)
    for _ in range(MOST_BYTES // len(ENDLESS_CHUNK)):
        handler.wfile.write(ENDLESS_CHUNK)


def rest_of_another(body: bytes, honest: bool) -> Fault:
    """A part (206) of other bytes; an honest server says so by their ETag, another one says nothing."""

    def fault(handler, reply):
        start = int(reply.headers.get("Content-Range", "bytes 0-").split()[1].partition("-")[0])
        headers = reply.headers | {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
        headers |= {"ETag": '"another"'} if honest else {}
        send(handler, Reply(206, headers, body[start:]))

    return fault


def rest_from(start: int) -> Fault:
    """A part (206) of the right bytes that begins elsewhere than was asked for; to a request for a part only."""

    def fault(handler, reply):
        total = len(handler.replica.pages[handler.address].body)
        body = handler.replica.pages[handler.address].body[start:]
        send(handler, Reply(206, reply.headers | {"Content-Range": f"bytes {start}-{total - 1}/{total}"}, body))

    return fault
