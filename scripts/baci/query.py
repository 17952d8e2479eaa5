"""The question asked of BACI, written once for every engine."""

from collections.abc import Collection, Mapping

import ibis


def wanted(files: Mapping[str, ibis.Table], codes: Collection[str]) -> ibis.Table:
    """Rows of our codes, with the file that each stands in.

    Parameters
    ----------
    files
        Tables with the columns of BACI, by the name of their file; ``k`` is a whole number, as
        files write a code with or without its leading zeros, the other cells are text.
    codes
        Six-digit codes.

    Returns
    -------
    ibis.Table
        The columns of BACI and ``file``.
    """
    numbers = sorted(map(int, codes))
    parts = [table.filter(table.k.isin(numbers)).mutate(file=ibis.literal(name)) for name, table in files.items()]
    return ibis.union(*parts) if len(parts) > 1 else parts[0]
