"""Drawing by lot that anybody can repeat (抽样): each record's place follows from the seed and its key, not from who draws or in which order they stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def draw(keys: Iterable[str], count: int, seed: str) -> list[str]:
    """The `count` keys whose SM3 of seed and key is smallest, in that order; all where there are fewer.

    Another key in the population puts nobody else out of order, so a drawing is checked by the list alone.

    >>> draw(["a", "b", "c", "d"], 2, "2021") == draw(["d", "c", "b", "a"], 2, "2021")
    True
    """
    return sorted(set(keys), key=lambda key: (lot(key, seed), key))[: max(0, count)]


def lot(key: str, seed: str) -> str:
    """The lot of a key under a seed, in hexadecimal."""
    return hashlib.new("sm3", f"{seed}\n{key}".encode()).hexdigest()


def population_digest(keys: Iterable[str]) -> str:
    """The SM3 of the population, whatever its order: two drawings from the same one show the same digest."""
    return hashlib.new("sm3", "\n".join(sorted(set(keys))).encode()).hexdigest()
