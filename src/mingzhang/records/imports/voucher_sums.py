"""Sums of vouchers (借贷平衡、平行记账), all of a table at once: which of them need to be looked at one by one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from mingzhang.records.checking import MIRRORS, TEMPORARY
from mingzhang.records.imports.entry_checks import Line
from mingzhang.records.imports.voucher_heads import Head
from mingzhang.records.imports.voucher_table import Entries

MIRRORED = [*sorted(set(MIRRORS.values())), ""]
"""What moves in both systems; the last place gathers what need not."""
_LARGEST_SUM = 1 << 62
"""Sums below it are exact in the machine's whole numbers."""


def weight(line: Line) -> tuple[bool, int, bool]:
    """Whether budgetary, the place among `MIRRORED` (the last for none), whether temporary money."""
    account = line.entry.account
    if line.budgetary:
        mirror = "6001" if account.startswith("6001") else account
        place = MIRRORED.index(mirror) if mirror in MIRRORED else len(MIRRORED) - 1
        return True, place, False
    return False, MIRRORED.index(MIRRORS.get(account[:4], "")), account[:4] in TEMPORARY


def to_be_looked_at(heads: Sequence[Head], part: Entries) -> list[Head]:
    """The vouchers of a table that a system does not balance in, that move cash in one system only, or whose rows stand apart.

    Every other one balances, and moves cash in both. Where amounts are too large to be added up here, it is all of them.
    """
    alone = [head for head in heads if len(head.runs) == 1]
    try:
        fen = np.array(part.fen, np.int64)
    except OverflowError:
        return list(heads)
    if not alone or int(np.abs(fen).max()) * len(fen) >= _LARGEST_SUM:
        return list(heads)
    lines = np.array(part.numbers, np.int64)
    weights = [weight(line) for line in part.distinct]
    budgetary, places, temporary = (np.array(each)[lines] for each in zip(*weights, strict=True))
    debits = np.where(np.array(part.debits), fen, -fen)
    ends = np.array([head.runs[0] for head in alone])
    moved = np.where(budgetary, -debits, debits)

    def sums(amounts: NDArray[np.int64]) -> NDArray[np.int64]:
        """What these amounts of the rows come to in each voucher."""
        up_to = np.concatenate([[0], np.cumsum(amounts)])
        found: NDArray[np.int64] = up_to[ends[:, 1]] - up_to[ends[:, 0]]
        return found

    one_sided = np.zeros(len(alone), np.bool_)
    for place in np.unique(places).tolist():
        if place != len(MIRRORED) - 1:
            one_sided |= sums(np.where(places == place, moved, 0)) != 0
    excused = np.array([head.kind in ("opening", "closing") for head in alone]) | (sums(temporary) != 0)
    unsound = (sums(np.where(budgetary, debits, 0)) != 0) | (sums(np.where(budgetary, 0, debits)) != 0)
    unsound |= one_sided & ~excused
    apart = [head for head in heads if len(head.runs) != 1]
    return [*apart, *compress(alone, unsound.tolist())]
