"""Mingzhang 明账: a department's year kept as records, and its public report computed from them."""

__version__ = "0.1.0"
