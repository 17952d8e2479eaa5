"""One module per derived table: reported rows in, rows of the plain-named table out.

Each module offers ``rows(tables)``, where ``tables`` maps the name of a table to
its rows as dictionaries.
"""

from types import ModuleType

from scripts.derive import claim_checks, concentration, production, quotas_yearly, reserves, revisions, trade_mirror

MODULES: dict[str, ModuleType] = {
    "production": production,
    "reserves": reserves,
    "revisions": revisions,
    "trade_mirror": trade_mirror,
    "concentration": concentration,
    "quotas_yearly": quotas_yearly,
    "claim_checks": claim_checks,
}
