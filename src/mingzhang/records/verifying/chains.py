"""Chains (留痕链): no entry changed, taken out, put in or exchanged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import F, Window
from django.db.models.functions import Lag

from mingzhang.documents import Problem
from mingzhang.records.models import TrailChain, TrailEntry
from mingzhang.records.trail import broken_entries
from mingzhang.records.verifying.wording import RESTORE, chain_called


def _earlier_than_before() -> int:
    """How many entries tell an earlier time than the one before them in their chain."""
    before = Window(Lag("at"), partition_by="chain_id", order_by="number")
    return TrailEntry.objects.annotate(at_before=before).filter(at__lt=F("at_before")).count()


def verify_chains(proved: Counter[str]) -> Iterator[Problem]:
    """Every chain, entry by entry from its first."""
    for chain in TrailChain.objects.order_by("name"):
        for number, what in broken_entries(chain):
            yield Problem(
                "chain_broken", f"留痕链断裂：{what}", f"{chain_called(chain.name)}第{number}条", RESTORE
            )
        proved["条留痕链"] += 1
        proved["条留痕"] += chain.length
    proved["条留痕的时间早于前一条（时钟被调慢过，先后以编号为准）"] += _earlier_than_before()
    strays = TrailEntry.objects.exclude(chain_id__in=TrailChain.objects.values("id"))
    for entry in strays.iterator(chunk_size=2000):
        what = f"留痕“{entry.subject}”所在的链不见了"
        yield Problem("chain_missing", what, f"留痕记录{entry.pk}", RESTORE)
