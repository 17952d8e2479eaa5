"""The referee: frictionless says whether the package conforms to Data Package and Table Schema."""

from __future__ import annotations

from collections.abc import Iterator

import frictionless

from rare_earths.package import DESCRIPTOR, Package
from rare_earths.validate.patterns import check_patterns
from rare_earths.validate.problems import Problem

MEND = "see the text of the error; the descriptor is made again by `python -m scripts.describe`"


def conformance_problems(package: Package) -> Iterator[Problem]:
    """What frictionless finds in the descriptor, the schemas, the keys, the foreign keys and the hashes."""
    for table in package.tables:
        package.path(table)
        check_patterns(package.schema(table))
    report = frictionless.validate(str(package.folder / DESCRIPTOR))
    for error in report.errors:
        yield _problem("(package)", error)
    for task in report.tasks:
        for error in task.errors:
            yield _problem(task.name, error)


def _problem(table: str, error: frictionless.Error) -> Problem:
    line = getattr(error, "row_number", None)
    column = getattr(error, "field_name", None)
    value = getattr(error, "cell", None)
    return Problem(table, line, column, value, f"frictionless:{error.type}", error.message, MEND)
