"""Rules as pandera schemas over ibis tables: the same object runs wherever ibis does."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import ibis

from rare_earths.package import bundled
from rare_earths.validate.compile import rules_of
from rare_earths.validate.rule import NotAtHand, Rule
from rare_earths.validate.typed import TYPES

with warnings.catch_warnings():
    # Where there is Spark, pandera looks at its pandas API, which warns of pandas 3; it is not used here.
    warnings.simplefilter("ignore", FutureWarning)
    import pandera.ibis as pa
    from pandera.api.ibis.types import IbisData
    from pandera.constants import CHECK_OUTPUT_SUFFIX

if TYPE_CHECKING:
    from rare_earths.validate.rule import Lookup

#: Failing rows that pandera puts into its errors when a schema runs by itself.
CASES = 20
PYTHON_TYPES = {"string": str, "integer": int, "year": int, "number": float, "boolean": bool}


def pandera_schema(schema: str | dict[str, Any], lookup: Lookup | None = None) -> pa.DataFrameSchema:
    """Pandera schema of a table: its columns with their types, and a check for each of its rules.

    It works alone, on an ibis table of any engine: ``pandera_schema("reserves").validate(table, lazy=True)``.
    ``rare_earths.validate.validate`` runs the same check functions, all in one pass.

    Parameters
    ----------
    schema
        Name of a table of the installed package, or a Table Schema.
    lookup
        From the name of another table to its ibis table on the same engine; raises
        ``rare_earths.validate.rule.NotAtHand`` where there is none. Without it, rules that look
        into other tables are left out.

    Returns
    -------
    pandera.api.ibis.container.DataFrameSchema
        Rules of level ``notice`` only warn.

    Raises
    ------
    UnknownTable
        When the installed package has no such table.

    Examples
    --------
    >>> import ibis
    >>> from rare_earths import load
    >>> table = ibis.memtable(load("elements"))
    >>> pandera_schema("elements").validate(table).count().execute()
    17
    """
    definition = bundled().schema(schema) if isinstance(schema, str) else schema
    find = lookup or _nothing
    empty = ibis.table({f["name"]: TYPES[f["type"]] for f in definition["fields"]}, name=definition["name"])
    columns = {f["name"]: pa.Column(PYTHON_TYPES[f["type"]], nullable=True) for f in definition["fields"]}
    rules = [rule for rule in rules_of(definition) if _can_run(rule, empty, find)]
    return pa.DataFrameSchema(columns, checks=[check([rule], find) for rule in rules], name=definition["name"])


def _nothing(name: str) -> ibis.Table:
    raise NotAtHand(name)


def _can_run(rule: Rule, empty: ibis.Table, lookup: Lookup) -> bool:
    try:
        rule.holds(empty, lookup)
    except NotAtHand:
        return False
    return True


def check(rules: Sequence[Rule], lookup: Lookup) -> pa.Check:
    """One pandera check in which all of these rules must hold; null counts as true."""

    # A mapping makes pandera compute the columns before it filters by them, as window functions need.
    def hold(data: IbisData) -> dict[str, ibis.Value]:
        return {str(place): rule.holds(data.table, lookup).fill_null(True) for place, rule in enumerate(rules)}

    names = ", ".join(f"{rule.name} of {rule.column}" for rule in rules)
    text = f"{names}: {rules[0].expected}; {rules[0].mend}" if len(rules) == 1 else names
    notice = all(rule.level == "notice" for rule in rules)
    return pa.Check(hold, name=names, error=text, ignore_na=False, raise_warning=notice, n_failure_cases=CASES)


def judged(rules: Sequence[Rule], lookup: Lookup, table: ibis.Table) -> tuple[ibis.Table, list[str]]:
    """The table with what pandera computes for a check of these rules.

    Returns
    -------
    tuple
        The table, and the name of a boolean column for each rule, true where it holds.
    """
    combined = check(rules, lookup)
    backend = combined.get_backend(table)(combined)
    return backend.apply(IbisData(table, None)), [f"{place}{CHECK_OUTPUT_SUFFIX}" for place in range(len(rules))]
