"""Raw files that are not at hand come from their official address into a cache, checked by hash."""

import hashlib
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from scripts.ingest.raw import Raw

CONTENT = b"Year,Production\n1900,227\n"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def publisher(tmp_path):
    """A publisher on the loopback interface."""
    folder = tmp_path / "publisher"
    folder.mkdir()
    (folder / "table.csv").write_bytes(CONTENT)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}/table.csv"
    server.shutdown()


@pytest.fixture
def raw(tmp_path, publisher, monkeypatch):
    monkeypatch.setattr("pooch.os_cache", lambda _: tmp_path / "cache")
    raw = Raw(tmp_path / "nothing")
    raw.manifest = {"table.csv": {"url": publisher[1], "direct": True, "sha256": hashlib.sha256(CONTENT).hexdigest()}}
    return raw


def test_a_file_is_fetched_once(raw, publisher):
    path = raw.path("table.csv")
    assert path.read_bytes() == CONTENT
    (publisher[0] / "table.csv").unlink()
    assert raw.path("table.csv") == path


def test_a_file_that_the_publisher_changed_is_refused_and_not_kept(raw, publisher, tmp_path):
    (publisher[0] / "table.csv").write_bytes(CONTENT + b"1901,187\n")
    with pytest.raises(ValueError, match="hash"):
        raw.path("table.csv")
    assert not [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
