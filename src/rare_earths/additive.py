"""Which rows may stand beside each other, and which may be added: the mistakes that experts warn of, refused.

Rows are of one statistic when everything but who holds the figure is the same: period, frequency,
flow, valuation, scope, weight basis, currency, and the source where sources overlap. A total
is never added to its parts, nor a group of areas to its members, nor a product to those that it
contains (``docs/methods/trade.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rare_earths.frames import columns_of, metadata_of
from rare_earths.loading import read
from rare_earths.package import Package

if TYPE_CHECKING:
    import pandas as pd

WORLD = "WLD"
AREAS = ("area", "reporter", "partner")


@dataclass(frozen=True)
class Statistic:
    """What the rows of a table count.

    Attributes
    ----------
    holders
        Columns of who holds a figure: rows that differ in nothing else may be added.
    figures
        Column of a figure -> column that qualifies it.
    same
        Columns that must be the same besides the rest of the primary key.
    """

    holders: tuple[str, ...]
    figures: dict[str, str]
    same: tuple[str, ...] = ()


FLOWS = dict.fromkeys(("net_weight_kg", "quantity_t_reo", "quantity_pieces"), "quantity_qualifier") | {
    "value": "value_qualifier"
}
STATISTICS = {
    "production": Statistic(("area",), {"quantity_t_reo": "qualifier"}),
    "production_reported": Statistic(("area",), {"quantity_t_reo": "qualifier"}),
    "reserves": Statistic(("area",), {"reserves_t_reo": "qualifier"}),
    "reserves_reported": Statistic(("area",), {"reserves_t_reo": "qualifier"}, ("as_of_year",)),
    "trade_flows": Statistic(("reporter", "partner", "product"), FLOWS, ("freq", "basis", "concept")),
}
#: Columns that must be the same beside the primary key, for figures that are compared and never added.
COMPARED = {"prices": ("currency", "per_unit", "price_basis"), "us_salient_statistics": ("unit",)}


def table_of(frame: Any, table: str | None, package: Package) -> str:
    """Table that the rows of a frame are from: as said, as the frame says, or as its columns tell.

    Raises
    ------
    ValueError
        When more than one table has these columns, or none.
    """
    if found := table or metadata_of(frame).get("table"):
        return found
    names = set(columns_of(frame))
    fitting = [t for t in package.tables if names <= {field["name"] for field in package.schema(t)["fields"]}]
    if len(fitting) != 1:
        of = f"may be of {', '.join(fitting)}" if fitting else "are of no table"
        raise ValueError(f"these rows {of}, by their columns; say which with table='…'")
    return fitting[0]


def figure_of(names: Sequence[str], table: str, value: str | None, figures: Sequence[str]) -> str:
    """Column of the figure meant: the one said, or the only one there.

    Raises
    ------
    ValueError
        When it is not said and there are several, or it is none of the table's figures.
    """
    there = [name for name in figures if name in names]
    if value is None and len(there) == 1:
        return there[0]
    if value is None or value not in there:
        said = f"{value!r} is no figure" if value else "there are several figures, or none,"
        raise ValueError(
            f"{said} in these rows of {table!r}; say value=… with one of {', '.join(figures)}, and keep its column"
        )
    return value


def same_columns(table: str, package: Package, figure: str) -> list[str]:
    """Columns that tell one statistic of a table from another, besides who holds the figure."""
    statistic = STATISTICS.get(table)
    holders, extra = (statistic.holders, statistic.same) if statistic else ((), COMPARED.get(table, ()))
    currency = ("currency",) if (table, figure) == ("trade_flows", "value") else ()
    return [name for name in (*package.schema(table)["primaryKey"], *extra, *currency) if name not in holders]


def require_columns(rows: pd.DataFrame, table: str, needed: Sequence[str]) -> None:
    """Refuse rows without the columns that tell which of them belong together.

    Raises
    ------
    ValueError
        When one is missing.
    """
    if missing := [name for name in dict.fromkeys(needed) if name not in rows]:
        raise ValueError(
            f"these rows of {table!r} lack {', '.join(missing)}: without them nobody can tell which rows belong together; "
            "keep these columns"
        )


def require_one_statistic(rows: pd.DataFrame, table: str, same: Sequence[str], by: Sequence[str]) -> None:
    """Refuse rows of several statistics within a group.

    Parameters
    ----------
    rows
        Rows of a table.
    table
        Its name.
    same
        Columns that must not vary within a group.
    by
        Columns that make the groups.

    Raises
    ------
    ValueError
        When a column varies; the message says which and how to mend it.
    """
    free = [name for name in same if name not in by]
    for place, group in _groups(rows, by):
        for name in free:
            # A row without a value has no currency, and none to disagree with.
            column = group[name].dropna() if name == "currency" else group[name]
            values = list(dict.fromkeys(column.astype(object)))
            if len(values) > 1:
                shown = ", ".join(str(value) for value in values[:4]) + (", …" if len(values) > 4 else "")
                raise ValueError(
                    f"rows of {table!r}{place} are of several statistics: {name} is {shown}; "
                    f"choose one, such as load({table!r}, {name}={_literal(values[0])}), or keep them apart by {name!r}"
                )


def require_addable(rows: pd.DataFrame, table: str, package: Package, by: Sequence[str]) -> None:
    """Refuse rows of a group that contain each other: totals, groups of areas, products within products.

    Raises
    ------
    ValueError
        When adding up the rows of a group would count something twice.
    """
    holders = STATISTICS[table].holders
    groups = {row["area"] for row in read(package, "areas", ["area"], {"kind": "group"}).to_pylist()}
    for place, group in _groups(rows, by):
        if (twice := group.duplicated([name for name in holders if name in group])).any():
            who = ", ".join(str(group.loc[twice, name].iloc[0]) for name in holders)
            raise ValueError(f"rows of {table!r}{place} hold {who} twice; each may stand there once")
        for name in (name for name in holders if name in AREAS):
            areas = set(group[name])
            if len(areas) > 1 and (sums := areas & groups):
                raise ValueError(
                    f"rows of {table!r}{place} hold {', '.join(sorted(sums))} in {name!r} beside its members, which would count "
                    f"them twice; leave it out, or ask for a share of the printed total with of='world'"
                )
        if "product" in holders:
            _require_disjoint(package, sorted(set(group["product"])), place)


def _require_disjoint(package: Package, products: list[str], place: str) -> None:
    if len(products) < 2:
        return
    known = {row["product"]: row for row in read(package, "products", ["product", "nomenclature", "parent"]).to_pylist()}
    kinds = {known[product]["nomenclature"] for product in products}
    if "headline" in kinds or len(kinds) > 1:
        raise ValueError(
            f"rows of 'trade_flows'{place} hold the products {', '.join(products)}: headlines and codes of different "
            "nomenclatures may contain each other; choose products of one nomenclature, such as product=['280530', '2846']"
        )
    for product in products:
        parent = known[product]["parent"]
        while parent:
            if parent in products:
                raise ValueError(f"rows of 'trade_flows'{place} hold {parent}, which contains {product}; choose one of them")
            parent = known[parent]["parent"]


def _groups(rows: pd.DataFrame, by: Sequence[str]):
    """Groups of rows, each with where it is, in words."""
    if not by:
        yield "", rows
        return
    for key, group in rows.groupby(list(by), dropna=False, sort=False):
        yield " of " + ", ".join(f"{name} {value}" for name, value in zip(by, key, strict=True)), group


def _literal(value: Any) -> str:
    return str(value) if isinstance(value, int) else repr(value)
