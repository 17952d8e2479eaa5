"""Data of the picture of flows: who ships a product to whom in one year, the smaller sides gathered."""

from typing import Any

import pandas as pd

from scripts.site.credit import edition
from scripts.site.flows import CALLED, HEADINGS, MAGNETS
from scripts.site.release import Release

#: Sides with a name of their own in each year, the largest of that year; all others are one.
EXPORTERS, IMPORTERS = 8, 10
OTHERS = "others"
COLUMNS = ["picture", "year", "exporter", "importer", "value_usd", "flows", "scope", "valuation", "grade", "source_id"]


def pictures(release: Release) -> dict[str, dict[str, Any]]:
    """What can be drawn: key to label, the sentence below the picture, and its flows.

    Each rests on one dataset and one way of counting, so nothing in a picture is told twice. Flows that the United States
    reports have it on one side; its imports are told by customs value and its exports by FAS value, as two pictures.
    """
    flows = release.load("trade_flows")
    annual = flows[(flows["freq"] == "A") & flows["value"].notna() & (flows["currency"] == "USD")]
    found = {
        MAGNETS: {
            "label": f"{CALLED[MAGNETS]} ({MAGNETS}), all countries",
            "said": "Value FOB, as CEPII reconciles the reports of both sides. Every kind of metal magnet, not only rare-earth magnets.",
            "rows": annual[(annual["product"] == MAGNETS) & (annual["basis"] == "reconciled")],
        }
    }
    for heading in HEADINGS:
        for flow, said in {
            "import": "imports for consumption at customs value",
            "export": "domestic exports at FAS value",
        }.items():
            rows = annual[(annual["product"] == heading) & (annual["basis"] == "reported") & (annual["flow"] == flow)]
            rows = rows[(rows["reporter"] == "USA") & (rows["scope"] == "named_partners")]
            found[f"{heading}-{flow}"] = {
                "label": f"{CALLED[heading]} ({heading}), {flow}s of the United States",
                "said": f"As the United States reports: {said}, for the partners that were asked for, not the world.",
                "rows": rows,
            }
    return found


def drawn(release: Release) -> pd.DataFrame:
    """Every band of every picture: ``COLUMNS``; ``others`` stands for all sides without a name in that year."""
    return pd.concat([_bands(key, picture["rows"]) for key, picture in pictures(release).items()], ignore_index=True)


def _bands(key: str, rows: pd.DataFrame) -> pd.DataFrame:
    imports = rows["flow"] == "import"
    rows = rows.assign(
        picture=key,
        year=rows["period"].astype("int64"),
        exporter=rows["reporter"].mask(imports, rows["partner"]),
        importer=rows["partner"].mask(imports, rows["reporter"]),
    )
    for side, most in (("exporter", EXPORTERS), ("importer", IMPORTERS)):
        sums = rows.groupby(["year", side])["value"].sum().reset_index()
        order = sums.sort_values(["year", "value", side], ascending=[True, False, True], kind="stable")
        named = set(order.groupby("year").head(most).set_index(["year", side]).index)
        pairs = zip(rows["year"], rows[side], strict=True)
        rows = rows.assign(**{side: [code if (year, code) in named else OTHERS for year, code in pairs]})
    bands = rows.groupby(["picture", "year", "exporter", "importer", "scope", "valuation", "source_id"], as_index=False).agg(
        value_usd=("value", "sum"), flows=("value", "size"), grade=("grade", "max")
    )
    return bands.sort_values(["year", "value_usd", "exporter", "importer"], ascending=[True, False, True, True])[COLUMNS]


def payload(frame: pd.DataFrame, release: Release) -> dict[str, Any]:
    """What the script of the picture reads: names, pictures, and bands as lists to keep the page small."""
    codes = {*frame["exporter"], *frame["importer"]} - {OTHERS}
    names = release.load("areas").set_index("area")["name"].to_dict()
    labels = {key: {"label": found["label"], "said": found["said"]} for key, found in pictures(release).items()}
    kept = frame[["picture", "year", "exporter", "importer", "value_usd", "flows", "source_id", "scope"]]
    named = {
        row["source_id"]: edition(row) for row in release.records("sources", source_id=sorted(frame["source_id"].unique()))
    }
    sources = list(named)
    bands = [
        [picture, year, exporter, importer, round(value), flows, sources.index(source), int(scope == "main_partners")]
        for picture, year, exporter, importer, value, flows, source, scope in kept.itertuples(index=False, name=None)
    ]
    return {
        "names": {code: names[code] for code in sorted(codes)},
        "pictures": labels,
        "sources": list(named.items()),
        "bands": bands,
    }


def newest(frame: pd.DataFrame) -> pd.DataFrame:
    """Bands of magnets in the newest year of which every flow is known, the largest first."""
    rows = frame[(frame["picture"] == MAGNETS) & (frame["scope"] == "complete")]
    return rows[rows["year"] == rows["year"].max()].sort_values("value_usd", ascending=False, kind="stable")


def table(frame: pd.DataFrame, release: Release) -> dict[str, Any]:
    """The same figures as a table, for the picture that stands when the page opens."""
    names = release.load("areas").set_index("area")["name"].to_dict() | {OTHERS: "all others"}
    rows = newest(frame).to_dict("records")
    sources = {row["source_id"]: edition(row) for row in release.records("sources")}
    return {
        "rows": [
            row | {"from_name": names[row["exporter"]], "to_name": names[row["importer"]], "edition": sources[row["source_id"]]}
            for row in rows
        ]
    }


def words(frame: pd.DataFrame, release: Release) -> dict[str, Any]:
    """Facts for the sentences: the newest year, its value, and the largest bands."""
    rows = table(frame, release)["rows"]
    return {
        "year": rows[0]["year"],
        "total": sum(row["value_usd"] for row in rows),
        "flows": sum(row["flows"] for row in rows),
        "largest": [row for row in rows if OTHERS not in (row["exporter"], row["importer"])][:5],
    }
