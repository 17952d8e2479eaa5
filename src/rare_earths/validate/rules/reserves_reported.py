"""Rules of the table ``reserves_reported``."""

from rare_earths.validate.rules.figures import rules, world_total

FIGURE = "reserves_t_reo"
#: Totals are printed to two or three significant digits, so two percent is rounding.
RULES = (*rules(FIGURE, "reserves_as_printed"), world_total(FIGURE, ["source_id"], tolerance=0.02, listed=8))
