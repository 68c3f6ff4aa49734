"""Anchors (锚定): every chain still runs through the heads that were put down."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from mingzhang.documents import Problem
from mingzhang.records.batches import BATCH, chunks
from mingzhang.records.models import TrailChain, TrailEntry
from mingzhang.records.trail.anchors import HEADS
from mingzhang.records.verifying.wording import RESTORE, chain_called

_Known = dict[int, tuple[str, int]]
"""Of a chain: the digest that an anchor states for the entry of a number, and the anchor's own number."""


def verify_anchors(proved: Counter[str]) -> Iterator[Problem]:
    """Every head of every anchor is the digest of that entry today."""
    chains = dict(TrailChain.objects.values_list("name", "id"))
    waiting: dict[str, _Known] = defaultdict(dict)
    held = 0
    anchors = TrailEntry.objects.filter(chain__name=HEADS).order_by("number").values_list("number", "after")
    for number, after in anchors.iterator(chunk_size=100):
        proved["次锚定"] += 1
        for name, (length, head) in after["heads"].items():
            waiting[name][length] = (head, number)
            held += 1
        if held >= BATCH:
            yield from _compare(waiting, chains)
            waiting.clear()
            held = 0
    yield from _compare(waiting, chains)


def _compare(waiting: dict[str, _Known], chains: dict[str, int]) -> Iterator[Problem]:
    for name, known in waiting.items():
        if name not in chains:
            anchor = next(iter(known.values()))[1]
            yield Problem(
                "chain_missing", f"整条留痕不见了，第{anchor}次锚定时还在", chain_called(name), RESTORE
            )
            continue
        for lengths in chunks(known):
            entries = TrailEntry.objects.filter(chain_id=chains[name], number__in=lengths)
            digests = dict(entries.values_list("number", "digest"))
            for length in lengths:
                head, anchor = known[length]
                if length and digests.get(length) != head:
                    what = f"第{length}条与第{anchor}次锚定时的链头不符：链在那以后被改写或截短"
                    yield Problem("anchor_broken", what, f"{chain_called(name)}第{length}条", RESTORE)
