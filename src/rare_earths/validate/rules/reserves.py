"""Rules of the table ``reserves``."""

from rare_earths.validate.rules.figures import chosen

RULES = chosen("reserves_reported", "reserves_t_reo", ["area", "as_of_year"])
