"""BACI at full size: the official zips of CEPII, some 260 million rows for HS92, down to our codes.

Run ``python -m scripts.baci BACI_HS92_V202601.zip``; see ``docs/methods/baci.md``.

``layout``
    What stands in a zip, and its small files.
``query``
    The one question that is asked of them, for every engine.
``engines``
    DuckDB on this machine, Spark on a cluster.
``records``
    Answers as rows of ``trade_flows``.
``replica``
    Zips of the same layout and of any size, with made-up flows, for tests and benchmarks.
"""
