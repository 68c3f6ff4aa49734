"""What a person has before them (待办): what is under way, what is late, what changed lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from mingzhang.records.models import (
    Disclosure,
    Entity,
    PeriodLock,
    Proposal,
    Publication,
    TrailEntry,
    Voucher,
    VoucherKind,
)
from mingzhang.records.policy import Access, Action

PUBLISH_WITHIN = 20
"""Days from the approval (批复) to the publication (预算法 第十四条)."""
_WARN_WITHIN = 7
_CLOSE_BY = 15
"""Months should be closed by this day of the next month: a habit of accounting offices, not a rule of law."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something due: what, of whom, by when; `days_left` is negative where it is late."""

    kind: str
    text: str
    entity: Entity
    year: int
    due: date
    days_left: int


def own_open(access: Access) -> list[Proposal]:
    """What this person has under way."""
    return list(
        Proposal.objects.filter(prepared_by=access.user, state__in=Proposal.OPEN).select_related("entity")[
            :50
        ]
    )


def recent_changes(access: Access, limit: int = 12) -> list[TrailEntry]:
    """The latest entries of the trails of the entities in this person's scope."""
    scope = [entity.pk for entity in access.entities(*Action)]
    return list(
        TrailEntry.objects.filter(chain__entity__in=scope)
        .select_related("chain__entity")
        .order_by("-id")[:limit]
    )


def late(access: Access, today: date | None = None) -> list[Duty]:
    """Publications and closes that are due within a week or late, the most urgent first."""
    today = today or timezone.localdate()
    found = [*_publications(access, today), *_closes(access, today)]
    return sorted(found, key=lambda duty: duty.days_left)


def _publications(access: Access, today: date) -> list[Duty]:
    scope = access.entities(Action.PREPARE_PUBLICATION, Action.APPROVE_PUBLICATION, Action.OVERSEE)
    published = set(Publication.objects.filter(entity__in=scope).values_list("entity_id", "year"))
    found = []
    for disclosure in Disclosure.objects.filter(entity__in=scope, approved_on__isnull=False).select_related(
        "entity"
    ):
        due = disclosure.approved_on + timedelta(days=PUBLISH_WITHIN)
        left = (due - today).days
        if (disclosure.entity_id, disclosure.year) not in published and left <= _WARN_WITHIN:
            text = f"{disclosure.year}年度决算应在批复后{PUBLISH_WITHIN}日内公开"
            found.append(Duty("publication", text, disclosure.entity, disclosure.year, due, left))
    return found


def _closes(access: Access, today: date) -> list[Duty]:
    last_month = today.replace(day=1) - timedelta(days=1)
    due = today.replace(day=_CLOSE_BY)
    left = (due - today).days
    if left > _WARN_WITHIN:
        return []
    year, month = last_month.year, last_month.month
    kept = Voucher.objects.filter(entity=OuterRef("pk"), year=year, month=month)
    locked = PeriodLock.objects.filter(entity=OuterRef("pk"), year=year, month__in=(month, PeriodLock.YEAR))
    scope = [entity.pk for entity in access.entities(Action.PREPARE_CLOSE) if entity.keeps_books]
    waiting = Entity.objects.filter(
        Exists(kept.exclude(kind=VoucherKind.OPENING)), ~Exists(locked), pk__in=scope
    )
    return [Duty("close", f"{month}月还没有结账", entity, year, due, left) for entity in waiting]
