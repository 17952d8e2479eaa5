"""Show where a chosen figure comes from: every reported figure, the chosen one and the rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from rare_earths import choice
from rare_earths.loading import load
from rare_earths.package import Package

#: Table of chosen figures -> its reported table, and the columns of year, figure and printed figure.
CHOSEN = {
    "production": ("production_reported", "year", "quantity_t_reo", "quantity_as_printed"),
    "reserves": ("reserves_reported", "as_of_year", "reserves_t_reo", "reserves_as_printed"),
}


@dataclass(frozen=True)
class Explanation:
    """What :func:`explain` returns; printing it shows it to a reader.

    Attributes
    ----------
    table
        Name of the explained table.
    key
        The key that was asked for.
    rule
        Name of the rule that chose.
    rule_text
        The rule in words.
    reported
        Every reported figure of this key, vintages in order; ``chosen`` marks those that
        stand in the table.
    """

    table: str
    key: dict[str, Any]
    rule: str
    rule_text: str
    reported: pd.DataFrame

    @property
    def chosen(self) -> pd.DataFrame:
        """The chosen figures, one row per year."""
        return self.reported[self.reported["chosen"]].reset_index(drop=True)

    def __str__(self) -> str:
        _, year, figure, printed = CHOSEN[self.table]
        asked = ", ".join(f"{name}={value}" for name, value in self.key.items())
        lines = [f"{self.table}: {asked}", ""]
        for row in self.reported.to_dict("records"):
            mark = "*" if row["chosen"] else " "
            number = "no figure" if pd.isna(row[figure]) else f"{row[figure]:,.0f} t"
            as_printed = "an empty cell" if pd.isna(row[printed]) else f"{row[printed]!r}"
            when = "unknown" if pd.isna(row["published_on"]) else row["published_on"]
            of_year = "year ?" if pd.isna(row[year]) else row[year]
            lines.append(f"{mark} {of_year}  {number:>15}  printed {as_printed}, {row['title_short']}")
            lines.append(f"    {row['source_id']}, published {when}, grade {row['grade']}, {row['locator']}")
            lines += [f"    {row['note']}"] if not pd.isna(row["note"]) else []
        lines += ["", f"* chosen by the rule {self.rule}:", self.rule_text]
        return "\n".join(lines)


def explain(table: str, /, *, package: Package | None = None, **key: Any) -> Explanation:
    """Explain the chosen figures of a key.

    Parameters
    ----------
    table
        ``"production"`` or ``"reserves"``.
    package
        The package to look into; default: the one installed.
    **key
        Columns with the values asked for, such as ``area="VNM"``; a year is optional.

    Returns
    -------
    Explanation
        Every reported figure (in t REO and as printed), which were chosen, and the rule.

    Raises
    ------
    ValueError
        When the table holds no chosen figures.
    KeyError
        When the table has no such column, or nothing was reported for this key.

    Examples
    --------
    >>> import rare_earths
    >>> rare_earths.explain("reserves", area="BRA", as_of_year=2025).chosen["reserves_t_reo"].item()
    11000000.0
    """
    if table not in CHOSEN:
        raise ValueError(f"table {table!r} holds no chosen figures; explain one of {', '.join(CHOSEN)}")
    reported_table, year, _, _ = CHOSEN[table]
    reported = load(reported_table, package=package, **key)
    if reported.empty:
        raise KeyError(f"nothing was reported for {key}; area is a code such as 'BRA', see load('areas')")
    sources = load("sources", package=package).set_index("source_id")
    for column in ("series", "edition", "edition_version", "published_on", "url"):
        reported[column] = reported["source_id"].map(sources[column])
    reported["title_short"] = reported["source_id"].map(sources["title"])
    names = [name for name in ("area", year, "stage") if name in reported]
    picked = load(table, package=package, **key)
    chosen = set(picked[[*names, "source_id"]].itertuples(index=False, name=None))
    reported["chosen"] = [row in chosen for row in reported[[*names, "source_id"]].itertuples(index=False, name=None)]
    order = reported.sort_values([year, "published_on", "edition_version"], na_position="first", kind="stable")
    _, _, text = choice.__doc__.partition(f"``{choice.RULE}``:")
    return Explanation(table, key, choice.RULE, text.strip(), order.reset_index(drop=True))
