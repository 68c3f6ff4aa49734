"""The trail looked through (查看留痕): entries of one's scope by entity, book, person, action, day and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from mingzhang.records.administration.scope import may_everywhere
from mingzhang.records.models import Entity, TrailChain, TrailEntry
from mingzhang.records.policy import Access, Action

WINDOW = 100_000
"""Words are looked for in so many entries at a time, so that no search reads the whole trail at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; blank means any."""

    entity: Entity | None = None
    book: str = ""
    actor: str = ""
    action: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, newest first, and before which entry to go on; None where there is nothing more."""

    entries: list[TrailEntry]
    before: int | None
    searched_in_part: bool = False
    """Whether only a window was looked through, and nothing more may be found further back."""


def chains_of(access: Access) -> QuerySet[TrailChain]:
    """The chains that a person may look at; those of no entity only with the right at every entity."""
    scope = Q(entity__in=[entity.pk for entity in access.entities(Action.VIEW_TRAIL)])
    if may_everywhere(access, Action.VIEW_TRAIL):
        scope |= Q(entity=None)
    return TrailChain.objects.filter(scope).select_related("entity")


def trail_page(access: Access, asked: Asked, before: int | None = None, size: int = 50) -> Page:
    """One page of the trail."""
    chains = chains_of(access)
    if asked.entity is not None:
        chains = chains.filter(entity=asked.entity)
    if asked.book:
        chains = chains.filter(book=asked.book)
    keys = list(chains.values_list("pk", flat=True))
    found = TrailEntry.objects.filter(chain_id__in=keys).select_related("chain__entity").order_by("-id")
    if asked.since:
        found = found.filter(at__gte=_midnight(asked.since))
    if asked.until:
        found = found.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    if before is None:
        before = (TrailEntry.objects.aggregate(last=Max("id"))["last"] or 0) + 1
    found = found.filter(pk__lt=before)
    searching = bool(asked.words or asked.actor or asked.action)
    floor = before - WINDOW if searching else 0
    if searching:
        found = found.filter(_words(asked), pk__gte=floor)
    entries = list(found[: size + 1])
    if len(entries) > size:
        return Page(entries[:size], entries[size - 1].pk)
    return Page(entries, floor, True) if floor > 1 else Page(entries, None)


def _words(asked: Asked) -> Q:
    wanted = Q()
    if asked.actor:
        wanted &= Q(actor__icontains=asked.actor)
    if asked.action:
        wanted &= Q(action__icontains=asked.action)
    if asked.words:
        wanted &= Q(subject__icontains=asked.words) | Q(reason__icontains=asked.words)
    return wanted


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def every_entry(access: Access, asked: Asked, most: int) -> Iterator[TrailEntry]:
    """Entries page by page, newest first, at most so many."""
    before: int | None = None
    given = 0
    while True:
        page = trail_page(access, asked, before, 500)
        yield from page.entries[: most - given]
        given += len(page.entries)
        if page.before is None or given >= most:
            return
        before = page.before


def differences(entry: TrailEntry) -> list[tuple[str, Any, Any]]:
    """(path, before, after) of everything that the change moved; None where there was or is nothing."""
    before, after = dict(_leaves(entry.before)), dict(_leaves(entry.after))
    return [
        (path, before.get(path), after.get(path))
        for path in dict.fromkeys([*before, *after])
        if before.get(path) != after.get(path)
    ]


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        parts = value.items()
    elif isinstance(value, list):
        parts = ((str(place), each) for place, each in enumerate(value))
    else:
        if value is not None:
            yield path, value
        return
    for name, each in parts:
        yield from _leaves(each, f"{path}.{name}" if path else name)
