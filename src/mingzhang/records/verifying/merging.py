"""Two ordered streams read side by side, so that neither need fit into memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TypeVar

Left = TypeVar("Left")
Right = TypeVar("Right")


def merged(
    lefts: Iterable[Left],
    left_key: Callable[[Left], int],
    rights: Iterable[Right],
    right_key: Callable[[Right], int],
) -> Iterator[tuple[Left | None, Iterable[Right]]]:
    """(one of the left, those of the right with its key), both ordered by key; None where the left has none.

    What is given of the right must be used up before the next pair is asked for.

    >>> [(left, list(right)) for left, right in merged([1, 2, 4], int, [2, 2, 3], int)]
    [(1, []), (2, [2, 2]), (None, [3]), (4, [])]
    """
    waiting = iter(lefts)
    left = next(waiting, None)
    for key, group in groupby(rights, right_key):
        while left is not None and left_key(left) < key:
            yield left, ()
            left = next(waiting, None)
        if left is not None and left_key(left) == key:
            yield left, group
            left = next(waiting, None)
        else:
            yield None, group
    while left is not None:
        yield left, ()
        left = next(waiting, None)
