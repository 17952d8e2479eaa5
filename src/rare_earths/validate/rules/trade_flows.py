"""Rules of the table ``trade_flows``."""

import ibis

from rare_earths.validate.rule import Rule
from rare_earths.validate.rules.trade_sums import annual_is_sum_of_months
from rare_earths.validate.typed import whole

WITHOUT_FIGURE = ["not_available", "withheld"]
#: Prefix of a national code, and who may count in it, and in which direction. The United Kingdom kept the Union's codes.
NATIONAL = {
    "hts-": (["USA"], "import"),
    "sb-": (["USA"], "export"),
    "chn-": (["CHN"], None),
    "cn-": (["EUU", "GBR"], None),
}
YEAR = r"^[0-9]{4}$"
MONTH = r"^[0-9]{4}-[0-9]{2}$"


def _months(t):
    """Months of an interval; null where the period is none."""
    first = t.period.substr(0, 4).try_cast("int64") * 12 + t.period.substr(5, 2).try_cast("int64")
    last = t.period.substr(8, 4).try_cast("int64") * 12 + t.period.substr(13, 2).try_cast("int64")
    return last - first + 1


def _period_of_frequency(t, _):
    months, first = _months(t), t.period.substr(5, 2)
    interval = t.period.contains("/") & (months > 1)
    annual = (t.freq == "A") & (t.period.re_search(whole(YEAR)) | (interval & (months == 12)))
    month = (t.freq == "M") & t.period.re_search(whole(MONTH))
    quarter = (t.freq == "Q") & interval & (months == 3) & first.isin(["01", "04", "07", "10"])
    cumulative = (t.freq == "YTD") & interval & (months < 12)
    return annual | month | quarter | cumulative


def _own_nomenclature(t, _):
    rules = []
    for prefix, (reporters, flow) in NATIONAL.items():
        allowed = t.reporter.isin(reporters)
        rules.append(~t["product"].startswith(prefix) | (allowed & (t.flow == flow) if flow else allowed))
    return ibis.and_(*rules)


def _code_exists(t, lookup):
    """No code in a year before it was made, or after it ended."""
    products = lookup("products")
    year = t.period.substr(0, 4).try_cast("int64")
    key = t["product"] + ":" + year.cast("string")
    return key.notin(_outside(products, "valid_from", -1)) & key.notin(_outside(products, "valid_to", 1))


def _outside(products, bound: str, step: int):
    """Keys ``product:year`` of the hundred years on the far side of the bound of each code that has one."""
    years = products.filter(products[bound].notnull()).mutate(_distance=ibis.range(1, 101).unnest())
    return (years["product"] + ":" + (years[bound] + step * years["_distance"]).cast("string")).name("key")


def _figure(column: str, qualifier: str, figures: list[str]) -> Rule:
    """Figures where the qualifier says so, zero only for ``nil``."""

    def holds(t, _):
        number = t[figures[0]]
        for name in figures[1:]:
            number = number.coalesce(t[name])
        stated = number.isnull() == t[qualifier].isin(WITHOUT_FIGURE)
        return stated & (number.isnull() | ((number > 0) == (t[qualifier] != "nil")))

    return Rule(
        f"{column}-positive",
        qualifier,
        "a figure above zero; 0 only for nil, none only for withheld and not_available",
        "correct the figure or the qualifier from the source",
        holds,
    )


RULES = (
    _figure("value", "value_qualifier", ["value"]),
    _figure("quantity", "quantity_qualifier", ["net_weight_kg", "quantity_t_reo", "quantity_pieces"]),
    Rule(
        "says-something",
        "value_qualifier",
        "a value or a quantity",
        "drop the row: it states nothing",
        lambda t, _: ~(t.value_qualifier.isin(WITHOUT_FIGURE) & t.quantity_qualifier.isin(WITHOUT_FIGURE)),
    ),
    Rule(
        "one-quantity",
        "weight_basis",
        "one quantity: t REO for reo_content, kg or pieces for goods",
        "move the figure to its own column: weight of goods and content of oxide are two quantities",
        lambda t, _: (t.weight_basis == "reo_content").ifelse(
            t.net_weight_kg.isnull() & t.quantity_pieces.isnull(),
            t.quantity_t_reo.isnull() & (t.net_weight_kg.isnull() | t.quantity_pieces.isnull()),
        ),
    ),
    Rule(
        "currency-of-value",
        "currency",
        "a currency exactly where a value stands",
        "fill or clear the currency",
        lambda t, _: t.value.isnull() == t.currency.isnull(),
    ),
    Rule(
        "valuation-of-value",
        "valuation",
        "unspecified where no value stands",
        "set unspecified: what is not given cannot be valued",
        lambda t, _: t.value.notnull() | (t.valuation == "unspecified"),
    ),
    Rule(
        "two-areas",
        "partner",
        "a partner that is not the reporter, but for re-imports and re-exports",
        "correct the partner, or set the flow as the source names it",
        lambda t, _: (t.reporter != t.partner) | t.flow.isin(["re_import", "re_export"]),
    ),
    Rule(
        "period-of-frequency",
        "period",
        "twelve months for A, one for M, a quarter for Q, an interval below twelve months for YTD",
        "correct the frequency: a cumulative figure among months would be counted twice",
        _period_of_frequency,
    ),
    Rule(
        "own-nomenclature",
        "product",
        "a code of the reporter's own nomenclature: HTS and Schedule B of the United States (imports, exports), China's, the Union's",
        "use the code under which the reporter counts",
        _own_nomenclature,
    ),
    Rule(
        "code-in-its-years",
        "product",
        "a code that exists in the year of the period",
        "use the code of that year",
        _code_exists,
    ),
    annual_is_sum_of_months(tolerance=0.005),
)
