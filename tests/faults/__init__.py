"""Faults: what they are, how they are put into real data, and what validation must say of them.

``python -m tests.faults`` puts every fault into every table that it can be put into, on every
engine, and writes what came of it.
"""
