"""Make the release: one module for each kind of file, and the list of steps in ``steps``.

``python -m scripts.release`` writes ``dist/``; with ``--site`` also the site and its archive.
The same commit gives the same bytes: nothing in a file depends on the clock, the machine, the
user or the order of a set.
"""

from scripts.tables import ROOT

DIST = ROOT / "dist"


class ReleaseError(Exception):
    """The release cannot be made; the message says what is wrong and how to mend it."""
