"""The trail (操作留痕): add an entry to the chain of an entity's book, and prove a chain whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from mingzhang.records.acting import actor
from mingzhang.records.models import Entity, TrailChain, TrailEntry

INSTALLATION = "installation"
"""The book of what belongs to no entity: people, tokens, heads."""


def sm3(text: str) -> str:
    """The SM3 of a text in UTF-8, as 64 hex digits (GB/T 32905-2016)."""
    return hashlib.new("sm3", text.encode()).hexdigest()


def canonical(value: Any) -> str:
    """The one written form of JSON-like content: keys sorted, no blanks, dates and decimals as text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, date | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no written form in the trail")


def content(record: models.Model, *without: str) -> dict[str, Any]:
    """What a record says, field by field, as the trail keeps it; `without` names fields left out."""
    fields = (field for field in record._meta.concrete_fields if field.name not in ("id", *without))
    return json.loads(canonical({field.name: field.value_from_object(record) for field in fields}))


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
) -> TrailEntry:
    """Add an entry to the chain of the entity's book; inside the transaction that makes the change."""
    name = f"{entity.code}/{book}" if entity else book
    with transaction.atomic():
        chain = _locked(name, entity, book)
        entry = TrailEntry(
            chain=chain,
            number=chain.length + 1,
            at=timezone.now(),
            actor=actor()[:60],
            action=action,
            subject=subject[:200],
            key=f"{type(of).__name__}:{of.pk}" if of is not None else "",
            before=before,
            after=after,
            reason=reason[:300],
            rows=rows,
            rows_digest=rows_digest,
            previous=chain.head,
        )
        entry.digest = digest_of(entry)
        entry.save(force_insert=True)
        chain.length, chain.head = entry.number, entry.digest
        chain.save(update_fields=["length", "head"])
    return entry


def _locked(name: str, entity: Entity | None, book: str) -> TrailChain:
    TrailChain.objects.get_or_create(name=name, defaults={"entity": entity, "book": book})
    return TrailChain.objects.select_for_update().get(name=name)


def digest_of(entry: TrailEntry) -> str:
    """The SM3 of an entry's content with the digest before it."""
    stated = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        **{
            name: getattr(entry, name)
            for name in (
                "actor", "action", "subject", "key", "before", "after", "reason", "rows", "rows_digest", "previous",
            )
        },
    }  # fmt: skip
    return sm3(canonical(stated))


def broken_entries(chain: TrailChain) -> Iterator[tuple[int, str]]:
    """(number, what is wrong in Chinese) of every entry that was changed, taken out or put in."""
    previous, expected = "", 1
    for entry in chain.entries.order_by("number").iterator(chunk_size=2_000):
        if entry.number != expected:
            yield expected, f"缺第{expected}至{entry.number - 1}条"
        elif entry.previous != previous:
            yield entry.number, "与上一条衔接不上"
        if digest_of(entry) != entry.digest:
            yield entry.number, "内容被改动"
        previous, expected = entry.digest, entry.number + 1
    if (expected - 1, previous) != (chain.length, chain.head):
        yield expected, f"末尾缺少条目：应有{chain.length}条"


def entry_time(entry: TrailEntry) -> datetime:
    """When an entry was made, in local time."""
    return timezone.localtime(entry.at)
