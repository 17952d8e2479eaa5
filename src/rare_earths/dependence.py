"""Import dependence, by two definitions that are never mixed, where the tables allow it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rare_earths.additive import WORLD, same_columns
from rare_earths.choice import ranked
from rare_earths.codes import require_known
from rare_earths.frames import from_records
from rare_earths.loading import chosen_package, read
from rare_earths.package import Package

if TYPE_CHECKING:
    import pandas as pd

RELIANCE = "net import reliance: imports less exports and changes of stocks, percent of apparent consumption (USGS)"
SHARE = "share of a partner in all imports of a product, percent"
UNKNOWN = {"not_available", "withheld", "blank", "not_applicable"}
MEASURES = ("value", "net_weight_kg", "quantity_t_reo")
MIXED = "The product holds more than rare earths."


def import_dependence(
    area: str,
    /,
    *,
    partner: str | None = None,
    product: str | None = None,
    period: str | None = None,
    version: str | None = None,
    package: Package | None = None,
) -> pd.DataFrame:
    """How much an area depends on imports.

    Two definitions, told apart by ``partner``:

    - without a partner, the net import reliance that the U.S. Geological Survey prints for the
      United States: imports less exports and changes of stocks, as a percentage of apparent
      consumption (Mineral Commodity Summaries, footnote to the salient statistics). No other
      country's consumption is in the tables, so that no other is answered;
    - with one, the share of that partner in all imports of a product in a period, where one source
      gives both: the partner and the printed total, or every flow (scope ``complete``).

    Parameters
    ----------
    area
        Code of the importing area, such as ``"USA"``.
    partner
        Code of the area imported from.
    product
        Key of ``products``; needed with a partner.
    period
        As in ``trade_flows``, such as ``"2024"``; needed with a partner. Without one, a year.
    version
        Version of the data; default: the one installed.
    package
        The package to look into, instead of a version.

    Returns
    -------
    pandas.DataFrame
        ``dependence_percent`` with ``qualifier`` (a bound is no figure; ``net_exporter`` has none),
        ``definition``, ``source_id``, ``locator``, ``grade`` and ``note``. Without a partner: one row for
        each material and year, chosen by the rule of :mod:`rare_earths.choice`. With one: one row for
        each source and measure, with ``from_partner``, ``total`` and ``total_is``.

    Raises
    ------
    ValueError
        When the tables do not allow an answer; the message says what is missing.

    Examples
    --------
    >>> import rare_earths
    >>> found = rare_earths.import_dependence("DEU", partner="CHN", product="850511", period="2024")
    >>> found[["measure", "dependence_percent", "total_is"]].values.tolist()[0]
    ['value', 82.44, 'sum of all flows']
    >>> reliance = rare_earths.import_dependence("USA", period="2024").set_index("material")
    >>> print(*reliance.loc["compounds and metals", ["dependence_percent", "qualifier"]])
    53.0 exact
    """
    found = chosen_package(package, version)
    if period is not None and not isinstance(period, str):
        raise ValueError(f"period is a text, such as '{period}', not {period!r}")
    if partner is None and product is not None:
        raise ValueError(
            f"the net import reliance of an area is not told by product; give partner='…' too for its share in the imports of {product!r}"
        )
    if partner is None:
        rows = _reliance(found, area, period)
    elif product is None or period is None:
        raise ValueError("the share of a partner is that of one product in one period: give product='…' and period='…'")
    else:
        rows = _partner_shares(found, area, partner, product, period)
    result = from_records(rows)
    result.attrs = {"version": found.version, "units": {"dependence_percent": "%"}}
    return result


def _reliance(package: Package, area: str, period: str | None) -> list[dict[str, Any]]:
    if area != "USA":
        raise ValueError(
            f"no consumption of {area} is in the tables, so that its net import reliance cannot be had; it is printed for the USA "
            "alone. For the share of a partner in its imports give partner='…', product='…' and period='…'"
        )
    groups: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for row in read(package, "us_salient_statistics").to_pylist():
        if "Net import relian" in row["series"] and row["value_qualifier"] not in UNKNOWN:
            groups.setdefault((row["year"], _material(row["series"])), []).append(row)
    sources = {row["source_id"]: row for row in read(package, "sources").to_pylist()}
    found = []
    for (year, material), rows in sorted(groups.items()):
        if period in (None, str(year)):
            best = ranked(rows, sources, "value_as_printed")[0]
            kept = {name: best[name] for name in ("source_id", "locator", "grade", "note")}
            found.append(
                {"area": area, "material": material, "period": str(year), "dependence_percent": best["value"]}
                | {"qualifier": best["value_qualifier"], "candidates": len(rows), "definition": RELIANCE, **kept}
            )
    if not found:
        years = sorted({year for year, _ in groups})
        raise ValueError(f"no net import reliance of {period} is in the tables; years are {years[0]} to {years[-1]}")
    return found


def _material(series: str) -> str:
    """What a series of net import reliance is of: its chapter, else its line."""
    chapter, _, rest = series.partition(": Net import relian")
    return chapter.lower() if rest else series.rpartition(": ")[2].lower()


def _partner_shares(package: Package, area: str, partner: str, product: str, period: str) -> list[dict[str, Any]]:
    wanted = {"product": product, "period": period}
    imports = read(package, "trade_flows", None, wanted | {"reporter": area, "flow": "import"}).to_pylist()
    arrivals = read(
        package, "trade_flows", None, wanted | {"partner": area, "flow": "export", "basis": "reconciled"}
    ).to_pylist()
    note = None if read(package, "products", ["product"], {"product": product, "is_rare_earth_only": True}).num_rows else MIXED
    found = []
    for measure in MEASURES:
        for total_is, part, total, rows in (
            *_printed(package, imports, partner, measure),
            *_summed(arrivals, partner, measure),
        ):
            if total:
                qualifiers = {row["value_qualifier" if measure == "value" else "quantity_qualifier"] for row in rows}
                found.append(
                    {"area": area, "partner": partner, "product": product, "period": period, "measure": measure}
                    | {
                        "from_partner": part[measure],
                        "total": total,
                        "dependence_percent": round(100 * part[measure] / total, 2),
                    }
                    | {"qualifier": "exact" if qualifiers <= {"exact", "nil"} else "; ".join(sorted(qualifiers))}
                    | {"total_is": total_is, "definition": SHARE, "source_id": part["source_id"], "locator": part["locator"]}
                    | {"grade": part["grade"], "note": " ".join(filter(None, [note, part["note"]])) or None}
                )
    if not found:
        require_known(package, "trade_flows", {"partner": [partner]})
        sources = sorted({row["source_id"] for row in [*imports, *arrivals] if partner in (row["reporter"], row["partner"])})
        raise ValueError(
            f"no source gives both the imports of {product} by {area} from {partner} in {period} and all its imports of it; "
            + (f"only the partner is given by {', '.join(sources)}" if sources else "the partner is given by none either")
        )
    return found


Found = tuple[str, dict[str, Any], float | None, list[dict[str, Any]]]


def _printed(package: Package, imports: list[dict[str, Any]], partner: str, measure: str) -> Iterable[Found]:
    """Partner and printed total of the same source and statistic."""
    same = same_columns("trade_flows", package, measure)
    for row in imports:
        if row["partner"] == partner and row[measure] is not None:
            totals = [
                other
                for other in imports
                if other["partner"] == WORLD and other[measure] and all(other[name] == row[name] for name in same)
            ]
            yield from (("printed total", row, total[measure], [row, total]) for total in totals)


def _summed(arrivals: list[dict[str, Any]], partner: str, measure: str) -> Iterable[Found]:
    """Partner and the sum of every flow, where a source has them all."""
    for row in arrivals:
        if row["reporter"] == partner and row["scope"] == "complete" and row[measure] is not None:
            flows = [other for other in arrivals if other["source_id"] == row["source_id"] and other["reporter"] != WORLD]
            # A missing flow would make the share of the others larger than it is.
            if all(other[measure] is not None for other in flows):
                yield "sum of all flows", row, sum(other[measure] for other in flows), [row]
