"""What was made lately, so that it need not be made again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import wraps
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Thing = TypeVar("Thing")


class Remembered(Generic[Key, Value]):
    """The values made for the keys that were asked for last, at most so many.

    >>> lengths = Remembered[str, int](limit=2)
    >>> [lengths.get(word, lambda: len(word)) for word in ("账", "账簿", "账")]
    [1, 2, 1]
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of a key, made now where it is not remembered. Two threads may both make it; one stays."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        made = make()
        with self._lock:
            value = self._values.setdefault(key, made)
            self._forget_the_oldest()
        return value

    def all(self, keys: Sequence[Key], make: Callable[[list[Key]], Iterable[Value]]) -> list[Value]:
        """The values of several keys in their order; those not remembered are made together, in the order of their keys.

        >>> lengths = Remembered[str, int](limit=2)
        >>> lengths.all(["账", "账簿"], lambda words: map(len, words))
        [1, 2]
        """
        with self._lock:
            known = {key: self._values[key] for key in keys if key in self._values}
        missing = [key for key in keys if key not in known]
        if missing:
            known |= zip(missing, make(missing), strict=True)
        with self._lock:
            for key in keys:
                self._values[key] = known[key]
                self._values.move_to_end(key)
            self._forget_the_oldest()
        return [known[key] for key in keys]

    def _forget_the_oldest(self) -> None:
        while len(self._values) > self.limit:
            self._values.popitem(last=False)


def once_for_each(limit: int) -> Callable[[Callable[[Thing], Value]], Callable[[Thing], Value]]:
    """Let a function of one immutable thing be asked once for the same thing; its last answers, so many, stay.

    For things that say nothing short of all their parts to be told from others, such as whole tables.
    """

    def deciding(function: Callable[[Thing], Value]) -> Callable[[Thing], Value]:
        remembered: Remembered[int, tuple[Thing, Value]] = Remembered(limit)

        @wraps(function)
        def asked(thing: Thing) -> Value:
            return remembered.get(id(thing), lambda: (thing, function(thing)))[1]

        return asked

    return deciding
