"""Revenue and expenditure of departments, summed anew only where the trail of a department has moved since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from threading import Lock

from django.db import connection

from mingzhang.facts import Coordinate
from mingzhang.records.definitions import shares
from mingzhang.records.live import states_of
from mingzhang.records.models import Entity, Statement
from mingzhang.records.organisation import Organisation
from mingzhang.records.points import fact_store
from mingzhang.records.sums import REVENUE_AND_EXPENDITURE, ledger_sums

CONCEPTS = ("revenue", "expenditure")

_LOCK = Lock()
_KNOWN: dict[tuple[str, str, int], tuple[str, tuple[int, int] | None]] = {}
"""Revenue and expenditure of departments by book, code and year, with the state of the books they are of."""


def totals(
    departments: Sequence[Entity], year: int, organisation: Organisation
) -> dict[int, tuple[int, int] | None]:
    """(revenue, expenditure) in fen, payments inside each department taken out; None where nothing was handed in."""
    heads = states_of(departments, organisation)
    place = str(connection.settings_dict["NAME"])
    found: dict[int, tuple[int, int] | None] = {}
    unknown = []
    for department in departments:
        with _LOCK:
            known = _KNOWN.get((place, department.code, year))
        if known is not None and known[0] == heads[department.pk]:
            found[department.pk] = known[1]
        else:
            unknown.append(department)
    stated = _stated_totals(unknown, year)
    for department in unknown:
        summed = _booked(department, year, organisation) or stated.get(department.pk)
        summed = summed or _derived(department, year, organisation)
        with _LOCK:
            _KNOWN[place, department.code, year] = (heads[department.pk], summed)
        found[department.pk] = summed
    return found


def _booked(department: Entity, year: int, organisation: Organisation) -> tuple[int, int] | None:
    units = {unit.code: unit for unit in department.units(organisation.entities)}
    sums: dict[str, int] = defaultdict(int)
    for row in ledger_sums(units.values(), [year], REVENUE_AND_EXPENDITURE):
        for share in shares(row.stated, units[row.entity].kind, organisation.departments, row.entity):
            if share.concept in CONCEPTS and not (share.credits_only and row.fen > 0):
                sums[share.concept] += share.sign * row.fen
    return (sums["revenue"], sums["expenditure"]) if sums else None


def _stated_totals(departments: Iterable[Entity], year: int) -> dict[int, tuple[int, int]]:
    """The totals of those whose reports state both themselves, in one query."""
    codes = {
        f"{concept}{about}{measure}": concept
        for entity in departments
        for about in ("", f"@{entity.code}/{year}")
        for concept in CONCEPTS
        for measure in ("", "#actual")
    }
    rows = Statement.objects.filter(entity__in=departments, year=year, coordinate__in=list(codes))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for entity, coordinate, value in rows.values_list("entity", "coordinate", "value"):
        found[entity].setdefault(codes[coordinate], round(Fraction(value) * 100))
    return {
        entity: (sums["revenue"], sums["expenditure"])
        for entity, sums in found.items()
        if len(sums) == len(CONCEPTS)
    }


def _derived(department: Entity, year: int, organisation: Organisation) -> tuple[int, int] | None:
    """The same of a department whose reports state only the parts."""
    below = department.below(organisation.entities)
    if not Statement.objects.filter(entity__in=below, year=year).exists():
        return None
    store = fact_store(department.code, [year])
    values = [store.value(Coordinate(concept, (), department.code, str(year))) for concept in CONCEPTS]
    if all(value is None for value in values):
        return None
    revenue, expenditure = (round((value or 0) * 100) for value in values)
    return revenue, expenditure
