"""What needs the raw files: sources against their transcriptions, and headlines against tariff lines."""

import csv
import os
from collections import defaultdict
from pathlib import Path

import pytest

import rare_earths
from scripts.ingest import baci, customs_monthly, usgs_mcs_2026_trade, usgs_myb_2022_trade_check, usitc_dataweb_check
from scripts.ingest.raw import DEFAULT_FOLDER, Raw

RAW = Path(os.environ.get("RARE_EARTHS_RAW") or DEFAULT_FOLDER)
CHECKS = RAW / "checks"
ORE = CHECKS / "uncomtrade_tariffline_china_imports_25309020_2023_2025.csv"
COMPOUNDS = CHECKS / "uncomtrade_china_imports_hs2846_1993_2024.csv"
pytestmark = [pytest.mark.raw, pytest.mark.skipif(not RAW.is_dir(), reason=f"no raw files at {RAW}")]
needs_checks = pytest.mark.skipif(not (ORE.is_file() and COMPOUNDS.is_file()), reason=f"no extracts to check with at {CHECKS}")


@pytest.fixture(scope="module")
def raw():
    return Raw(RAW)


@pytest.mark.parametrize(
    ("module", "figures"),
    [(usitc_dataweb_check, 3 * 7251), (usgs_myb_2022_trade_check, 3 * 348), (usgs_mcs_2026_trade, 70), (baci, 3020)],
)
def test_raw_files_agree_with_their_transcriptions(module, figures, raw):
    found = module.comparison(raw)
    assert found.differences == []
    assert found.compared == figures


def test_what_is_held_back_is_there_to_hold_back(raw):
    rows = customs_monthly.rows(raw)["trade_flows"]
    held = {source["source_id"] for source in customs_monthly.sources(raw) if not source["redistributable"]}
    assert sum(row["source_id"] in held for row in rows) > 2000


def _tonnes(path, year, weight, wanted):
    total = 0.0
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row[year[0]] == year[1] and all(row[name] == value for name, value in wanted.items()):
                total += float(row[weight]) / 1000
    return total


@needs_checks
@pytest.mark.parametrize("year", ["2023", "2024"])
def test_headline_of_imports_adds_ore(year):
    """Headline = 25309020 + 2846 + 280530; the metals, of which little is imported, are what remains."""
    headline = rare_earths.load("trade_flows", product="gacc-rare-earths-import", period=year)["net_weight_kg"].item() / 1000
    ore = _tonnes(ORE, ("year", year), "net_weight_kg", {"flow_code": "M"})
    compounds = _tonnes(COMPOUNDS, ("period", year), "netWgt", {"partnerISO": "W00"})
    metals = headline - ore - compounds
    assert 0 <= metals < 0.003 * headline


@needs_checks
def test_ore_from_the_united_states_agrees_with_the_tariff_lines():
    by_year = defaultdict(float)
    with open(ORE, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["partner_m49"] == "840":
                by_year[row["year"]] += float(row["net_weight_kg"])
    mirror = rare_earths.load("trade_mirror", period=["2023", "2024"]).set_index("period")["importer_net_weight_kg"]
    for year, weight in mirror.items():
        assert weight == pytest.approx(by_year[year], rel=0.002)
