"""Pages on trade as Markdown: flows by product and year, and the mirror gaps.

Every figure comes from ``data/``; the site's script hooks in ``flows_page`` and ``mirror_page``.
"""

from collections.abc import Iterable
from typing import Any

import rare_earths

Row = dict[str, Any]
#: Largest flows shown for each product and year.
LARGEST = 10
FLOWS_HEAD = """# Trade flows

Who ships what to whom, by product and year. Each table shows the largest flows that one source
states; `trade_flows` holds all of them. **Do not add up rows of different sources, frequencies or
products**: cumulative periods contain their months, headings contain their subheadings.

850511 holds every permanent magnet of metal, so that its tonnes are not tonnes of rare-earth
magnets; 2805 and 8505 at four digits hold more than rare earths. What the customs of China call
rare earths is a headline with its own definition (see the table `products`).
"""
MIRROR_HEAD = """# Mirror gaps

The same trade is reported twice: by the exporter and by the importer. Here both figures stand
side by side, the largest gap in weight first. Nothing is averaged, and no side is called right.
A ratio above 1 means that the importer reports more. Values are not compared where one side is
known by weight only.

A gap stands here only if both figures may be passed on. Most national reports are gathered in a
database of the United Nations whose terms forbid that: gaps that need it are missing.
"""


def _load(table: str, **filters: Any) -> list[Row]:
    frame = rare_earths.load(table, **filters).astype(object)
    return frame.where(frame.notna(), None).to_dict("records")


def _number(value: float | None, scale: float = 1, decimals: int = 0) -> str:
    return "–" if value is None else f"{value / scale:,.{decimals}f}"


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]], left: int) -> str:
    """A Markdown table whose first columns are aligned left, the rest right."""
    names = list(columns)
    rule = ["---"] * left + ["--:"] * (len(names) - left)
    lines = [names, rule, *(list(row) for row in rows)]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)


def _names() -> dict[str, str]:
    return {row["area"]: row["name"] for row in _load("areas")}


def _link(source_id: str, sources: dict[str, Row]) -> str:
    source = sources[source_id]
    how = "as quoted by" if source["kind"] == "news" else "in the copy of"
    shown = source["publisher"] + (f", {how} {source['restated_by']}" if source["restated_by"] else "")
    return f"[{shown}]({source['url']})"


def flows_page() -> str:
    """Page of the largest flows by product and year.

    Returns
    -------
    str
        Markdown: a section for each product of reconciled or reported annual flows, with the
        newest year of each source first, then the headlines of China's customs by year.
    """
    names = _names()
    sources = {row["source_id"]: row for row in _load("sources")}
    products = {row["product"]: row for row in _load("products")}
    flows = [row for row in _load("trade_flows", freq="A", weight_basis="goods") if row["partner"] not in ("WLD", "XOT")]
    text = FLOWS_HEAD
    for product, scope in (("850511", "complete"), ("2846", "named_partners"), ("2805", "named_partners")):
        rows = [row for row in flows if row["product"] == product and row["scope"] == scope and row["value"]]
        text += f"\n## {product}: {products[product]['description']}\n"
        for year in sorted({row["period"] for row in rows}, reverse=True)[:3]:
            largest = sorted((row for row in rows if row["period"] == year), key=lambda row: (-row["value"], row["partner"]))[
                :LARGEST
            ]
            text += f"\n### {product} in {year}\n\n" + _flow_table(largest, names, sources)
    return text + _headlines(sources, products)


def _flow_table(rows: list[Row], names: dict[str, str], sources: dict[str, Row]) -> str:
    cells = (
        [
            names[row["reporter"]],
            row["flow"],
            names[row["partner"]],
            _number(row["value"], 1e6, 1),
            row["valuation"],
            _number(row["net_weight_kg"], 1e3),
        ]
        for row in rows
    )
    cited = ", ".join(sorted({_link(row["source_id"], sources) for row in rows}))
    return _table(["reporter", "flow", "partner", "million USD", "valuation", "t"], cells, 3) + f"\nSource: {cited}.\n"


def _headlines(sources: dict[str, Row], products: dict[str, Row]) -> str:
    """China's headlines by year, each figure with the page that quotes it."""
    text = "\n## Headlines of the customs of China\n"
    for product in ("gacc-rare-earths-export", "gacc-rare-earths-import", "gacc-rare-earth-permanent-magnets"):
        rows = _load("trade_flows", reporter="CHN", partner="WLD", product=product, freq="A")
        definition = products[product]
        text += f"\n### {definition['description']} ({definition['definition']})\n\n"
        cells = (
            [row["period"], row["flow"], _link(row["source_id"], sources), row["grade"], _number(row["net_weight_kg"], 1e3, 1)]
            for row in sorted(rows, key=lambda row: row["period"])
        )
        text += _table(["year", "flow", "source", "grade", "t"], cells, 4)
    return text


def mirror_page() -> str:
    """Page of the mirror gaps, the largest in weight first, each with both sources and the note that explains it."""
    names = _names()
    sources = {row["source_id"]: row for row in _load("sources")}
    rows = sorted(_load("trade_mirror"), key=_gap, reverse=True)
    columns = [
        "period",
        "trade",
        "exporter, t",
        "importer, t",
        "weight ratio",
        "exporter, million USD",
        "importer, million USD",
    ]
    text = MIRROR_HEAD + "\n" + _table(columns, (_gap_cells(row, names) for row in rows), 2)
    for row in rows:
        text += f"\n## {names[row['exporter']]} to {names[row['importer']]}, {row['period']}\n\n"
        for side in ("exporter", "importer", "reconciled"):
            if row[f"{side}_source_id"]:
                text += _side(row, side, sources)
        text += f"\n{row['note']}\n" if row["note"] else ""
    return text


def _gap(row: Row) -> float:
    """Size of a gap: how many times the larger weight holds the smaller."""
    ratio = row["weight_ratio"] or row["value_ratio"]
    return max(ratio, 1 / ratio) if ratio else 0.0


def _gap_cells(row: Row, names: dict[str, str]) -> list[str]:
    return [
        row["period"],
        f"{names[row['exporter']]} to {names[row['importer']]}, {row['product']} / {row['importer_product']}",
        _number(row["exporter_net_weight_kg"], 1e3),
        _number(row["importer_net_weight_kg"], 1e3),
        _number(row["weight_ratio"], decimals=3),
        _number(row["exporter_value_usd"], 1e6, 1),
        _number(row["importer_value_usd"], 1e6, 1),
    ]


def _side(row: Row, side: str, sources: dict[str, Row]) -> str:
    product = row["importer_product"] if side == "importer" else row["product"]
    weight = _number(row[f"{side}_net_weight_kg"], 1e3)
    source = _link(row[f"{side}_source_id"], sources)
    return f"- {side}: {product}, {weight} t; {source}, {row[f'{side}_locator']}, grade {row[f'{side}_grade']}\n"


if __name__ == "__main__":
    print(flows_page())
    print(mirror_page())
