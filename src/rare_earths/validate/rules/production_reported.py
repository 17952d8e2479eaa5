"""Rules of the table ``production_reported``."""

from rare_earths.validate.rules.figures import rules, world_total

FIGURE = "quantity_t_reo"
#: Totals are printed to two or three significant digits, so two percent is rounding.
RULES = (*rules(FIGURE, "quantity_as_printed"), world_total(FIGURE, ["source_id", "year", "stage"], tolerance=0.02, listed=8))
