"""All departments of a district on one page (全区总览): books, approval, days left, what was published, what is still missing.

One query a table. The totals of a department are summed anew only where its trail has moved since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, Min, OuterRef
from django.utils import timezone

from mingzhang.records.disclosures import due_on
from mingzhang.records.district.contacts import contacts
from mingzhang.records.district.stages import Stage
from mingzhang.records.district.totals import totals
from mingzhang.records.duties import PUBLISH_WITHIN
from mingzhang.records.models import (
    Disclosure,
    Entity,
    PeriodLock,
    Proposal,
    Publication,
    Statement,
    User,
    Voucher,
)
from mingzhang.records.organisation import Organisation
from mingzhang.records.policy import Access, Action

_SOON = 7
"""Days before the last one from which a department is reminded."""


@dataclass(frozen=True, slots=True)
class DepartmentState:
    """One department's year: `sums` are revenue and expenditure in fen, None where nothing was handed in."""

    department: Entity
    units: int
    closed: int
    is_stated: bool
    sums: tuple[int, int] | None
    disclosure: Disclosure | None
    due: date | None
    days_left: int | None
    proposal: Proposal | None
    version: int | None
    first_on: date | None
    published_on: date | None
    contact: User | None

    @property
    def revenue_fen(self) -> int:
        """Revenue, nothing where none was handed in."""
        return self.sums[0] if self.sums else 0

    @property
    def expenditure_fen(self) -> int:
        """Expenditure, likewise."""
        return self.sums[1] if self.sums else 0

    @property
    def is_closed(self) -> bool:
        """Whether every unit has closed the year, or there are no books to close."""
        return self.is_stated or (self.units > 0 and self.units == self.closed)

    @property
    def is_late(self) -> bool:
        """Whether the day to publish by has gone without a publication."""
        return self.version is None and self.days_left is not None and self.days_left < 0

    @property
    def days_taken(self) -> int | None:
        """Days from the approval to the first publication."""
        approved = self.disclosure.approved_on if self.disclosure else None
        return (self.first_on - approved).days if approved and self.first_on else None

    @property
    def days_over(self) -> int:
        """Days beyond the time allowed, published or not; 0 where it was kept or still runs."""
        if self.days_taken is not None:
            return max(0, self.days_taken - PUBLISH_WITHIN)
        return -self.days_left if self.is_late and self.days_left is not None else 0

    @property
    def stage(self) -> Stage:
        """How far it is."""
        if self.version is not None:
            return Stage.PUBLISHED
        if self.sums is None:
            return Stage.MISSING
        if self.is_late:
            return Stage.OVERDUE
        if self.proposal is not None and self.proposal.state in _UNDER_WAY:
            return Stage.SUBMITTED
        if self.days_left is None:
            return Stage.UNAPPROVED if self.is_closed else Stage.OPEN
        return Stage.SOON if self.days_left <= _SOON else Stage.WITHIN

    @property
    def lacking(self) -> list[str]:
        """What is still missing, in the order in which it is done; nothing once it is published."""
        if self.version is not None:
            return []
        if self.sums is None:
            return ["报送决算收支数"]
        said = self.disclosure
        steps = (
            (not self.is_closed, f"{self.units - self.closed}个单位年度结账"),
            (said is None or said.approved_on is None, "财政局批复"),
            (self._differs, "说明批复数与决算数的差异"),
            (said is None or said.confidentiality_at is None, "保密审查"),
            (self.proposal is None, "提交公开"),
            (self.proposal is not None, self._waits_for),
        )
        return [step for lacks, step in steps if lacks]

    @property
    def _differs(self) -> bool:
        said = self.disclosure
        return (
            said is not None
            and said.approved_on is not None
            and not said.approval_explanation
            and (said.approved_revenue_fen, said.approved_expenditure_fen) != self.sums
        )

    @property
    def _waits_for(self) -> str:
        return _WAITS.get(self.proposal.state, "办理公开") if self.proposal else ""


_WAITS = {
    Proposal.State.DRAFT: "提交公开",
    Proposal.State.RETURNED: "改正后再提交公开",
    Proposal.State.SUBMITTED: "复核公开",
    Proposal.State.REVIEWED: "审批公开",
}
_UNDER_WAY = (Proposal.State.SUBMITTED, Proposal.State.REVIEWED, Proposal.State.APPROVED)


def overseen(access: Access) -> list[Entity]:
    """The departments that a person oversees, and units that belong to none, in the organisation's order."""
    return [
        entity
        for entity in access.entities(Action.OVERSEE)
        if entity.kind == Entity.Kind.DEPARTMENT
        or (entity.keeps_books and entity.department().pk == entity.pk)
    ]


def states(departments: Sequence[Entity], year: int, today: date | None = None) -> list[DepartmentState]:
    """How each department's year stands."""
    today = today or timezone.localdate()
    organisation = Organisation()
    units = {department.pk: department.units(organisation.entities) for department in departments}
    every = [unit for found in units.values() for unit in found]
    locks = PeriodLock.objects.filter(entity__in=every, year=year, month=PeriodLock.YEAR)
    closed = dict(locks.values_list("entity").annotate(count=Count("id")).order_by())
    disclosures = {row.entity_id: row for row in Disclosure.objects.filter(entity__in=departments, year=year)}
    published = Publication.objects.filter(entity__in=departments, year=year).values("entity").order_by()
    newest = {
        row["entity"]: row
        for row in published.annotate(
            version=Max("version"), on=Max("published_on"), first=Min("published_on")
        )
    }
    waiting = Proposal.objects.filter(
        entity__in=departments, year=year, kind="publication", state__in=Proposal.OPEN
    )
    proposals = {row.entity_id: row for row in waiting}
    sums = totals(departments, year, organisation)
    stated = _without_books(departments, units, year)
    people = contacts(departments, organisation)
    found = []
    for department in departments:
        disclosure = disclosures.get(department.pk)
        due = due_on(disclosure) if disclosure else None
        last = newest.get(department.pk, {})
        found.append(
            DepartmentState(
                department=department,
                units=len(units[department.pk]),
                closed=sum(unit.pk in closed for unit in units[department.pk]),
                is_stated=department.pk in stated,
                sums=sums[department.pk],
                disclosure=disclosure,
                due=due,
                days_left=(due - today).days if due else None,
                proposal=proposals.get(department.pk),
                version=last.get("version"),
                first_on=last.get("first"),
                published_on=last.get("on"),
                contact=people.get(department.pk),
            )
        )
    return found


def _without_books(
    departments: Sequence[Entity], units: Mapping[int, Sequence[Entity]], year: int
) -> set[int]:
    """The keys of departments whose figures were entered as their reports state them, and that booked nothing."""
    stated = set(
        Statement.objects.filter(entity__in=departments, year=year)
        .values_list("entity", flat=True)
        .distinct()
    )
    below = {unit.pk: key for key in stated for unit in units[key]}
    booked = Entity.objects.filter(
        Exists(Voucher.objects.filter(entity=OuterRef("pk"), year=year)), pk__in=list(below)
    )
    return stated - {below[key] for key in booked.values_list("pk", flat=True)}
