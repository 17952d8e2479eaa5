"""Rules of the table ``prices``."""

from rare_earths.validate.rules.values import rules

RULES = rules("price", "price_as_printed")
