"""One page per product, and the list of them: what its code holds, what it is a part of, and who trades it."""

from typing import Any

from scripts.site import product_flows
from scripts.site.flows import MAGNETS
from scripts.site.profiles import Bibliography, Row, profile
from scripts.site.release import Release
from scripts.site.trade_parts import two_lines

#: Rows that stand open; older ones are folded.
OPEN = 12


#: Title and description of the list.
LISTED = ("Products", "Codes and headlines under which rare earths are traded.")


def title(product: Row) -> str:
    """Nomenclature and code, or the name of a headline: what stands before the colon of its description."""
    if product["code"]:
        return f"{product['nomenclature']} {product['code']}"
    return product["description"].split(":")[0]


def described(product: Row) -> str:
    """What a product holds, without what its title says already."""
    text = product["description"].removeprefix(title(product)).lstrip(": ")
    return text[:1].upper() + text[1:]


def lineage(product: Row, products: dict[str, Row]) -> list[Row]:
    """What a product is a part of, the widest first."""
    found: list[Row] = []
    while parent := products.get(product["parent"] or ""):
        found.insert(0, parent)
        product = parent
    return found


def products_pages(release: Release) -> dict[str, str]:
    """Pages of all products and their list, by their paths under ``docs/``."""
    products: dict[str, Row] = {row["product"]: row for row in release.records("products")}
    names = {row["area"]: row["name"] for row in release.records("areas")}
    flows, bibliography = product_flows.by_product(release), Bibliography(release)
    pages, listed = {}, []
    for key, product in products.items():
        rows = flows.get(key)
        facts: dict[str, Any] = {
            "rows": 0 if rows is None else len(rows),
            "first": "" if rows is None else rows["period"].str[:4].min(),
            "last": "" if rows is None else rows["period"].str.split("/").str[-1].str[:4].max(),
        }
        listed.append(product | facts | {"title": title(product), "holds": described(product)})
        pages[f"products/{key}/index.md"] = profile(
            "product.md.j2",
            title(product),
            f"{title(product)}: {product['description']}. What the code holds, and who trades it.",
            product=product,
            facts=facts,
            products=products,
            titled=title,
            described=described,
            lineage=lineage(product, products),
            children=[row for row in products.values() if row["parent"] == key],
            trap=two_lines(release) if key == MAGNETS else None,
            tables=[] if rows is None else product_flows.by_reporter(rows),
            quoted=[] if rows is None else product_flows.quoted(rows),
            names=names,
            open=OPEN,
            bibtex=bibliography.of({product["source_id"], *([] if rows is None else rows["source_id"].unique())}),
        )
    listed.sort(key=lambda row: (-row["rows"], row["product"]))
    return pages | {
        "products/index.md": profile("products.md.j2", *LISTED, hide=("toc",), products=listed, names=products, titled=title)
    }
