"""Every fault of a publisher's server ends in the right file or in a clear error, and never in half a file."""

import hashlib
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.fetch.addresses import Sources, shown
from scripts.fetch.answers import retry_after
from scripts.fetch.client import Client, Limits
from scripts.fetch.outcomes import FetchError, Outcome
from scripts.fetch.partial import content_range
from tests.replica import faults
from tests.replica.pages import File, Reply
from tests.replica.server import Replica

ADDRESS = "https://pubs.example.gov/mcs/table.csv"
CONTENT = b"Year,Production\r\n" + b"".join(b"%d,%d\r\n" % (1900 + n, n * 7) for n in range(5_000))
#: As long as the file itself, other in a place far behind.
OTHER = CONTENT.replace(b"6000,", b"6001,")
QUICK = Limits(connect=10, read=20, total=60, max_bytes=1_000_000, attempts=3, first_wait=0.01, max_wait=2, jitter=0)
IMPATIENT = replace(QUICK, read=0.5, total=1.5)


@pytest.fixture(scope="module")
def server():
    with Replica(max_requests=2_000, max_seconds=120) as running:
        yield running


@pytest.fixture
def replica(server):
    server.pages.clear()
    server.faults.clear()
    server.requests.clear()
    server.offer(ADDRESS, CONTENT, "text/csv")
    return server


@pytest.fixture
def client(replica):
    return Client(Sources(replica.address), QUICK)


def fetched(client, tmp_path, address=ADDRESS, **more):
    path = tmp_path / "table.csv"
    client.download(address, path, **more)
    return path.read_bytes()


RECOVERED = {
    "429 without Retry-After": [faults.status(429)],
    "429 with Retry-After": [faults.status(429, "0")],
    "503 twice": [faults.status(503), faults.status(503, "1")],
    "cut before the headers": [faults.cut(0, reset=True)],
    "cut at once": [faults.cut(0)],
    "cut twice in the middle": [faults.cut(10_000), faults.cut(20_000)],
    "no answer, then one": [faults.silent(2)],
    "length too large": [faults.wrong_length(+10)],
    "chunks without an end": [faults.chunks_without_end],
    "chunks": [faults.chunked],
    "a redirect on the same host": [faults.redirect("/mcs/new.csv")],
    "a redirect to the official address": [faults.redirect("https://pubs.example.gov/mcs/new.csv", 308)],
    "compressed without being asked": [faults.compressed],
    "slow but alive": [faults.slow(30_000, 0.1)],
    "the rest from another place": [faults.cut(10_000), faults.rest_from(5_000)],
    "the rest of another file, said so": [faults.cut(10_000), faults.rest_of_another(OTHER, honest=True)],
}


@pytest.mark.parametrize("how", RECOVERED.values(), ids=RECOVERED)
def test_a_passing_fault_ends_in_the_right_file(how, request, client, replica, tmp_path):
    replica.offer("https://pubs.example.gov/mcs/new.csv", CONTENT)
    if "no answer, then one" in request.node.name:
        client.limits = replace(QUICK, read=1.5, attempts=6)
    replica.misbehave(ADDRESS, *how)
    assert fetched(client, tmp_path) == CONTENT
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


REFUSED = {
    "404": (faults.status(404), Outcome.GONE, "look for its new address"),
    "410": (faults.status(410), Outcome.GONE, "status 410"),
    "401": (faults.status(401), Outcome.REFUSED, "status 401"),
    "429 for an hour": (faults.status(429, "3600"), Outcome.BUSY, "for 3600 s; run again later"),
    "503 for ever": (faults.status(503), Outcome.SERVER, "status 503"),
    "always cut": (faults.cut(0), Outcome.CUT, "body ended after 0 bytes"),
    "never an answer": (faults.silent(3), Outcome.SLOW, "no answer in time"),
    "closed at once": (faults.cut(0, reset=True), Outcome.UNREACHABLE, "run again later"),
    "too slow": (faults.slow(10, 0.05), Outcome.SLOW, r"run again to go on from there|no answer in time"),
    "a circle": (faults.redirect("table.csv"), Outcome.REDIRECT, "lead in a circle"),
    "plain http": (faults.redirect("http://pubs.example.gov/table.csv"), Outcome.REDIRECT, "which is not https"),
    "another host": (faults.redirect("https://elsewhere.example/t.csv"), Outcome.REDIRECT, "leads to another host"),
    "another port of this machine": (faults.redirect("http://127.0.0.1:9/t.csv"), Outcome.REDIRECT, "not https"),
    "challenge 403": (faults.challenge(403), Outcome.CHALLENGE, "wants a browser; download the file in a browser"),
    "challenge 200": (faults.challenge(200), Outcome.CHALLENGE, "status 200, but a page that wants a browser"),
    "challenge 503": (faults.challenge(503), Outcome.CHALLENGE, "status 503"),
    "a page": (faults.html, Outcome.HTML, "a page in place of a .csv file"),
    "not gzip": (faults.said_to_be_compressed, Outcome.ENCODING, "announced as gzip, which it is not"),
    "UTF-16": (faults.recoded("utf-16"), Outcome.WRONG_KIND, "zero bytes"),
    "a bomb": (faults.bomb(64_000_000), Outcome.TOO_LARGE, "limit of 1,000,000 bytes"),
    "endless": (faults.endless, Outcome.TOO_LARGE, "limit of 1,000,000 bytes"),
    "a large file": (faults.instead(b"x" * 1_000_001), Outcome.TOO_LARGE, "1,000,001 bytes; the limit is"),
    "nothing": (faults.instead(b""), Outcome.CUT, "empty"),
}


@pytest.mark.parametrize(("how", "outcome", "message"), REFUSED.values(), ids=REFUSED)
def test_a_lasting_fault_ends_in_a_clear_error(how, outcome, message, client, replica, tmp_path):
    if outcome is Outcome.SLOW:
        client.limits = IMPATIENT
    replica.misbehave(ADDRESS, *[how] * 20)
    with pytest.raises(FetchError, match=message) as caught:
        fetched(client, tmp_path)
    assert caught.value.outcome is outcome
    assert ADDRESS in str(caught.value)
    assert not (tmp_path / "table.csv").exists()


def test_a_challenge_page_and_a_missing_file_are_asked_for_once(client, replica, tmp_path):
    for fault in (faults.challenge(), faults.status(404), faults.status(429, "3600")):
        replica.requests.clear()
        replica.misbehave(ADDRESS, fault)
        with pytest.raises(FetchError):
            fetched(client, tmp_path)
        assert len(replica.requests) == 1


def test_a_length_that_is_too_small_gives_another_hash(client, replica, tmp_path):
    replica.misbehave(ADDRESS, faults.wrong_length(-10))
    found = fetched(client, tmp_path)
    assert hashlib.sha256(found).digest() != hashlib.sha256(CONTENT).digest()
    assert found == CONTENT[:-10]


@pytest.mark.parametrize(("suffix", "start"), [(".pdf", b"%PDF-1.7\n" + b"x" * 5000), (".xlsx", b"PK\x03\x04" + b"x" * 500)])
def test_a_pdf_or_workbook_without_its_end_is_refused(suffix, start, client, replica, tmp_path):
    replica.offer(ADDRESS, start)
    with pytest.raises(FetchError, match=r"the end of the PDF is missing|its directory cannot be read"):
        fetched(client, tmp_path, suffix=suffix)


def test_a_bomb_does_not_fill_the_memory(client, replica, tmp_path):
    replica.misbehave(ADDRESS, faults.bomb(64_000_000))
    tracemalloc.start()
    with pytest.raises(FetchError, match="limit"):
        fetched(client, tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16_000_000


def test_the_rest_is_asked_for_and_only_the_rest(client, replica, tmp_path):
    replica.misbehave(ADDRESS, faults.cut(20_000))
    assert fetched(client, tmp_path) == CONTENT
    first, second = replica.asked(ADDRESS)
    assert "Range" not in first.headers
    assert second.headers["Range"] == "bytes=20000-"
    assert second.headers["If-Range"] == File(CONTENT).etag


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, len(CONTENT)), max_size=5))
def test_cut_anywhere_any_number_of_times_it_comes_whole(server, tmp_path_factory, places):
    server.pages.clear()
    server.faults.clear()
    server.offer(ADDRESS, CONTENT)
    server.misbehave(ADDRESS, *(faults.cut(place) for place in places))
    client = Client(Sources(server.address), replace(QUICK, attempts=7, first_wait=0.001, max_wait=0.001))
    assert fetched(client, tmp_path_factory.mktemp("cut")) == CONTENT


def test_a_file_that_changed_in_between_is_fetched_whole(client, replica, tmp_path):
    def changes(handler, reply):
        faults.cut(20_000)(handler, reply)
        replica.offer(ADDRESS, OTHER)

    replica.misbehave(ADDRESS, changes)
    assert fetched(client, tmp_path) == OTHER


@pytest.mark.parametrize("file", [File(CONTENT, weak=True), File(CONTENT, validators=False)], ids=["weak", "none"])
def test_nothing_is_added_to_bytes_without_a_strong_validator(file, client, replica, tmp_path):
    replica.offer(ADDRESS, file)
    replica.misbehave(ADDRESS, faults.cut(20_000))
    assert fetched(client, tmp_path) == CONTENT
    assert all("Range" not in request.headers for request in replica.requests)


def test_an_unfinished_download_goes_on_in_the_next_run(client, replica, tmp_path):
    replica.misbehave(ADDRESS, *[faults.cut(9_000)] * QUICK.attempts)
    with pytest.raises(FetchError):
        fetched(client, tmp_path)
    done = (tmp_path / ".table.csv.part").stat().st_size
    assert 0 < done <= 9_000 * QUICK.attempts
    assert fetched(Client(Sources(replica.address), QUICK), tmp_path) == CONTENT
    assert replica.requests[-1].headers["Range"] == f"bytes={done}-"


def test_a_conditional_request_brings_nothing_new(client, replica, tmp_path):
    answer = client.download(ADDRESS, tmp_path / "table.csv")
    (tmp_path / "table.csv").unlink()
    again = client.download(ADDRESS, tmp_path / "table.csv", known=answer.validators)
    assert (answer.changed, again.changed) == (True, False)
    assert list(tmp_path.iterdir()) == []
    replica.offer(ADDRESS, OTHER, changed=1_800_000_000.0)
    assert client.download(ADDRESS, tmp_path / "table.csv", known=answer.validators).changed


def test_the_pause_that_a_server_asks_for_is_kept(client, replica, tmp_path):
    replica.misbehave(ADDRESS, faults.status(429, "1"))
    started = datetime.now(UTC)
    fetched(client, tmp_path)
    assert datetime.now(UTC) - started >= timedelta(seconds=1)


def test_a_page_of_an_interface_is_read_with_its_query_and_headers(replica):
    replica.offer("https://api.example.org/data", lambda request: Reply(200, {}, request.headers["X-Key"].encode()))
    client = Client(Sources(replica.address), QUICK, {"X-Key": "sesame"})
    assert client.read("https://api.example.org/data?year=2024") == b"sesame"
    assert replica.requests[-1].address == "https://api.example.org/data?year=2024"


def test_a_redirect_into_the_replica_itself_is_followed(client, replica, tmp_path):
    replica.offer("https://pubs.example.gov/mcs/new.csv", CONTENT)
    replica.misbehave(ADDRESS, faults.redirect(f"{replica.address}/pubs.example.gov/mcs/new.csv"))
    assert fetched(client, tmp_path) == CONTENT


def test_a_host_that_is_allowed_is_followed_to_but_gets_no_key(replica, tmp_path):
    replica.offer("https://files.example.org/t.csv", CONTENT)
    replica.misbehave(ADDRESS, faults.redirect("https://files.example.org/t.csv"))
    client = Client(Sources(replica.address), QUICK, {"X-Key": "sesame"})
    assert fetched(client, tmp_path, hosts=frozenset({"files.example.org"})) == CONTENT
    first, second = replica.requests
    assert first.headers["X-Key"] == "sesame"
    assert "X-Key" not in second.headers


def test_no_secret_is_in_an_error(replica, tmp_path):
    client = Client(Sources(replica.address), QUICK, {"X-Key": "sesame"})
    with pytest.raises(FetchError) as caught:
        fetched(client, tmp_path, "https://user:sesame@api.example.org/x?subscription-key=sesame&year=2024")
    assert "sesame" not in str(caught.value)
    assert "year=2024" in str(caught.value)


def test_only_https_is_asked_but_for_a_replica_on_this_machine(monkeypatch, tmp_path):
    with pytest.raises(FetchError, match="only https"):
        Client(limits=QUICK).download("http://pubs.example.gov/table.csv", tmp_path / "table.csv")
    for bad in ("http://192.0.2.1:80", "ftp://127.0.0.1", "http://127.0.0.1.example.org", "file:///tmp"):
        monkeypatch.setenv("RARE_EARTHS_SOURCES", bad)
        with pytest.raises(FetchError, match="set RARE_EARTHS_SOURCES to an https address"):
            Sources.from_environment()
    for good in ("http://127.0.0.1:8000", "http://[::1]:8000", "http://localhost:1", "https://mirror.example.org/x"):
        monkeypatch.setenv("RARE_EARTHS_SOURCES", good + "/")
        assert Sources.from_environment().base == good


def test_a_replica_is_not_asked_through_a_proxy(client, tmp_path, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    assert fetched(client, tmp_path) == CONTENT


def test_an_address_with_nobody_behind_it_is_unreachable(tmp_path):
    with Replica() as replica:
        address = replica.address
    with pytest.raises(FetchError) as caught:
        fetched(Client(Sources(address), QUICK), tmp_path)
    assert caught.value.outcome is Outcome.UNREACHABLE
    assert "refused" in str(caught.value)


def test_the_replica_is_bounded(tmp_path):
    with Replica({ADDRESS: File(CONTENT)}, max_requests=2) as replica:
        client = Client(Sources(replica.address), replace(QUICK, attempts=1))
        fetched(client, tmp_path)
        fetched(client, tmp_path)
        with pytest.raises(FetchError, match="status 503"):
            fetched(client, tmp_path)
    with Replica(max_seconds=0.2) as replica:
        assert replica.stopped.wait(10)


@given(st.integers(0, 10**9))
def test_seconds_to_wait_are_read(seconds):
    assert retry_after({"Retry-After": str(seconds)}) == seconds


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))
def test_a_moment_to_wait_for_is_read(moment):
    now = datetime(2026, 1, 1, tzinfo=UTC)
    moment = moment.replace(tzinfo=UTC, microsecond=0)
    expected = max(0.0, (moment - now).total_seconds())
    assert retry_after({"Retry-After": format_datetime(moment, usegmt=True)}, now) == expected


@given(st.text(max_size=40))
@settings(max_examples=200)
def test_no_header_breaks_the_readers(text):
    assert retry_after({"Retry-After": text}) is None or retry_after({"Retry-After": text}) >= 0
    first, total = content_range(text)
    assert (first is None or first >= 0) and (total is None or total >= 0)


@given(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.from_regex(r"[A-Z0-9]{8,12}", fullmatch=True))
def test_no_secret_is_shown(name, secret):
    address = f"https://{secret}:{secret}@host.example/path?{name}-key={secret}&period=2024#{secret}"
    assert secret not in shown(address)
    assert "period=2024" in shown(address)
