"""Split an amount exactly: largest remainder, in fen, so that the parts add up to the whole to the last fen."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random


def split(fen: int, weights: Sequence[int], step: int = 1) -> list[int]:
    """Parts of an amount in proportion to weights, each a multiple of `step` fen; the odd fen go to the last part.

    >>> split(100, [1, 1, 1])
    [34, 33, 33]
    >>> split(100_05, [1, 1], 100)
    [5000, 5005]
    """
    total = sum(weights)
    if total <= 0:
        raise ValueError("weights must add up to more than zero")
    whole, odd = divmod(fen, step)
    exact = [whole * weight for weight in weights]
    parts = [share // total for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(exact[place] % total), place))
    for place in by_remainder[: whole - sum(parts)]:
        parts[place] += 1
    shares = [part * step for part in parts]
    shares[-1] += odd
    return shares


def varied(fen: int, weights: Sequence[int], percent: int, random: Random) -> list[int]:
    """Parts that vary by up to `percent` around their weights; larger ones in whole yuan or tens of yuan."""
    if percent:
        weights = [weight * (100 + random.randint(-percent, percent)) for weight in weights]
    average = fen // len(weights)
    step = (
        1000 if fen % 1000 == 0 and average >= 100_000 else 100 if fen % 100 == 0 and average >= 10_000 else 1
    )
    return split(fen, weights, step)
