"""Long lists in batches, as databases take them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

BATCH = 5000
Value = TypeVar("Value")


def chunks(values: Iterable[Value]) -> Iterator[list[Value]]:
    """Lists of at most a batch each, in order."""
    remaining = iter(values)
    while chunk := list(islice(remaining, BATCH)):
        yield chunk
