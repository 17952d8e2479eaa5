"""Rules of the table ``us_salient_statistics``."""

from rare_earths.validate.rules.values import rules

RULES = rules("value", "value_as_printed")
