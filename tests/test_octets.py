"""Facts of the bytes of a file are those that reading it whole would give, wherever it is cut."""

import csv
import hashlib
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rare_earths.validate import octets as module
from rare_earths.validate.octets import octets

ODD = st.sampled_from(
    [b"\r", b"\x00", b"\n", b",", b'"', b"a", b"\xef\xbb\xbf", "é".encode(), "稀土".encode(), b"\xe9", b"\xff"]
)


def decoded(content: bytes) -> UnicodeDecodeError | None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error
    return None


def line_of(content: bytes, byte: bytes) -> int | None:
    return content[: content.index(byte)].count(b"\n") + 1 if byte in content else None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(pieces=st.lists(ODD, max_size=30), size=st.integers(1, 7))
def test_any_bytes_cut_anywhere(pieces, size, tmp_path, monkeypatch):
    content = b"".join(pieces)
    monkeypatch.setattr(module, "CHUNK", size)
    path = tmp_path / "file"
    path.write_bytes(content)
    found = octets(path)
    assert (found.size, found.digest, found.lines) == (len(content), hashlib.sha256(content).hexdigest(), content.count(b"\n"))
    assert (found.mark, found.ends) == (content[:size].startswith(b"\xef\xbb\xbf"), content.endswith(b"\n"))
    assert (found.returns.count, found.returns.line) == (content.count(b"\r"), line_of(content, b"\r"))
    assert (found.zeros.count, found.zeros.line) == (content.count(b"\x00"), line_of(content, b"\x00"))
    error = decoded(content)
    assert (found.wrong is None) == (error is None)
    if error:
        assert found.wrong_line == content[: error.start].count(b"\n") + 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    rows=st.lists(st.lists(st.text('a,"\n', max_size=4), min_size=2, max_size=4), min_size=1, max_size=6),
    size=st.integers(1, 9),
)
def test_commas_outside_quotation_marks(rows, size, tmp_path, monkeypatch):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    monkeypatch.setattr(module, "CHUNK", size)
    path = tmp_path / "file"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    assert octets(path).commas == sum(len(row) - 1 for row in rows)


def test_the_hash_is_left_out_where_nobody_asks(tmp_path):
    (tmp_path / "file").write_bytes(b"a\n")
    assert octets(tmp_path / "file", hashed=False).digest == ""


@pytest.mark.parametrize("rows", [300])
def test_the_table_of_the_benchmarks_is_sound(rows, tmp_path, engine):
    """What is measured is that sound rows pass, in both kinds of file."""
    from benchmarks._trade_table import make
    from rare_earths.validate import validate

    for path in make(rows, tmp_path).values():
        report = validate(path, table="trade_flows", engine=engine)
        assert report.valid and report.checked == {"trade_flows": rows} and report.counts() == {}
