"""One module per source: raw file in, tidy rows out.

Each module offers ``sources(raw)`` (its rows of the table ``sources``) and
``rows(raw)`` (its fact rows by table). A module whose raw file has also been
transcribed by hand (or a checking module beside it) offers ``comparison(raw)``: how many figures were compared,
and every one where the two disagree.
"""

from types import ModuleType

from scripts.ingest import (
    baci,
    claims,
    customs_monthly,
    news_digests,
    policy,
    press_china,
    press_others,
    press_pages,
    quotas,
    usgs_ds140,
    usgs_mcs_2024,
    usgs_mcs_2025_data,
    usgs_mcs_2025_salient,
    usgs_mcs_2026_salient,
    usgs_mcs_2026_trade,
    usgs_mcs_2026_v1_0,
    usgs_mcs_chapters,
    usgs_mcs_restated,
    usgs_mcs_salient,
    usgs_myb_1998_2015,
    usgs_myb_2022,
    usgs_myb_2022_trade,
    usgs_myb_2022_trade_check,
    usgs_myb_2022_us,
    usgs_pdf_check,
    usitc_dataweb,
    usitc_dataweb_check,
)

MODULES: tuple[ModuleType, ...] = (
    usgs_mcs_2024,
    usgs_mcs_2025_data,
    usgs_mcs_2026_v1_0,
    usgs_mcs_chapters,
    usgs_pdf_check,
    usgs_mcs_restated,
    usgs_myb_2022,
    usgs_myb_1998_2015,
    usgs_ds140,
    usgs_mcs_2026_salient,
    usgs_mcs_2025_salient,
    usgs_mcs_salient,
    usgs_myb_2022_us,
    baci,
    usitc_dataweb,
    usitc_dataweb_check,
    usgs_myb_2022_trade,
    usgs_myb_2022_trade_check,
    usgs_mcs_2026_trade,
    press_china,
    press_others,
    press_pages,
    customs_monthly,
    news_digests,
    claims,
    policy,
    quotas,
)
