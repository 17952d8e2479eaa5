"""What all USGS sources have in common."""

MCS = "Mineral Commodity Summaries"
MYB = "Minerals Yearbook"
DS140 = "Data Series 140"
TABLE = "World Mine Production and Reserves"


def usgs_source(source_id: str, series: str, edition: str, title: str, **more: object) -> dict[str, object]:
    """A row of ``sources`` for a work of the U.S. Geological Survey (public domain unless said otherwise)."""
    return {
        "source_id": source_id,
        "kind": "report",
        "publisher": "U.S. Geological Survey",
        "title": title,
        "series": series,
        "edition": edition,
        "language": "en",
        "licence": "US-Government-Work",
        "redistributable": True,
        "attribution": f"U.S. Geological Survey, {series}{' ' + edition if edition else ''}.",
        **more,
    }
