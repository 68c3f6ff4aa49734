"""Digits as they are printed, and what they would say with one of them wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from mingzhang.numbers.printed import Printed

_LONG = 4
"""A figure of fewer characters has lost no leading digit: it is another one."""


def differ_by_one_digit(one: str, other: str) -> bool:
    """Whether two figures of the same length differ in exactly one digit.

    >>> differ_by_one_digit("518.44", "578.44"), differ_by_one_digit("12", "120"), differ_by_one_digit("7", "7")
    (True, False, False)
    """
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def nearly_equal(one: Printed, other: Printed) -> bool:
    """Whether two figures of one unit differ in one digit, 492 and 412.00 as much as 492.00 and 412.00.

    A leading digit may be lost: 3846.29 and 846.29.

    >>> from mingzhang.numbers import printed
    >>> nearly_equal(printed("492"), printed("412.00")), nearly_equal(printed("412"), printed("412.00"))
    (True, False)
    """
    decimals = max(one.decimals, other.decimals)
    texts = [f"{each.value:.{decimals}f}" for each in (one, other)]
    shortest, longest = sorted(map(len, texts))
    if shortest >= _LONG:
        texts = [text.rjust(longest, "0") for text in texts]
    return one.unit == other.unit and differ_by_one_digit(texts[0], texts[1])


def digit_steps(value: Decimal, decimals: int) -> Iterator[Decimal]:
    """By how much a figure changes when one of its digits is another."""
    digits = f"{abs(value):.{decimals}f}".replace(".", "")
    sign = -1 if value < 0 else 1
    for place, digit in enumerate(reversed(digits)):
        unit = Decimal(1).scaleb(place - decimals)
        yield from (sign * (other - int(digit)) * unit for other in range(10) if other != int(digit))


def one_digit_changed(figure: Printed) -> Iterator[Printed]:
    """The figure with each of its digits replaced by each other one."""
    for change in digit_steps(figure.value, figure.decimals):
        yield replace(figure, value=figure.value + change)
