"""Postings (记账留痕): every entry still has all the vouchers that it booked, and no others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import F

from mingzhang.documents import Problem
from mingzhang.records.models import TrailEntry, Voucher
from mingzhang.records.trail.chains import LEDGER
from mingzhang.records.trail.postings import PART, Postings, numbers_of
from mingzhang.records.verifying.merging import merged
from mingzhang.records.verifying.wording import RESTORE, entry_place, foreign, gone


class _Booked(NamedTuple):
    """A voucher as its posting knows it."""

    posting: int
    entity: int
    year: int
    number: str
    digest: str


def verify_postings(proved: Counter[str]) -> Iterator[Problem]:
    """Count and digest of the vouchers of every entry."""
    entries = TrailEntry.objects.filter(chain__book=LEDGER, rows__gt=0).select_related("chain").order_by("id")
    vouchers = Voucher.objects.filter(posting__isnull=False).order_by(F("posting_id"), "id")
    columns = ("posting_id", "entity_id", "year", "number", "digest")
    booked = map(_Booked._make, vouchers.values_list(*columns).iterator(chunk_size=5000))
    pairs = merged(
        entries.iterator(chunk_size=2000), lambda entry: entry.pk, booked, lambda voucher: voucher.posting
    )
    for entry, own in pairs:
        if entry is None:
            for voucher in own:
                yield foreign(f"凭证{voucher.number}", f"{voucher.year}年，所指的记账留痕不存在")
            continue
        postings = Postings()
        for voucher in own:
            if voucher.entity == entry.chain.entity_id:
                postings.add(voucher.year, voucher.number, voucher.digest)
            else:
                yield foreign(f"凭证{voucher.number}", f"{voucher.year}年，所指的是别的单位的记账留痕")
        proved["次记账"] += 1
        if (postings.count, postings.digest()) != (entry.rows, entry.rows_digest):
            yield from _differences(entry, postings)


def _differences(entry: TrailEntry, now: Postings) -> Iterator[Problem]:
    """Which vouchers went, came or were forged together with their digests."""
    where = entry_place(entry)
    then, present = list(numbers_of(entry.after["numbers"])), list(numbers_of(now.runs))
    before, after = set(then), set(present)
    for year, number in then:
        if (year, number) not in after:
            yield gone(f"凭证{number}", f"{year}年，{where}")
    for year, number in present:
        if (year, number) not in before:
            yield foreign(f"凭证{number}", f"{year}年，{where}")
    if before == after:
        yield Problem("digest_forged", f"{_forged(entry, then, now)}连同摘要一起被改写", where, RESTORE)


def _forged(entry: TrailEntry, then: list[tuple[int, str]], now: Postings) -> str:
    """Which vouchers it can be: those of the hundreds that differ."""
    pairs = zip(entry.after.get("parts", ()), now.parts(), strict=False)
    parts = [place for place, (before, after) in enumerate(pairs) if before != after]
    spans = [then[place * PART : (place + 1) * PART] for place in parts] or [then]
    named = "、".join(
        f"凭证{span[0][1]}" if len(span) == 1 else f"凭证{span[0][1]}至{span[-1][1]}这{len(span)}张里有的"
        for span in spans[:20]
    )
    return named if len(spans) <= 20 else f"{named}等{len(spans)}处"
