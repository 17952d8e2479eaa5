"""Rules of the table ``trade_mirror``."""

from rare_earths.validate.rule import Rule

ANEW = "make the table again with `make data`; it is never edited by hand"
SIDES = ("exporter", "importer", "reconciled")


def _ratio(kind: str, figure: str) -> Rule:
    def holds(t, _):
        exporter, importer = t[f"exporter_{figure}"], t[f"importer_{figure}"]
        both = exporter.notnull() & importer.notnull() & (exporter > 0)
        right = (t[f"{kind}_ratio"].fill_null(-1) - importer / exporter).abs() < 0.001
        return both.ifelse(right, t[f"{kind}_ratio"].isnull())

    return Rule(f"{kind}-ratio", f"{kind}_ratio", "importer over exporter, where both are known", ANEW, holds)


def _views(t, _):
    known = [t[f"{side}_source_id"].notnull().cast("int64") for side in SIDES]
    return sum(known[1:], known[0]) >= 2


def _is_reported(side: str) -> Rule:
    """The figure is one that ``trade_flows`` has; a share of a printed total stands on the world's row."""

    def holds(t, lookup):
        flows = lookup("trade_flows").drop_null(["source_id", "locator", "period"])
        key = t[f"{side}_source_id"] + "\x1f" + t[f"{side}_locator"] + "\x1f" + t.period
        return key.isnull() | key.isin((flows.source_id + "\x1f" + flows.locator + "\x1f" + flows.period).name("key"))

    return Rule("in-trade-flows", f"{side}_source_id", "a row of trade_flows from this source, place and period", ANEW, holds)


RULES = (
    _ratio("value", "value_usd"),
    _ratio("weight", "net_weight_kg"),
    Rule("two-views", "exporter_source_id", "at least two of exporter, importer and reconciliation", ANEW, _views),
    Rule("two-areas", "importer", "another area than the exporter", ANEW, lambda t, _: t.exporter != t.importer),
    Rule(
        "pair-explained",
        "note",
        "a note where the two sides book the goods under different products",
        "say in scripts/derive/trade_pairs.toml why the two are the same goods",
        lambda t, _: (t["product"] == t.importer_product) | t.note.notnull(),
    ),
    *(_is_reported(side) for side in SIDES),
)
