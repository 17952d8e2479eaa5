"""Rules of the table ``production``."""

from rare_earths.validate.rules.figures import chosen

RULES = chosen("production_reported", "quantity_t_reo", ["area", "year", "stage"])
