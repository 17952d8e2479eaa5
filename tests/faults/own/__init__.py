"""Faults that only our own rules can see, each put into a row by hand."""

from tests.faults.own import figures, policy, trade

FAULTS = (*figures.FAULTS, *policy.FAULTS, *trade.FAULTS)
