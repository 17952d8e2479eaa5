"""Rules that Table Schema cannot say: one module per table, with a tuple ``RULES``.

A table without a module has no rules of its own.
"""

from importlib import import_module
from importlib.util import find_spec

from rare_earths.validate.rule import Rule
from rare_earths.validate.rules import citation


def own_rules(schema: dict) -> list[Rule]:
    """Rules of a table beyond its schema: those of its module, and those of every table that cites."""
    module = f"{__name__}.{schema['name']}"
    rules = list(import_module(module).RULES) if find_spec(module) else []
    return [*rules, *citation.rules(schema)]
