"""Rows of the user's own, beside the package: what may not be released, or was asked for on this machine only.

Each source has a folder ``local/<name>/`` with ``trade_flows.csv`` and ``sources.csv`` in the form
of ``data/``. Git ignores ``local/``, and no release reads it.

``extension``
    Writes and reads these folders.
``check``
    The rules of the package on them, but the one against their release.
``mirror``
    ``trade_mirror`` from the rows of the package and these.
"""
