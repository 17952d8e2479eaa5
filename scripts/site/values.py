"""What the values of a closed list mean, from the schema, and how often each stands in the reported tables."""

from scripts.site.release import Release
from scripts.site.render import render

#: The tables of facts, as far as they share columns.
TABLES = ("production_reported", "reserves_reported", "trade_flows")
COLUMNS = ("grade", "qualifier", "status", "measurement")


def values_part(release: Release, column: str, tables: tuple[str, ...] = TABLES) -> str:
    """Definition of a column and the count of each of its values.

    Raises
    ------
    ValueError
        When the tables define the column differently, which would make one page say two things.
    """
    fields = {table: field for table in tables for field in release.package.schema(table)["fields"] if field["name"] == column}
    first = next(iter(fields.values()))
    if any(field["description"] != first["description"] for field in fields.values()):
        raise ValueError(f"{column} is described differently in {' and '.join(fields)}; one of the schemas needs another name")
    counts = {table: release.load(table)[column].value_counts().to_dict() for table in fields}
    values = first["constraints"]["enum"]
    return render("values.md.j2", column=column, description=first["description"], values=values, counts=counts)
