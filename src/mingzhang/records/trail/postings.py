"""Postings (记账留痕): one entry for the vouchers that one entity books at once, which names every one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from mingzhang.records.models import Entity, TrailEntry
from mingzhang.records.trail.chains import LEDGER, record
from mingzhang.records.trail.digests import Chained, sm3_of_lines

PART = 100
"""How many vouchers share a digest of their own within a posting, so that a forged one is found among a hundred."""

_PART_DIGITS = 16
_ENDING = re.compile(r"[0-9]{1,18}\Z")

Run = list[Any]
"""Vouchers numbered one after the other: [year, first number, how many]."""


class Postings:
    """The vouchers of a posting, taken in one by one in the order of their keys."""

    def __init__(self) -> None:
        self.count = 0
        self.runs: list[Run] = []
        self.first = self.last = ""
        self._next: tuple[int, str] | None = None
        self._whole = Chained()
        self._parts: list[str] = []
        self._waiting: list[str] = []

    def add(self, year: int, number: str, digest: str) -> None:
        """Take one voucher in."""
        if (year, number) == self._next:
            self.runs[-1][2] += 1
        else:
            self.runs.append([year, number, 1])
        self._next = (year, following(number))
        self.first, self.last = self.first or number, number
        self.count += 1
        self._waiting.append(digest)
        if len(self._waiting) == PART:
            self._whole.add(*self._waiting)
            self._parts.append(self._last_part())
            self._waiting = []

    def _last_part(self) -> str:
        return sm3_of_lines(self._waiting)[:_PART_DIGITS]

    def digest(self) -> str:
        """The SM3 of all digests in order."""
        return self._whole.digest(*self._waiting)

    def parts(self) -> list[str]:
        """The beginning of the SM3 of every hundred; none where they are fewer than a hundred and one."""
        if self.count <= PART:
            return []
        return [*self._parts, self._last_part()] if self._waiting else list(self._parts)

    def after(self) -> dict[str, Any]:
        """What the entry states of them: numbers and parts."""
        return {"numbers": self.runs, **({"parts": self.parts()} if self.count > PART else {})}

    def subject(self) -> str:
        """Which they are, in words."""
        return (
            f"凭证{self.first}" if self.count == 1 else f"凭证{self.count}张（{self.first} 至 {self.last}）"
        )


def following(number: str) -> str:
    """The number after a voucher's: its last digits count on, as wide as they are; blank where it has none.

    >>> following("记-2021-03-0009"), following("记-9"), following("甲")
    ('记-2021-03-0010', '记-10', '')
    """
    found = _ENDING.search(number)
    if found is None:
        return ""
    return f"{number[: found.start()]}{int(found[0]) + 1:0{len(found[0])}d}"


def numbers_of(runs: Iterable[Run]) -> Iterator[tuple[int, str]]:
    """(year, number) of every voucher of an entry, in order."""
    for year, number, count in runs:
        for _ in range(count):
            yield year, number
            number = following(number)


def record_posting(
    entity: Entity, action: str, vouchers: Iterable[tuple[int, str, str]], *, after: Any = None, **stated: Any
) -> TrailEntry:
    """Record what an entity books: (year, number, digest) of every voucher; `after` and `stated` say more of it."""
    postings = Postings()
    for voucher in vouchers:
        postings.add(*voucher)
    return record(
        LEDGER,
        action,
        postings.subject(),
        entity=entity,
        after={**(after or {}), **postings.after()},
        rows=postings.count,
        rows_digest=postings.digest(),
        **stated,
    )
