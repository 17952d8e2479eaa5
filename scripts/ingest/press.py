"""What all figures have in common that a page quotes from customs statistics."""

import hashlib
import re
from urllib.parse import quote, urlsplit

from scripts.ingest.rows import Row

#: Publisher of the statistics as a file names it -> beginning of the key, name, and what the figures are.
PUBLISHERS = {
    "General Administration of Customs of China (GACC)": ("gacc", "General Administration of Customs of China", "China"),
    "Eurostat (ds-045409)": ("eurostat", "Eurostat", "the European Union"),
    "Ministry of Finance, Japan (Trade Statistics)": ("japan-mof", "Ministry of Finance of Japan", "Japan"),
    "JOGMEC": ("jogmec", "Japan Organization for Metals and Energy Security (JOGMEC)", "Japan"),
    "Korea Customs Service": ("korea-customs", "Korea Customs Service", "the Republic of Korea"),
    "Government of India trade data (DGCI&S)": ("india-dgcis", "DGCI&S, Government of India", "India"),
    "US Census via JETRO": ("us-census", "U.S. Census Bureau", "the United States"),
}
#: Publishers whose figures may not be passed on, whoever quotes them.
RESTRICTED = {"UN Comtrade"}
#: Statistics that the file gives shares of only.
SHARES_ONLY = {"KITA"}
#: Language of sites that do not write in English.
LANGUAGES = {
    "etnet.com.hk": "zh",
    "jxwxt.com": "zh",
    "mobile.fx.co": "id",
    "rareresearch.co.jp": "ja",
    "repe.com.cn": "zh",
    "reportify.ai": "zh",
    "sardismarkets24.com": "tr",
    "sk-entame.cocolog-nifty.com": "ja",
    "tw.news.yahoo.com": "zh",
    "udn.com": "zh",
    "wap.imsilkroad.com": "zh",
}
#: Sites of the statistics offices themselves.
OWN_HOSTS = {"ec.europa.eu"}
#: A remark that defines a product: it stands in the table of products.
DEFINITION = "GACC import headline ="
SUMMED_UP = re.compile(r"\b(rounded|around)\b", re.IGNORECASE)
#: What hosts put before the name of a page, and no part of it.
PREFIX = re.compile(r"^(www2?|m)\.")


def host(url: str) -> str:
    """Name of the site that holds a page."""
    return PREFIX.sub("", urlsplit(url).netloc.lower())


def source_id(publisher: str, url: str) -> str:
    """Key of the source for statistics of a publisher as quoted by a page; the end tells pages of one site apart."""
    own = "page" if host(url) in OWN_HOSTS else f"via-{host(url)}"
    return f"{PUBLISHERS[publisher][0]}-{own}-{hashlib.sha256(url.encode()).hexdigest()[:6]}"


def remark_note(remark: str) -> str:
    """A remark of the file as a note; mere changes on the year or month before, and definitions of products, are none."""
    if remark.startswith(("+", "-")) or DEFINITION in remark or remark == "rounded":
        return ""
    return remark.replace("= ", "Equals ", 1) if remark.startswith("= ") else remark


def press_source(publisher: str, url: str, name: str, published: str) -> Row:
    """A row of ``sources`` for a page.

    Parameters
    ----------
    publisher
        Publisher of the statistics, as a file names it.
    url, name, published
        Address of the page, who wrote it, and when, as far as known.
    """
    _, full, area = PUBLISHERS[publisher]
    return {
        "source_id": source_id(publisher, url),
        "kind": "news",
        "publisher": full,
        "title": f"Trade statistics of {area} on rare earths, as quoted by {name}",
        "published_on": published,
        "restated_by": name,
        "url": quote(url, safe=":/?&=%#[]~+,;@!$'()*-._"),
        "language": "zh" if "/zh/" in url else LANGUAGES.get(host(url), "en"),
        "licence": "facts-cite",
        "redistributable": True,
        "attribution": f"{full}, as quoted by {name}.",
        "note": "Single figures were taken from the page; the statistics themselves were not seen.",
    }


def grade(remark: str, place_is_office: bool = False) -> str:
    """Grade of a quoted figure: C, or D where it is rounded; B on a page of the statistics office itself."""
    if place_is_office:
        return "B"
    return "D" if SUMMED_UP.search(remark) else "C"
