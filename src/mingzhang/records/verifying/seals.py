"""Seals (登记留痕): the rows that an entry names are those that it named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mingzhang.documents import Problem
from mingzhang.records.models import TrailEntry, TrailRow
from mingzhang.records.trail.chains import LEDGER
from mingzhang.records.trail.digests import Chained
from mingzhang.records.trail.kept import KEPT, Seal
from mingzhang.records.verifying.merging import merged
from mingzhang.records.verifying.wording import RESTORE, entry_place


def verify_seals(proved: Counter[str]) -> Iterator[Problem]:
    """Count and digest of the seals of every entry."""
    entries = TrailEntry.objects.exclude(chain__book=LEDGER).filter(rows__gt=0)
    rows = TrailRow.objects.order_by("entry_id", "id").values_list(
        "entry_id", "kind", "key", "name", "digest"
    )
    pairs = merged(
        entries.select_related("chain").order_by("id").iterator(chunk_size=2000),
        lambda entry: entry.pk,
        rows.iterator(chunk_size=5000),
        lambda row: row[0],
    )
    for entry, own in pairs:
        if entry is None:
            for _, kind, _, name, _ in own:
                what = f"{chinese_of(kind)}“{name}”的留痕明细没有所属的留痕"
                yield Problem("seal_without_entry", what, "留痕明细", RESTORE)
            continue
        chained, count = Chained(), 0
        for _, *stated in own:
            chained.add(Seal(*stated).line())
            count += 1
        proved["行留痕明细"] += count
        if (count, chained.digest()) != (entry.rows, entry.rows_digest):
            what = f"“{entry.subject}”的留痕明细被改动：应有{entry.rows}行，现有{count}行"
            where = entry_place(entry)
            yield Problem("seals_changed", what, where, RESTORE)


def chinese_of(kind: str) -> str:
    """How people call a kept table."""
    return KEPT[kind].chinese if kind in KEPT else kind
