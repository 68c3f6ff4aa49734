"""Chains (留痕链): add an entry to the chain of an entity's book, and prove a chain whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import models, transaction
from django.utils import timezone

from mingzhang.records.acting import actor
from mingzhang.records.models import Entity, TrailChain, TrailEntry, TrailRow
from mingzhang.records.trail.digests import canonical, json_like, sm3, sm3_of_lines
from mingzhang.records.trail.kept import Seal, is_kept, kind_of, seal_of

LEDGER = "ledger"
"""The book whose entries' rows are vouchers; all others' are rows of kept tables."""

_STATED = ("actor", "action", "subject", "key", "before", "after", "reason", "rows", "rows_digest", "previous")  # fmt: skip


class Tables(NamedTuple):
    """The tables of the trail: those of today, or as a migration finds them."""

    chain: type[models.Model]
    entry: type[models.Model]
    row: type[models.Model]


TODAY = Tables(TrailChain, TrailEntry, TrailRow)


def record(
    book: str,
    action: str,
    subject: str,
    *,
    entity: Entity | None = None,
    of: models.Model | None = None,
    before: Any = None,
    after: Any = None,
    reason: str = "",
    rows: int = 0,
    rows_digest: str = "",
    touched: Iterable[models.Model] = (),
    removed: Iterable[Seal] = (),
) -> TrailEntry:
    """Add an entry to the chain of the entity's book; inside the transaction that makes the change, after it.

    `touched` are the rows of kept tables as the change leaves them, `removed` the seals of those it took out. `of` is
    among them by itself: touched where `after` is given, removed where only `before` is.
    """
    seals = [seal_of(row) for row in touched]
    if of is not None and is_kept(of) and (before is not None or after is not None):
        own = seal_of(of, removed=True) if after is None else seal_of(_as_stored(of))
        seals = [own, *(seal for seal in seals if seal[:2] != own[:2])]
    entry = add_entry(
        TODAY,
        (book, entity.pk if entity else None, entity.code if entity else ""),
        [*seals, *removed],
        action=action,
        subject=subject,
        key=f"{kind_of(of)}:{of.pk}" if of is not None else "",
        before=before,
        after=after,
        reason=reason,
        rows=rows,
        rows_digest=rows_digest,
    )
    assert isinstance(entry, TrailEntry)
    return entry


def _as_stored(row: models.Model) -> models.Model:
    """The row as its table has it, whatever the caller's copy says."""
    return row._meta.model._base_manager.get(pk=row.pk)


def add_entry(
    tables: Tables,
    place: tuple[str, int | None, str],
    seals: Sequence[Seal],
    *,
    action: str,
    subject: str,
    key: str = "",
    before: Any = None,
    after: Any = None,
    reason: str = "",
    rows: int = 0,
    rows_digest: str = "",
) -> models.Model:
    """Add an entry with the seals of its rows; `place` is the book with the key and the code of its entity."""
    book = place[0]
    if seals and (rows or book == LEDGER):
        raise ValueError("the rows of an entry are vouchers or rows of kept tables, not both")
    if seals:
        rows, rows_digest = len(seals), sm3_of_lines(seal.line() for seal in seals)
    with transaction.atomic():
        chain = _locked(tables.chain, *place)
        entry = tables.entry(
            chain=chain,
            number=chain.length + 1,
            at=timezone.now(),
            actor=actor()[:60],
            action=action,
            subject=subject[:200],
            key=key,
            before=json_like(before),
            after=json_like(after),
            reason=reason[:300],
            rows=rows,
            rows_digest=rows_digest,
            previous=chain.head,
        )
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
        tables.row._default_manager.bulk_create(
            [tables.row(entry=entry, **seal._asdict()) for seal in seals], batch_size=2000
        )
        chain.length, chain.head = entry.number, entry.digest
        chain.save(update_fields=["length", "head"])
    return entry


def _locked(chains: type[models.Model], book: str, entity: int | None, code: str) -> Any:
    name = f"{code}/{book}" if code else book
    stated = {"entity_id": entity, "book": book, "head": seed_of(name)}
    chains._default_manager.get_or_create(name=name, defaults=stated)
    return chains._default_manager.select_for_update().get(name=name)


def seed_of(name: str) -> str:
    """What stands before the first entry of a chain: the SM3 of its name, so that no chain can pass for another."""
    return sm3(name)


def digest_of(entry: Any) -> str:
    """The SM3 of an entry's content with the digest before it."""
    stated = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        **{name: getattr(entry, name) for name in _STATED},
    }
    return sm3(canonical(stated))


def broken_entries(chain: TrailChain) -> Iterator[tuple[int, str]]:
    """(number, what is wrong in Chinese) of every entry that was changed, taken out or put in."""
    previous, expected = seed_of(chain.name), 1
    for entry in chain.entries.order_by("number").iterator(chunk_size=2_000):
        if entry.number != expected:
            missing = (
                f"第{expected}至{entry.number - 1}条" if entry.number - 1 > expected else f"第{expected}条"
            )
            yield expected, f"缺{missing}"
        elif entry.previous != previous:
            yield entry.number, "与上一条衔接不上"
        if digest_of(entry) != entry.digest:
            yield entry.number, "内容被改动"
        previous, expected = entry.digest, entry.number + 1
    if (expected - 1, previous) != (chain.length, chain.head):
        yield expected, f"末尾与链头不符：应有{chain.length}条，现有{expected - 1}条"


def entry_time(entry: TrailEntry) -> datetime:
    """When an entry was made, in local time."""
    return timezone.localtime(entry.at)
