"""Fetch raw files from their publishers into an archive by hash.

``client`` speaks HTTP, ``archive`` keeps what came, ``files`` knows which files there are and
where each comes from, ``run`` brings the three together. Run ``python -m scripts.fetch``.
"""
