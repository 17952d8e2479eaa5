"""The chapter PDFs of USGS: every printed cell, footnotes apart from digits, and no guessing."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.ingest import usgs_mcs_2026_salient, usgs_pdf_check
from scripts.ingest.usgs_pdf import SALIENT, read_chapter
from scripts.ingest.usgs_pdf_cells import markers_of, value_of
from scripts.ingest.usgs_pdf_lines import UnreadablePdf
from tests.usgs_chapter import BODY, MARKER, Cell, Chapter, Row, write

GOLDEN = Path(__file__).parent / "golden" / "usgs_pdf"
CHAPTERS = ["mcs2025-rare-earths", "mcs2026-rare-earths", "mcs2026-rare-earths-heavy"]
TEXTS = {"mcs2025-rare-earths": "mcs2025-rare-earths", "mcs2026-rare-earths": "mcs2026-rare-earths.v1.3"}


def as_golden(chapter) -> str:
    """Rows as printed: each figure with the markers that reach it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    rows: dict[tuple, list[str]] = {}
    for cell in chapter.cells:
        reach = " ".join(marker for marker, _ in cell.notes)
        rows.setdefault((cell.table, cell.row), []).append(f"{cell.column} = {cell.text}" + (f" [{reach}]" if reach else ""))
    writer.writerows([*place, *cells] for place, cells in rows.items())
    return out.getvalue()


@pytest.mark.raw
@pytest.mark.parametrize(("name", "cells"), list(zip(CHAPTERS, [149, 159, 40], strict=True)))
def test_a_chapter_gives_its_golden_tables(name, cells, raw):
    chapter = read_chapter(raw.path(f"usgs/{name}.pdf"))
    assert len(chapter.cells) == cells
    assert as_golden(chapter) == (GOLDEN / f"{name}.csv").read_text(encoding="utf-8")


@pytest.mark.raw
def test_figures_that_everybody_quotes(raw):
    cells = {(c.row, c.column): c for c in read_chapter(raw.path("usgs/mcs2025-rare-earths.pdf")).cells}
    assert cells["Vietnam", "Reserves"].value.value == 3_500_000
    australia = cells["Australia", "Mine production 2023"]
    assert (australia.text, australia.markers, australia.value.value) == ("16,000", ("12",), 16_000)
    china = cells["China", "Mine production 2024"]
    assert (china.text, china.markers, china.notes[-1]) == (
        "270,000",
        ("14",),
        ("14", "Production quota; does not include undocumented production."),
    )


@pytest.mark.raw
def test_every_cell_agrees_with_data_releases_and_transcriptions(raw):
    compared = usgs_pdf_check.comparison(raw)
    assert compared.compared == 2 * 54 + 145 + 240
    reasons = {}
    for place, *_, why in compared.differences:
        reasons.setdefault(why.split(" ")[3], []).append(place)
    assert {reason: len(places) for reason, places in reasons.items()} == {"leaves": 8, "is": 2, "loses": 1}
    assert reasons["is"] == ["data release 2026 reserves BRA 2025", "data release 2026 reserves WLD 2025"]


@pytest.mark.raw
def test_markers_are_those_of_the_transcription(raw):
    transcribed = {}
    for _, row in raw.transcription("usgs_mcs_world.csv"):
        if row["found_at"].endswith(".text.md"):
            column = "Reserves" if row["table"] == "reserves" else f"Mine production {row['year']}"
            place = (int(row["edition"]), row["country_as_printed"], column)
            transcribed[place] = re.findall(r"(?:^|\| )(\w+): ", row["footnotes"])
    read = {}
    for name in CHAPTERS[:2]:
        chapter = read_chapter(raw.path(f"usgs/{name}.pdf"))
        for cell in chapter.cells:
            if cell.table.startswith("World"):
                read[chapter.edition, cell.row, cell.column] = [marker for marker, _ in cell.notes]
    assert len(read) == 108
    assert read == transcribed


@pytest.mark.raw
def test_marked_headings_mean_what_the_data_release_writes_beside_each_cell(raw):
    """The edition of 2026 has both: the chapter marks headings, its data release notes every figure by itself."""
    released = {
        (row["series"].rstrip(":,"), str(row["year"])): row["status"]
        for row in usgs_mcs_2026_salient.rows(raw)["us_salient_statistics"]
        if row["locator"].startswith("section=RARE EARTHS;") and row["value"]
    }
    read = {
        (cell.row.rstrip(":,"), cell.column): "estimated" if "e" in dict(cell.notes) else ""
        for cell in read_chapter(raw.path("usgs/mcs2026-rare-earths.pdf")).cells
        if cell.table == SALIENT and cell.value.value
    }
    assert len(read) == 100
    assert read == released


@pytest.mark.raw
@pytest.mark.parametrize("name", TEXTS)
def test_cells_and_markers_are_those_of_the_text_layer(name, raw):
    """The text rendering writes markers as [^n]; without them each row of the world reads as ours."""
    path = raw.folder / "usgs" / f"{TEXTS[name]}.text.md"
    if not path.exists():
        pytest.skip(f"needs {path.name}")
    text = path.read_text(encoding="utf-8")
    rows: dict[str, str] = {}
    for cell in read_chapter(raw.path(f"usgs/{name}.pdf")).cells:
        if cell.table.startswith("World"):
            own = "".join(f" [^{marker}]" for marker in cell.markers)
            rows[cell.row] = rows.get(cell.row, cell.row) + own + " " + cell.text
    assert len(rows) == 18
    assert [row for row in rows.values() if row not in text.splitlines()] == []


def read(chapter: Chapter, tmp_path: Path, **how: bool):
    return read_chapter(write(chapter, tmp_path / "chapter.pdf", **how))


def test_a_written_chapter_is_read_as_it_was_written(tmp_path):
    chapter = read(Chapter(), tmp_path)
    assert (chapter.title, chapter.edition) == ("RARE EARTHS", 2025)
    assert [(c.row, c.column, c.text, c.markers) for c in chapter.cells][5:8] == [
        ("Australia", "Mine production 2023", "16,000", ("12",)),
        ("Australia", "Mine production 2024", "13,000", ("12",)),
        ("Australia", "Reserves", "5,700,000", ("13",)),
    ]
    assert [marker for marker, _ in chapter.cells[4].notes] == ["e", "2"]


GOOD = Chapter()
AUSTRALIA, TOTAL = GOOD.world
CONCENTRATES = GOOD.salient[1]


def with_world(*rows):
    return GOOD.but(world=rows)


def with_cell(number, cell):
    cells = list(AUSTRALIA.cells)
    cells[number] = cell
    return with_world(replace(AUSTRALIA, cells=tuple(cells)), TOTAL)


FAULTS = {
    "a marker set as digits": (
        with_cell(0, Cell("1216,000", "12")),
        "page 2, World Mine Production and Reserves, row 'Australia', column 'Mine production 2023': '1216,000' is no figure",
    ),
    "a marker set as digits before hundreds": (with_cell(0, Cell("12310", "12")), "'12310' is no figure"),
    "a marker that is not raised": (
        with_cell(0, Cell("16,000", "12", marker_rise=0.0)),
        "page 2, 2.. pt from the left, 527 pt from below: small character '1' is not raised over a line",
    ),
    "a marker raised half": (with_cell(0, Cell("16,000", "12", marker_rise=1.7)), "is not raised over a line"),
    "markers and digits changed about": (
        with_cell(0, Cell("12", "16,000", size=MARKER, marker_size=BODY, marker_rise=0.0)),
        "is not raised over a line|where the layout has no column",
    ),
    "a marker without a footnote": (
        with_cell(0, Cell("16,000", "9")),
        "row 'Australia', column 'Mine production 2023': marker '9', but no such footnote",
    ),
    "a footnote without a marker": (
        with_world(TOTAL),
        r"footnotes without a marker \['12', '13'\]",
    ),
    "a marker that is none": (with_cell(0, Cell("16,000", "12x")), "'12x' is no footnote marker"),
    "a marker apart from its figure": (with_cell(0, Cell("16,000", " 12   ")), "stands before no figure|no column"),
    "a figure that slipped out of its column": (
        with_cell(1, Cell("13,000", "12", shift=20)),
        "row 'Australia': '13,000' ends 417.1 pt from the left, where the layout has no column",
    ),
    "all columns shifted": (
        with_world(*(replace(row, cells=tuple(replace(c, shift=-5) for c in row.cells)) for row in GOOD.world)),
        "where the layout has no column",
    ),
    "a missing figure": (with_cell(2, Cell("", "")), "no figure in the column 'Reserves'"),
    "two figures in one column": (
        with_cell(1, Cell("13,000", "12", shift=-68.8)),
        r"is no footnote marker|is no figure|the second figure in one column",
    ),
    "a figure in another size": (with_cell(1, Cell("13,000", "12", size=9.0)), "text in a size that the layout does not know"),
    "a whole row in another size": (
        with_world(replace(AUSTRALIA, cells=tuple(replace(c, size=8.0) for c in AUSTRALIA.cells)), TOTAL),
        "text in a size that the layout does not know",
    ),
    "a word in place of a figure": (with_cell(0, Cell("n.a.", "12")), "'n.a.' is no figure"),
    "a code that nobody explains": (
        GOOD.but(
            world=(replace(AUSTRALIA, cells=(Cell("NA", "12"), *AUSTRALIA.cells[1:])), TOTAL),
            notes=GOOD.notes | {"e": "Estimated."},
        ),
        "'NA' is printed, but no footnote explains it",
    ),
    "a label at no indent": (
        with_world(replace(AUSTRALIA, label="       Australia"), TOTAL),
        "a label begins .* where the layout has none",
    ),
    "a label without figures": (with_world(AUSTRALIA, Row("Brazil"), TOTAL), "row 'Brazil': no figure in the column"),
    "a heading that is none": (
        GOOD.but(salient=(Row("Production"), *GOOD.salient)),
        "row 'Production': a label without figures that is no heading",
    ),
    "an indent under no heading": (GOOD.but(salient=(CONCENTRATES, *GOOD.salient)), "indented, but under no heading"),
    "a label that runs into the figures": (
        with_world(replace(AUSTRALIA, label="Australia" * 8), TOTAL),
        "text runs from the labels into the figures|figures without a label",
    ),
    "no table of the world": (GOOD.but(world=None), "expected one table 'World Mine Production and Reserves:', found 0"),
    "no salient statistics": (GOOD.but(salient=None), "expected one table 'Salient Statistics—United States:', found 0"),
    "other years": (
        GOOD.but(years=("2020", "2021", "2022", "2024", "2023")),
        "expected the years .*'2023', '2024'.*, found .*'2024', '2023'",
    ),
    "another header": (GOOD.but(world_header=("Mine capacity", "Reserves")), "header: no line 'Mine production Reserves'"),
    "another edition": (
        GOOD.but(edition=2019),
        "no layout is described for 'RARE EARTHS' of the edition 2019 .there are: RARE EARTHS 2025–2025; ",
    ),
    "another chapter": (GOOD.but(title="YTTRIUM"), "no layout is described for 'YTTRIUM' of the edition 2025"),
    "the columns of another edition": (GOOD.but(edition=2026, salient=GOOD.salient), None),
}


@pytest.mark.parametrize(("chapter", "message"), FAULTS.values(), ids=FAULTS)
def test_what_does_not_fit_is_refused_with_its_place(chapter, message, tmp_path):
    if message is None:
        assert read(chapter, tmp_path).edition == 2026
        return
    with pytest.raises(UnreadablePdf, match=message) as caught:
        read(chapter, tmp_path)
    assert str(caught.value).startswith("chapter.pdf, ")


def test_a_scanned_an_encrypted_and_a_damaged_pdf_are_refused(tmp_path):
    with pytest.raises(UnreadablePdf, match="a picture without text, as a scan has"):
        read(GOOD, tmp_path, scanned=True)
    with pytest.raises(UnreadablePdf, match="encrypted"):
        read(GOOD, tmp_path, encrypt=True)
    for content in (b"%PDF-1.7\nnothing", b"", b"<html></html>", (tmp_path / "chapter.pdf").read_bytes()[:900]):
        (tmp_path / "broken.pdf").write_bytes(content)
        with pytest.raises(UnreadablePdf, match=r"cannot be read as a PDF|picture without text"):
            read_chapter(tmp_path / "broken.pdf")


def test_a_figure_below_half_a_unit_is_less_than_a_half(tmp_path):
    row = replace(AUSTRALIA, cells=(Cell("", "(12)"), *AUSTRALIA.cells[1:]))
    chapter = read(GOOD.but(world=(row, TOTAL), notes=GOOD.notes | {"12": "Less than ½ unit."}), tmp_path)
    cell = next(c for c in chapter.cells if c.row == "Australia")
    assert (cell.text, cell.value.value, cell.value.kind) == ("Less than ½ unit", 0.5, "less_than")
    with pytest.raises(UnreadablePdf, match="'' is no figure"):
        read(GOOD.but(world=(row, TOTAL)), tmp_path)


def test_a_label_of_two_lines_is_one_label(tmp_path):
    rows = (Row("Net import reliance,", CONCENTRATES.cells), Row("compounds and metals:", depth=1), *GOOD.salient)
    assert read(GOOD.but(salient=rows), tmp_path).cells[0].row == "Net import reliance, compounds and metals:"


NUMBERS = st.integers(0, 99_999_999).map(lambda n: f"{n:,}")
FIGURES = st.one_of(
    NUMBERS,
    NUMBERS.map(lambda n: ">" + n),
    st.tuples(st.integers(0, 999), st.integers(0, 999)).map(lambda pair: f"{pair[0]}–{pair[1]}"),
    st.decimals(0, 9999, places=2).map(lambda d: f"{d:,}"),
    st.sampled_from(["—", "NA", "W", "E", "XX"]),
)
MARKS = st.sampled_from(["", "12", "13", "e", "12, 13"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(FIGURES, MARKS), min_size=3, max_size=3))
def test_markers_and_digits_never_run_together(tmp_path_factory, cells):
    """Whatever figures and markers stand side by side, each comes back as it was."""
    row = Row("Burma", tuple(Cell(text, marker) for text, marker in cells))
    path = tmp_path_factory.mktemp("pdf") / "chapter.pdf"
    chapter = read_chapter(write(GOOD.but(world=(row, AUSTRALIA, TOTAL)), path))
    found = [(c.text, c.markers) for c in chapter.cells if c.row == "Burma"]
    assert found == [(text, markers_of(marker) if marker else ()) for text, marker in cells]


@given(st.integers(0, 10**9), st.sampled_from(["", ">", "<"]))
def test_a_figure_is_its_number(number, bound):
    value = value_of(f"{bound}{number:,}")
    assert value.value == number
    assert value.kind == {"": "exact" if number else "nil", ">": "greater_than", "<": "less_than"}[bound]


@given(st.integers(1000, 10**9))
def test_digits_without_separators_are_refused(number):
    with pytest.raises(ValueError, match="is no figure"):
        value_of(str(number))


@given(st.text(max_size=12))
@settings(max_examples=300)
def test_any_text_is_a_figure_or_refused(text):
    try:
        value = value_of(text)
    except ValueError:
        return
    assert value.kind
    assert re.fullmatch(r"[<>]?[\d,.]+(–[\d,.]+)?|—|NA|W|E|XX|Less than ½ unit", text)
