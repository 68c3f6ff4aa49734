"""How far the closing of a year is (结账进度): month by month, what is closed, what waits, what comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from mingzhang.records.models import Entity, PeriodLock, Proposal, Voucher, VoucherKind


@dataclass(slots=True)
class PeriodState:
    """A month, or the year as month 13."""

    month: int
    has_vouchers: bool = False
    lock: PeriodLock | None = None
    proposal: Proposal | None = None
    """The close that others have before them, or that was sent back."""
    waiting: int = 0
    """Vouchers of the period that are not posted yet."""

    @property
    def state(self) -> str:
        """`closed`, `waiting` (prepared), `open`, or `empty` where nothing was posted."""
        if self.lock is not None:
            return "closed"
        if self.proposal is not None:
            return "waiting"
        return "open" if self.has_vouchers else "empty"


@dataclass(slots=True)
class YearState:
    """A unit's year: its twelve months and the year itself."""

    entity: Entity
    year: int
    months: list[PeriodState] = field(default_factory=lambda: [PeriodState(month) for month in range(1, 13)])
    whole: PeriodState = field(default_factory=lambda: PeriodState(PeriodLock.YEAR))

    @property
    def next_month(self) -> int:
        """The month that may be closed next, 0 where there is none: not yet over, or prepared already."""
        if self.whole.lock is not None:
            return 0
        first = next((each.month for each in self.months if each.has_vouchers), 13)
        for each in self.months[first - 1 :]:
            if each.lock is None:
                return each.month if each.proposal is None and is_over(self.year, each.month) else 0
        return 0

    @property
    def waiting(self) -> int:
        """Vouchers not posted yet."""
        return sum(each.waiting for each in self.months)

    @property
    def has_vouchers(self) -> bool:
        """Whether anything was posted in the year."""
        return any(each.has_vouchers for each in self.months)


def is_over(year: int, month: int) -> bool:
    """Whether the last day of the period has come."""
    following = date(year + 1, 1, 1) if month >= 12 else date(year, month + 1, 1)
    return following - timedelta(days=1) <= timezone.localdate()


def year_states(units: Iterable[Entity], year: int) -> list[YearState]:
    """The states of several units, asked for together."""
    states = {unit.pk: YearState(unit, year) for unit in units}
    for entity, *found in _months_with_vouchers(list(states), year):
        for month, has_vouchers in zip(states[entity].months, found, strict=True):
            month.has_vouchers = has_vouchers
    for lock in PeriodLock.objects.filter(entity__in=list(states), year=year):
        _period(states[lock.entity_id], lock.month).lock = lock
    proposals = Proposal.objects.filter(
        entity__in=list(states), year=year, state__in=Proposal.OPEN, kind__in=("close", "voucher")
    ).select_related("prepared_by")
    waiting: dict[tuple[int, int], int] = defaultdict(int)
    for proposal in proposals:
        if proposal.kind == "close":
            _period(states[proposal.entity_id], int(proposal.payload["month"])).proposal = proposal
        else:
            waiting[proposal.entity_id, month_of(proposal)] += 1
    for (entity, month), count in waiting.items():
        _period(states[entity], month).waiting = count
    return list(states.values())


def _months_with_vouchers(entities: list[int], year: int) -> QuerySet[Entity, tuple[Any, ...]]:
    """(entity, whether January has vouchers, … December), each answered by the first one the index finds."""
    posted = Voucher.objects.filter(entity=OuterRef("pk"), year=year).exclude(kind=VoucherKind.OPENING)
    months = {f"month_{month}": Exists(posted.filter(month=month)) for month in range(1, 13)}
    return Entity.objects.filter(pk__in=entities).order_by().annotate(**months).values_list("pk", *months)


def month_of(proposal: Proposal) -> int:
    """The month that a voucher not posted yet is dated in; January where its date cannot be read."""
    text = str(proposal.payload.get("date") or "")[5:7]
    return int(text) if text.isdecimal() and 1 <= int(text) <= 12 else 1


def _period(state: YearState, month: int) -> PeriodState:
    return state.whole if month == PeriodLock.YEAR else state.months[month - 1]
