"""Raw files in, committed data out; a changed raw file stops the run at its place."""

import csv
import shutil

import openpyxl
import pytest

from scripts import reports
from scripts.ingest import (
    MODULES,
    usgs_ds140,
    usgs_mcs_2024,
    usgs_mcs_2025_data,
    usgs_mcs_2025_salient,
    usgs_mcs_2026_v1_0,
    usgs_mcs_restated,
    usgs_myb_1998_2015,
    usgs_myb_2022,
)
from scripts.ingest.areas import area_code
from scripts.ingest.raw import Raw, RawFileMissing
from scripts.tables import DATA

pytestmark = pytest.mark.raw


def test_every_machine_readable_figure_was_compared(raw):
    compared = [module.comparison(raw) for module in MODULES if hasattr(module, "comparison")]
    assert reports.transcriptions(compared) == reports.TRANSCRIPTIONS.read_text(encoding="utf-8")
    assert {c.name: (c.compared, len(c.differences)) for c in compared} == {
        "usgs-mcs-2024": (48, 0),
        "usgs-mcs-2025-data": (54, 8),
        "usgs-mcs-2026-v1.0": (54, 0),
        "usgs-mcs-2025, usgs-mcs-2026-v1.3": (108, 0),
        "usgs chapter PDFs, against data releases and transcriptions": (493, 11),
        "usgs-myb-2022": (130, 0),
        "usgs-myb-1998-2015-via-sparks": (123, 0),
        "usgs-ds140-2020": (847, 0),
        "cepii-baci, complete files against main flows": (3020, 0),
        "usitc-dataweb-2026-07, both workbooks": (21753, 0),
        "usgs-myb-2022, tables T4, T5, T6, T7": (1044, 0),
        "usgs-mcs-2026-v1.0, imports and exports": (70, 0),
        "usgs-mcs-2026-v1.0, salient statistics and prices": (245, 2),
        "usgs-mcs-2025, salient statistics (markers and units)": (190, 48),
        "usgs-myb-2022, sheets T1 and T3": (97, 0),
        "policy actions and sources (rows, by key)": (839, 11),
    }
    assert all(why for c in compared for *_, why in c.differences)


def test_a_difference_is_reported(raw):
    class Slipped(Raw):
        def transcription(self, name):
            for line, row in super().transcription(name):
                yield line, row | ({"value_as_printed": "1"} if row["year"] == "1900" else {})

    comparison = usgs_ds140.comparison(Slipped(raw.folder))
    assert len(comparison.differences) == 7
    assert comparison.differences[0] == ("1900 Apparent consumption E6", "227", "1", "")


def test_markers_that_the_transcription_leaves_out_are_explained_and_others_are_not(raw):
    class Slipped(Raw):
        def transcription(self, name):
            for line, row in super().transcription(name):
                yield line, row | ({"footnotes": "9: Includes Hong Kong."} if row["series"].startswith("Employment") else {})

    compared = usgs_mcs_2025_salient.comparison(raw)
    headings = {place.split(" ", 1)[1].split(":")[0]: why for place, *_, why in compared.differences}
    assert set(headings) == set(usgs_mcs_2025_salient.HEADINGS) and all(headings.values())
    unexplained = [found for found in usgs_mcs_2025_salient.comparison(Slipped(raw.folder)).differences if not found[-1]]
    assert len(unexplained) == 5
    assert unexplained[-1] == ("markers Employment, mine and mill, annual average, number 2024", "e", "9", "")


def test_revisions_agree_with_the_list_of_changes(raw):
    """All 63 changes of the list, and no others."""

    def number(text):
        return text.replace(",", "")

    listed = {
        (
            row["table"] == "reserves",
            area_code(row["country"], ""),
            row["data_year"],
            row["edition_from"],
            number(row["value_from"]),
            row["edition_to"],
            number(row["value_to"]),
            float(row["change_percent"]) if row["change_percent"] else None,
        )
        for _, row in raw.transcription("usgs_mcs_vintage_changes.csv")
    }
    with open(DATA / "sources.csv", encoding="utf-8", newline="") as file:
        edition = {row["source_id"]: row["edition"] for row in csv.DictReader(file)}
    with open(DATA / "revisions.csv", encoding="utf-8", newline="") as file:
        ours = {
            (
                row["table"] == "reserves_reported",
                row["area"],
                row["year"] if row["table"] == "production_reported" else "",
                edition[row["from_source_id"]],
                number(row["from_as_printed"]),
                edition[row["to_source_id"]],
                number(row["to_as_printed"]),
                float(row["change_percent"]) if row["change_percent"] else None,
            )
            for row in csv.DictReader(file)
        }
    assert len(listed) == 63
    assert ours == listed


class Broken(Raw):
    """Raw files of which one was changed, past the check of its hash."""

    def __init__(self, raw: Raw, name: str, path):
        super().__init__(raw.folder)
        self.name, self.changed = name, path

    def path(self, name):
        return self.changed if name == self.name else super().path(name)


TEXT_FAULTS = [
    (usgs_mcs_2024, "Prod_notes", "Prod_remarks", "columns have changed"),
    (usgs_mcs_2024, "MCS2024,Brazil", "MCS2024,Brasil", "unknown area 'Brasil'"),
    (usgs_mcs_2024, "Production quota;", "Production ceiling;", "line 7: unknown footnote"),
    (usgs_mcs_2024, "MCS2024,Canada,", "MCS2025,Canada,", "line 6: expected MCS2024"),
    (usgs_mcs_2025_data, "PROD_2023", "PROD_REP_2023", "columns have changed"),
    (usgs_mcs_2025_data, "Rare earths,Nigeria", "Rare earths,Niger State", "line 890: unknown area"),
    (
        usgs_mcs_2025_data,
        'equivalent",metric tons,41600',
        'equivalent",short tons,41600',
        "line 880, column UNIT_MEAS: expected 'metric tons'",
    ),
    (usgs_mcs_2026_v1_0, "Statistics_detail", "Detail", "columns have changed"),
    (
        usgs_mcs_2026_v1_0,
        "Rare Earths,Burma,Production,Mine production,",
        "Rare Earths,Burma,Production,Mine output,",
        "unknown statistic",
    ),
    (
        usgs_myb_1998_2015,
        "Rare Earths,6.729010953147579,,Commonwealth",
        "Rare Earth,6.729010953147579,,Commonwealth",
        "line 3, column Element",
    ),
]


@pytest.mark.parametrize(("module", "old", "new", "message"), TEXT_FAULTS, ids=lambda v: getattr(v, "__name__", None))
def test_a_changed_text_file_stops_the_run(raw, tmp_path, module, old, new, message):
    content = raw.path(module.FILE).read_bytes()
    assert old.encode() in content
    path = tmp_path / "changed.csv"
    path.write_bytes(content.replace(old.encode(), new.encode(), 1))
    with pytest.raises(ValueError, match=message):
        module.rows(Broken(raw, module.FILE, path))


@pytest.mark.parametrize(
    ("module", "cell", "value", "message"),
    [
        (usgs_myb_2022, "L11", "9", "T8!K11: unknown footnote marker"),
        (usgs_myb_2022, "C6", 2017, "T8!C6: expected 2018"),
        (usgs_myb_2022, "A10", "Urundi", "T8!C10: unknown area 'Urundi'"),
        (usgs_myb_2022, "C10", "6 20", "is no figure"),
        (usgs_ds140, "H5", "World output", "Rare earths!A5: expected"),
        (usgs_ds140, "H6", "1,04o", "is no figure"),
    ],
)
def test_a_changed_workbook_stops_the_run(raw, tmp_path, module, cell, value, message):
    book = openpyxl.load_workbook(raw.path(module.FILE), rich_text=True)
    book[module.SHEET][cell] = value
    path = tmp_path / "changed.xlsx"
    book.save(path)
    with pytest.raises(ValueError, match=message):
        module.rows(Broken(raw, module.FILE, path))


def test_an_unknown_note_of_a_transcription_stops_the_run(raw):
    class Noted(Raw):
        def transcription(self, name):
            for line, row in super().transcription(name):
                yield line, row | ({"note": "page says something new"} if row["grade"] == "C" else {})

    with pytest.raises(ValueError, match=r"usgs_mcs_world\.csv, line 2, column note: unknown note"):
        usgs_mcs_restated.rows(Noted(raw.folder))


def test_another_file_under_the_same_name_is_refused(raw, tmp_path):
    name = usgs_mcs_2024.FILE
    (tmp_path / "usgs").mkdir()
    shutil.copyfile(raw.path(name), tmp_path / name)
    with open(tmp_path / name, "ab") as file:
        file.write(b"\n")
    with pytest.raises(ValueError, match="expected sha256"):
        Raw(tmp_path).path(name)


def test_a_missing_file_says_where_to_get_it(tmp_path):
    with pytest.raises(RawFileMissing, match=r"saved again by a spreadsheet.*run `make fetch`, then set RARE_EARTHS_RAW"):
        Raw(tmp_path).path(usgs_mcs_2024.FILE)
