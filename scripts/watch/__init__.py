"""Compare what is archived with what publishers offer now: ``python -m scripts.watch``, fit for a scheduled job."""
