"""Digits as they are printed."""

from __future__ import annotations


def differ_by_one_digit(one: str, other: str) -> bool:
    """Whether two figures of the same length differ in exactly one digit.

    >>> differ_by_one_digit("518.44", "578.44"), differ_by_one_digit("12", "120"), differ_by_one_digit("7", "7")
    (True, False, False)
    """
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
