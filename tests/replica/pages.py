"""What the replica answers when nothing is wrong: whole files with validators, parts of them, and "not changed"."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.utils import formatdate, parsedate_to_datetime


@dataclass(frozen=True)
class Request:
    """One request, by the official address it stands for."""

    method: str
    address: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Reply:
    """An answer before it is sent."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


#: Makes the answer to a request; for interfaces whose answers depend on the query.
Page = Callable[[Request], Reply]


@dataclass(frozen=True)
class File:
    """A page that is a file: its bytes, its media type, and when it was changed (seconds since 1970)."""

    body: bytes
    media_type: str = "application/octet-stream"
    changed: float = 1_767_225_600.0
    weak: bool = False
    validators: bool = True

    @property
    def etag(self) -> str:
        return ("W/" if self.weak else "") + f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'

    def __call__(self, request: Request) -> Reply:
        headers = {"Content-Type": self.media_type}
        if self.validators:
            headers |= {"ETag": self.etag, "Last-Modified": formatdate(self.changed, usegmt=True), "Accept-Ranges": "bytes"}
        whole = Reply(200, headers, self.body)
        if self.validators and self._known(request.headers):
            return replace(whole, status=304, body=b"")
        span = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
        if not span or request.headers.get("If-Range", self.etag) not in (self.etag, headers.get("Last-Modified")):
            return whole
        start = int(span[1])
        if start >= len(self.body):
            return Reply(416, headers | {"Content-Range": f"bytes */{len(self.body)}"})
        rest = {"Content-Range": f"bytes {start}-{len(self.body) - 1}/{len(self.body)}"}
        return Reply(206, headers | rest, self.body[start:])

    def _known(self, headers: dict[str, str]) -> bool:
        if "If-None-Match" in headers:
            return headers["If-None-Match"].removeprefix("W/") == self.etag.removeprefix("W/")
        if "If-Modified-Since" in headers:
            return self.changed <= parsedate_to_datetime(headers["If-Modified-Since"]).timestamp()
        return False


def missing(request: Request) -> Reply:
    """The answer to an address that the replica does not have."""
    return Reply(404, {"Content-Type": "text/html"}, b"<html><body>not here</body></html>")
