"""What ``python -m scripts.pages`` writes: one module per kind of page."""
