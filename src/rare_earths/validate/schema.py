"""Rules as pandera schemas over ibis tables: the same object runs wherever ibis does."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import ibis

from rare_earths.validate.rule import Rule

with warnings.catch_warnings():
    # Where there is Spark, pandera looks at its pandas API, which warns of pandas 3; it is not used here.
    warnings.simplefilter("ignore", FutureWarning)
    import pandera.ibis as pa
    from pandera.api.ibis.types import IbisData
    from pandera.constants import CHECK_OUTPUT_SUFFIX

if TYPE_CHECKING:
    from rare_earths.validate.rule import Lookup

PYTHON_TYPES = {"string": str, "integer": int, "year": int, "number": float, "boolean": bool}


def pandera_schema(schema: dict[str, Any], rules: Sequence[Rule], lookup: Lookup) -> pa.DataFrameSchema:
    """Pandera schema of a table: its columns with their types, and a check for each rule.

    It works alone too: ``pandera_schema(…).validate(table, lazy=True)`` on an ibis table of any
    engine. The engines of this package run the same check functions, all in one pass.

    Parameters
    ----------
    schema
        The Table Schema.
    rules
        Rules of the table, as ``rare_earths.validate.rules_of`` gives them.
    lookup
        From the name of another table of the package to its ibis table on the same engine.

    Returns
    -------
    pandera.api.ibis.container.DataFrameSchema
        Rules of level ``notice`` only warn.
    """
    columns = {f["name"]: pa.Column(PYTHON_TYPES[f["type"]], nullable=True) for f in schema["fields"]}
    return pa.DataFrameSchema(columns, checks=[check([rule], lookup) for rule in rules], name=schema["name"])


def check(rules: Sequence[Rule], lookup: Lookup) -> pa.Check:
    """One pandera check in which all of these rules must hold; null counts as true."""

    # A mapping makes pandera compute the columns before it filters by them, as window functions need.
    def hold(data: IbisData) -> dict[str, ibis.Value]:
        return {str(place): rule.holds(data.table, lookup).fill_null(True) for place, rule in enumerate(rules)}

    names = ", ".join(f"{rule.name} of {rule.column}" for rule in rules)
    expected = rules[0].expected if len(rules) == 1 else f"what {names} expect"
    notice = all(rule.level == "notice" for rule in rules)
    return pa.Check(hold, name=names, error=expected, ignore_na=False, raise_warning=notice)


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
