"""Faults in the tables of trade and concentration: each rule is seen to fail."""

from tests.faults.fault import Fault, at

BACI = at(source_id="cepii-baci-hs17-v202601-main-flows", reporter="ABW", partner="SVK", period="2019")
PRESS = at(product="gacc-rare-earths-export", period="2025")
MONTH = at(product="gacc-rare-earths-export", period="2025-03")
CUMULATIVE = at(product="gacc-rare-earths-export", period="2025-01/2025-09")
HTS = at(product="hts-2846100010", partner="CHN", period="2022")
SCHEDULE_B = at(product="sb-2846909000", partner="CHN", period="2022")
CN = at(product="cn-28469040", period="2023")
CHINA = at(product="chn-28469019", period="2025-02")
REO = at(product="usgs-mcs-compounds", period="2024")
EDGE = at(exporter="USA", importer="CHN", period="2020")
EARLIER = at(exporter="USA", importer="CHN", period="2019")
LATER = at(exporter="USA", importer="CHN", period="2023")
NEWEST = at(topic="reserves", year="2025")
DATAWEB = at(source_id="usitc-dataweb-2026-07-exports")
SHUT_SOURCE = "hmrc-2024-2026-via-critical-materials-atlas"


def trade(rule: str, column: str, where, change, *also: str) -> Fault:
    return Fault(rule, "trade_flows", column, where, change, frozenset(also))


def product(rule: str, column: str, product: str, change, *also: str) -> Fault:
    return Fault(rule, "products", column, at(product=product), change, frozenset(also))


def year(annual: str, months: range = range(1, 13)) -> tuple[dict[str, str], ...]:
    """A year of its own before all others: its figure, and months of 100 t."""
    whole = {"freq": "A", "period": "2001", "net_weight_kg": annual}
    return whole, *({"freq": "M", "period": f"2001-{month:02}", "net_weight_kg": "100"} for month in months)


FAULTS = [
    product("code-of-nomenclature", "code", "850511", {"code": "85051"}, "key-of-code"),
    product("code-of-nomenclature", "code", "gacc-rare-earths-export", {"code": "2846"}),
    product("key-of-code", "product", "cn-28469090", {"code": "28469091"}),
    product("parent-exists", "parent", "cn-28469090", {"parent": "284699"}, "code-within-parent"),
    product("code-within-parent", "parent", "cn-28469090", {"parent": "284610"}),
    product("definition-of-headline", "definition", "2846", {"definition": "284610 + 284690"}),
    product("valid-years", "valid_to", "cn-28469090", {"valid_from": "2023", "valid_to": "2022"}),
    trade("value-positive", "value_qualifier", BACI, {"value": "0"}),
    trade("value-positive", "value_qualifier", BACI, {"value": "-5"}, "minimum"),
    trade("quantity-positive", "quantity_qualifier", PRESS, {"net_weight_kg": "0"}),
    trade("quantity-positive", "quantity_qualifier", PRESS, {"quantity_qualifier": "nil"}),
    trade("says-something", "value_qualifier", PRESS, {"net_weight_kg": "", "quantity_qualifier": "not_available"}),
    trade("one-quantity", "weight_basis", REO, {"net_weight_kg": "8120000"}),
    trade("one-quantity", "weight_basis", PRESS, {"net_weight_kg": "", "quantity_t_reo": "62585.2"}),
    trade("currency-of-value", "currency", BACI, {"currency": ""}),
    trade("currency-of-value", "currency", PRESS, {"currency": "USD"}),
    trade("valuation-of-value", "valuation", MONTH, {"valuation": "FOB"}),
    trade("two-areas", "partner", CHINA, {"partner": "CHN"}),
    trade("period-of-frequency", "period", CUMULATIVE, {"freq": "M"}),
    trade("period-of-frequency", "period", MONTH, {"freq": "YTD"}),
    trade("period-of-frequency", "period", CUMULATIVE, {"freq": "Q"}),
    trade("period-of-frequency", "period", PRESS, {"freq": "M"}),
    trade("own-nomenclature", "product", HTS, {"flow": "export"}),
    trade("own-nomenclature", "product", SCHEDULE_B, {"flow": "import"}),
    trade("own-nomenclature", "product", CHINA, {"reporter": "JPN"}),
    trade("own-nomenclature", "product", CN, {"reporter": "USA"}),
    trade("code-in-its-years", "product", CN, {"period": "2022"}),
    trade("foreign-key", "product", PRESS, {"product": "chn-28469020"}),
    trade("redistributable", "source_id", PRESS, {"source_id": SHUT_SOURCE}),
    Fault("annual-sum", "trade_flows", "net_weight_kg", PRESS, {}, more=year("1300")),
    Fault("weight-ratio", "trade_mirror", "weight_ratio", EDGE, {"weight_ratio": "0.87"}),
    Fault("weight-ratio", "trade_mirror", "weight_ratio", EDGE, {"weight_ratio": ""}),
    Fault("value-ratio", "trade_mirror", "value_ratio", EDGE, {"value_ratio": "1"}),
    Fault("pair-explained", "trade_mirror", "note", EDGE, {"note": ""}),
    Fault("two-areas", "trade_mirror", "importer", EDGE, {"importer": "USA"}),
    Fault("two-views", "trade_mirror", "exporter_source_id", EDGE, {"importer_source_id": "", "importer_locator": ""}),
    Fault("in-trade-flows", "trade_mirror", "importer_source_id", EDGE, {"importer_locator": "row=elsewhere"}),
    Fault("in-trade-flows", "trade_mirror", "exporter_source_id", EARLIER, {"exporter_locator": "row=elsewhere"}),
    Fault(
        "in-trade-flows",
        "trade_mirror",
        "reconciled_source_id",
        LATER,
        {"reconciled_source_id": "cepii-baci-hs17-v202601-main-flows", "reconciled_locator": "row=elsewhere"},
    ),
    Fault("index-of-shares", "concentration", "hhi", NEWEST, {"hhi": "500"}),
    Fault("index-of-shares", "concentration", "hhi", NEWEST, {"hhi": "9000"}),
    Fault("holder-is-one-area", "concentration", "largest_holder", NEWEST, {"largest_holder": "WLD"}),
    Fault("alone-holds-all", "concentration", "holders", NEWEST, {"holders": "1"}),
    Fault("largest-is-cited", "concentration", "largest_source_id", NEWEST, {"largest_source_id": "usgs-mcs-2024"}),
    Fault("unconfirmed-is-held-back", "sources", "redistributable", DATAWEB, {"licence": "unconfirmed"}),
    Fault("restricted-publisher", "sources", "publisher", DATAWEB, {"publisher": "UN Comtrade"}),
    Fault("restricted-publisher", "sources", "publisher", DATAWEB, {"title": "OEC, exports of magnets"}),
]
