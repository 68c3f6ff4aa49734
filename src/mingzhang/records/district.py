"""All departments of a district on one page (全区总览): books, approval, days left, what was published, totals.

One query a table. The totals of a department are summed anew only where its trail has moved since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from django.db import connection
from django.db.models import Count, Max
from django.utils import timezone

from mingzhang.facts import Coordinate
from mingzhang.records.definitions import shares
from mingzhang.records.disclosures import due_on
from mingzhang.records.live import kept_live, states_of
from mingzhang.records.models import Disclosure, Entity, PeriodLock, Proposal, Publication, Statement
from mingzhang.records.organisation import Organisation
from mingzhang.records.points import fact_store
from mingzhang.records.publishing import edition_of
from mingzhang.records.sums import REVENUE_AND_EXPENDITURE, ledger_sums


@dataclass(frozen=True, slots=True)
class DepartmentState:
    """One department's year: amounts in fen, `findings` of the draft's audit where it was made."""

    department: Entity
    units: int
    closed: int
    revenue_fen: int
    expenditure_fen: int
    disclosure: Disclosure | None
    due: date | None
    days_left: int | None
    proposal: Proposal | None
    version: int | None
    published_on: date | None
    findings: int | None

    @property
    def is_late(self) -> bool:
        """Whether the day to publish by has gone without a publication."""
        return self.version is None and self.days_left is not None and self.days_left < 0


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
        row["entity"]: row for row in published.annotate(version=Max("version"), on=Max("published_on"))
    }
    waiting = Proposal.objects.filter(
        entity__in=departments, year=year, kind="publication", state__in=Proposal.OPEN
    )
    proposals = {row.entity_id: row for row in waiting}
    sums = _totals(departments, year, organisation)
    found = []
    for department in departments:
        disclosure = disclosures.get(department.pk)
        due = due_on(disclosure) if disclosure else None
        last = newest.get(department.pk, {})
        now = kept_live(department, year)
        audit = now.known_audit(department, edition_of(department)) if now else None
        found.append(
            DepartmentState(
                department,
                len(units[department.pk]),
                sum(unit.pk in closed for unit in units[department.pk]),
                *sums[department.pk],
                disclosure,
                due,
                (due - today).days if due else None,
                proposals.get(department.pk),
                last.get("version"),
                last.get("on"),
                len(audit.remarks) if audit else None,
            )
        )
    return found


_LOCK = Lock()
_KNOWN: dict[tuple[str, str, int], tuple[str, tuple[int, int]]] = {}
"""Revenue and expenditure of departments by book, code and year, with the state of the books they are of."""


def _totals(
    departments: Iterable[Entity], year: int, organisation: Organisation
) -> dict[int, tuple[int, int]]:
    """(revenue, expenditure) in fen, payments inside each department taken out."""
    heads = states_of(departments, organisation)
    place = str(connection.settings_dict["NAME"])
    found = {}
    for department in departments:
        key = (place, department.code, year)
        with _LOCK:
            known = _KNOWN.get(key)
        if known is None or known[0] != heads[department.pk]:
            known = (heads[department.pk], _summed(department, year, organisation))
            with _LOCK:
                _KNOWN[key] = known
        found[department.pk] = known[1]
    return found


def _summed(department: Entity, year: int, organisation: Organisation) -> tuple[int, int]:
    units = {unit.code: unit for unit in department.units(organisation.entities)}
    sums: dict[str, int] = defaultdict(int)
    for row in ledger_sums(units.values(), [year], REVENUE_AND_EXPENDITURE):
        for share in shares(row.stated, units[row.entity].kind, organisation.departments, row.entity):
            if share.concept in ("revenue", "expenditure") and not (share.credits_only and row.fen > 0):
                sums[share.concept] += share.sign * row.fen
    if not sums and Statement.objects.filter(entity__in=[department, *units.values()], year=year).exists():
        return _stated(department, year)
    return sums["revenue"], sums["expenditure"]


def _stated(department: Entity, year: int) -> tuple[int, int]:
    """The same of a department whose figures were entered as its reports state them, without vouchers."""
    store = fact_store(department.code, [year])
    revenue, expenditure = (
        store.value(Coordinate(concept, (), department.code, str(year)))
        for concept in ("revenue", "expenditure")
    )
    return round((revenue or 0) * 100), round((expenditure or 0) * 100)
