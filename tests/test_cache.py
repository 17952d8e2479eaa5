"""Older releases through the cache: whatever happens, never a wrong table; a clear error, or another try."""

import contextlib
import hashlib
import io
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from rare_earths import cache, releases
from rare_earths.download import DownloadError, refuse_open_address
from rare_earths.releases import Released
from scripts.project import project
from tests.release_host import serve
from tests.small_package import make, release

SCHEMA = {
    "fields": [{"name": "area", "type": "string"}, {"name": "tonnes", "type": "number"}, {"name": "text", "type": "string"}],
    "primaryKey": ["area"],
}
#: Text that does not shrink, so that the file is larger than a chunk of a download.
ROWS = [
    {"area": f"{n:05}", "tonnes": n, "text": "".join(hashlib.sha256(f"{n}.{m}".encode()).hexdigest() for m in range(4))}
    for n in range(2000)
]


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """A release host, and the entry of its one release."""
    folder = tmp_path_factory.mktemp("host")
    package = make(folder / "1.0.0" / "parquet", "1.0.0", {"t": (SCHEMA, ROWS)}, "parquet")
    with serve(folder) as host:
        yield host, release(package)


@pytest.fixture
def host(published, tmp_path, monkeypatch):
    monkeypatch.setenv("RARE_EARTHS_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("RARE_EARTHS_RELEASES", raising=False)
    monkeypatch.setattr("time.sleep", lambda _: None)
    published[0].requests.clear()
    return published[0]


@pytest.fixture
def entry(published):
    return published[1]


def rows(entry, host, how="ok"):
    return Released(entry, f"{host.url}/{how}" if host else "").read("t").to_pylist()


def cached(tmp_path):
    """Names of the files in the cache."""
    return sorted(path.name for path in (tmp_path / "cache").rglob("*") if path.is_file())


def test_a_table_is_downloaded_once_and_only_when_it_is_read(host, entry, tmp_path):
    package = Released(entry, f"{host.url}/ok/")
    assert package.version == "1.0.0" and package.tables == ["t"] and cached(tmp_path) == ["datapackage.json"]
    assert package.read("t").to_pylist() == ROWS
    assert rows(entry, host) == rows(entry, None) == ROWS
    assert sum(host.requests.values()) == 2 and cached(tmp_path) == ["datapackage.json", "t.parquet"]
    names = {path.parent.name for path in (tmp_path / "cache").rglob("*.*")}
    assert names == {hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / "cache").rglob("*.*")}


@pytest.mark.parametrize("damage", ["truncated", "emptied", "changed", "replaced"])
@pytest.mark.parametrize("name", ["t.parquet", "datapackage.json"])
def test_a_damaged_file_of_the_cache_is_never_read(host, entry, tmp_path, damage, name):
    rows(entry, host)
    (path,) = (tmp_path / "cache").rglob(name)
    content = path.read_bytes()
    other = {
        "truncated": content[: len(content) // 2],
        "emptied": b"",
        "changed": content[:100] + bytes([content[100] ^ 1]) + content[101:],
        "replaced": b"<html>",
    }
    path.write_bytes(other[damage])
    with pytest.raises(DownloadError, match="is not in the cache"):
        rows(entry, None)
    assert rows(entry, host) == ROWS and host.requests[f"/ok/1.0.0/parquet/{name}"] == 2


@pytest.mark.parametrize("how", ["wrong", "short"])
def test_another_file_than_was_released_is_refused_after_other_tries(host, entry, tmp_path, how):
    with pytest.raises(DownloadError) as caught:
        rows(entry, host, how)
    name = "t.parquet" if how == "wrong" else "datapackage.json"
    package = host.folder / "1.0.0" / "parquet"
    content = (package / name).read_bytes()
    sent = content[:-1] + bytes([content[-1] ^ 1]) if how == "wrong" else content[: len(content) // 2]
    for text in (f"/{how}/1.0.0/parquet/{name}", cache.digest(package / name), hashlib.sha256(sent).hexdigest(), "try again"):
        assert text in str(caught.value)
    assert host.requests[f"/{how}/1.0.0/parquet/{name}"] == 1 + cache.RETRIES
    assert name not in cached(tmp_path)


def test_a_busy_host_and_a_cut_answer_are_tried_again(host, entry):
    assert rows(entry, host, "flaky") == ROWS
    assert set(host.requests.values()) == {3}


def test_tries_wait_longer_each_time(host, entry, monkeypatch):
    waits = []
    monkeypatch.setattr("time.sleep", waits.append)
    with pytest.raises(DownloadError):
        rows(entry, host, "cut")
    assert waits == [1, 2, 3]


def test_a_host_without_the_version_is_not_asked_again(host, entry):
    with pytest.raises(DownloadError, match=r"the host answered 404 .*check the setting RARE_EARTHS_RELEASES"):
        rows(entry, host, "ok/nowhere")
    assert sum(host.requests.values()) == 1


@pytest.mark.parametrize("how", ["page", "pagetable"])
def test_a_page_with_status_200_is_no_table(host, entry, tmp_path, how):
    with pytest.raises(DownloadError, match="answered with a web page in place of the file"):
        rows(entry, host, how)
    assert cached(tmp_path) == ([] if how == "page" else ["datapackage.json"])


def test_a_page_that_calls_itself_a_file_is_no_table(host, entry, tmp_path):
    with pytest.raises(DownloadError, match="is not the file that was released: expected SHA-256"):
        rows(entry, host, "disguised")
    assert cached(tmp_path) == []


def test_a_redirect_to_plain_http_is_refused(host, entry, tmp_path):
    with pytest.raises(
        DownloadError, match=r"http://releases\.invalid/ok/\S+ is refused: an address of a release starts with https"
    ):
        rows(entry, host, "plain")
    assert sum(host.requests.values()) == 1 and cached(tmp_path) == []


def test_other_redirects_are_followed_but_not_for_ever(host, entry):
    assert rows(entry, host, "moved") == ROWS


def test_a_round_of_redirects_ends(host, entry):
    with pytest.raises(DownloadError, match="Exceeded 30 redirects"):
        rows(entry, host, "round")


def test_more_bytes_than_were_released_are_not_taken(host, entry, tmp_path):
    with pytest.raises(DownloadError, match=r"t\.parquet: the host sends more than the [\d,]+ bytes that were released"):
        rows(entry, host, "endless")
    assert cached(tmp_path) == ["datapackage.json"]


@pytest.mark.parametrize(
    "url", ["http://example.org", "ftp://example.org", "file:///tmp", "/tmp", "https://", "http://127.0.0.1.example.org"]
)
def test_an_open_address_is_refused_before_anything_is_sent(host, entry, url):
    with pytest.raises(DownloadError, match="is refused"):
        Released(entry, url)


@pytest.mark.parametrize("url", ["https://example.org/x", "http://127.0.0.1:1/x", "http://localhost/x", "http://[::1]:8/x"])
def test_https_and_this_machine_are_allowed(url):
    refuse_open_address(url)


def test_without_a_network_what_is_cached_works_and_the_rest_says_so(host, entry):
    closed = "http://127.0.0.1:1"
    with pytest.raises(DownloadError, match=r"could not be read: .*refused.*; check the network"):
        Released(entry, closed)
    rows(entry, host)
    assert Released(entry, closed).read("t").num_rows == len(ROWS)


def test_without_a_host_the_error_says_what_to_set(host, entry):
    with pytest.raises(
        DownloadError, match=r"datapackage\.json of version 1\.0\.0 is not in the cache .* RARE_EARTHS_RELEASES"
    ):
        rows(entry, None)


# Folders that cannot be written, and processes that die or run at once.


@contextlib.contextmanager
def powerless():
    """As a user for whom permissions count: they do not for root."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="needs the permissions of a POSIX system")
@pytest.mark.parametrize("there", [False, True])
def test_a_read_only_folder(host, entry, monkeypatch, there):
    # Not in pytest's own folders: these are closed to everybody but their owner.
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setenv("RARE_EARTHS_CACHE", folder)
        if there:
            rows(entry, host)
        for path in [Path(folder), *Path(folder).rglob("*")]:
            path.chmod(0o555)
        try:
            with powerless():
                if there:
                    assert rows(entry, host) == rows(entry, None) == ROWS
                else:
                    mend = "cannot be written to the cache .*name another folder in the setting RARE_EARTHS_CACHE"
                    with pytest.raises(DownloadError, match=mend):
                        rows(entry, host)
        finally:
            for path in [Path(folder), *Path(folder).rglob("*")]:
                path.chmod(0o755)


@contextlib.contextmanager
def full_disk(folder: Path):
    """A file system of 64 KiB, where this machine lets us make one."""
    folder.mkdir()
    made = sys.platform == "linux" and os.geteuid() == 0
    if not made or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("needs the right to make a small file system")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_full_disk(host, entry, tmp_path):
    with full_disk(tmp_path / "cache"):
        with pytest.raises(
            DownloadError, match=r"t\.parquet cannot be written to the cache .*No space left on device.*make room"
        ):
            rows(entry, host)
        assert cached(tmp_path) == ["datapackage.json"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_disk_that_fills_while_a_file_is_written(host, entry, tmp_path, monkeypatch):
    def onto_a_full_disk(path, mode="r", *rest, **options):
        return open("/dev/full" if mode == "wb" else path, mode, *rest, **options)

    monkeypatch.setattr("rare_earths.download.open", onto_a_full_disk, raising=False)
    with pytest.raises(DownloadError, match=r"cannot be written to the cache .*No space left on device"):
        rows(entry, host)
    assert cached(tmp_path) == []


READ = """
import sys
from rare_earths.releases import Release, Released
package = Released(Release("1.0.0", "2026-01-01", "", sys.argv[1]), sys.argv[2])
print(sum(row["tonnes"] for row in package.read("t").to_pylist()))
"""


def process(entry, url):
    return subprocess.Popen(
        [sys.executable, "-c", READ, entry.parquet, url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_what_a_killed_process_left_is_not_taken_for_the_file(host, entry, tmp_path):
    host.stalled.clear()
    killed = process(entry, f"{host.url}/stall")
    assert host.stalled.wait(30)
    halves = []
    while not halves:  # Until the half that was sent has reached the disk.
        halves = [p for p in (tmp_path / "cache").rglob("*") if p.is_file() and p.suffix != ".json" and p.stat().st_size > 1000]
        assert killed.poll() is None
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert halves[0].exists() and "t.parquet" not in cached(tmp_path)
    with pytest.raises(DownloadError, match="is not in the cache"):
        rows(entry, None)
    assert rows(entry, host) == ROWS


def test_eight_processes_at_once(host, entry, tmp_path):
    running = [process(entry, f"{host.url}/ok") for _ in range(8)]
    done = [one.communicate() for one in running]
    assert [out.strip() for out, _ in done] == [str(float(sum(row["tonnes"] for row in ROWS)))] * 8, done
    assert cached(tmp_path) == ["datapackage.json", "t.parquet"]


# What is needed, and when.

BLOCKED = "import sys\nfor name in ('pooch', 'requests'): sys.modules[name] = None\n"


def test_the_bundled_version_needs_neither_pooch_nor_a_setting(host):
    code = BLOCKED + (
        "import rare_earths\nfrom rare_earths.releases import package\n"
        "assert package(rare_earths.__version__).read('reserves').num_rows\n"
        "print([row['place'] for row in rare_earths.versions()])"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RARE_EARTHS")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "['none', 'bundled']"
    code = BLOCKED + "import rare_earths\nrare_earths.load('reserves', version='0.1.0')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert "rare-earths[versions]', and name a release host in the setting RARE_EARTHS_RELEASES" in done.stderr


def test_without_the_extra_a_cached_version_works_and_another_says_what_to_install(host, entry, tmp_path):
    rows(entry, host)
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED + READ, entry.parquet, f"{host.url}/ok"], capture_output=True, text=True, check=True
    )
    assert float(done.stdout) == sum(row["tonnes"] for row in ROWS)
    environment = os.environ | {"RARE_EARTHS_CACHE": str(tmp_path / "other")}
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED + READ, entry.parquet, f"{host.url}/ok"], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 1 and "pip install 'rare-earths[versions]'" in done.stderr


def test_progress_is_shown_on_a_terminal_and_nowhere_else(host, entry, tmp_path, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    rows(entry, host)
    assert "t.parquet" in screen.getvalue() and "100%" in screen.getvalue()
    screen = io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("RARE_EARTHS_CACHE", str(tmp_path / "other"))
    rows(entry, host)
    assert "%" not in screen.getvalue()


def test_versions_say_where_each_would_be_read_from(host, entry, monkeypatch):
    monkeypatch.setattr(releases, "index", lambda: {"1.0.0": entry})

    def place(**options):
        listed = releases.versions(**options).records
        assert listed[-1] == {
            "version": releases.bundled().version,
            "released": project()["released"],
            "place": "bundled",
        }
        return next(row["place"] for row in listed if row["version"] == "1.0.0")

    assert (place(), place(host=host.url)) == ("none", "host")
    package = releases.package("1.0.0", host=f"{host.url}/ok")
    assert place() == "none"
    package.path("t")
    assert (place(), place(host=host.url)) == ("cached", "cached")
    monkeypatch.setenv("RARE_EARTHS_RELEASES", f"{host.url}/ok")
    monkeypatch.setenv("RARE_EARTHS_CACHE", os.devnull)
    assert place() == "host"
    with pytest.raises(releases.UnknownVersion, match=r"no version '9\.9\.9'; this installation knows 1\.0\.0, "):
        releases.package("9.9.9")
