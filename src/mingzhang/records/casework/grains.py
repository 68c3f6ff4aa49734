"""Grains (统计口径): for a register, an organisation and a month exactly one of records, an outside platform and a return counts.

Where nothing is decided, single records and those of a platform count together, as they are told apart by their source, and returns do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from mingzhang.casework.definitions import Counting, Metric
from mingzhang.casework.metrics import returned_items
from mingzhang.casework.periods import Period
from mingzhang.casework.predicates import as_day, values
from mingzhang.records.casework.models import Area, Grain, Organisation, ReturnItem
from mingzhang.records.casework.organisations import and_below
from mingzhang.records.casework.registries import area_and_below
from mingzhang.records.trail import content, enter, record

RECORDS = Grain.Kind.RECORDS.value
PLATFORM = Grain.Kind.PLATFORM.value
RETURN = Grain.Kind.RETURN.value
MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Counts:
    """What counts for a metric in a period: the decided grain by organisation's key and month, what reviewed returns add, which grains took part."""

    by_place: Mapping[tuple[str, date], str] = field(default_factory=dict)
    returned: Fraction = Fraction(0)
    returns: tuple[int, ...] = ()
    grains: set[str] = field(default_factory=set)

    def kept(self, found: Iterable[dict[str, Any]], counting: Counting) -> Iterator[dict[str, Any]]:
        """The views of records that count beside what was decided."""
        if not self.by_place:
            yield from found
            return
        for view in found:
            day = next((day for value in values(view, counting.date_field) if (day := as_day(value))), None)
            decided = self.by_place.get((view["organisation"], day.replace(day=1))) if day else None
            if decided is None or decided == (PLATFORM if view["source_system"] else RECORDS):
                yield view


def counts_of(metric: Metric, period: Period, entity: Organisation | None, area: Area | None) -> Counts:
    """What was decided for the metric's register in the months of the period, and the returns that count by it."""
    kinds = list(metric.numerator.kinds)
    decided = Grain.objects.filter(
        line=metric.line, register__in=kinds, month__gte=period.first.replace(day=1), month__lte=period.last
    ).select_related("organisation")
    if entity is not None:
        decided = decided.filter(organisation__in=and_below(entity))
    if area is not None:
        decided = decided.filter(organisation__area__in=area_and_below(area))
    rows = list(decided)
    if not rows:
        return Counts()
    by_place = {(row.organisation.key, row.month): row.kind for row in rows}
    form, items = returned_items(metric.returned_as)
    places = {(row.organisation_id, row.month) for row in rows if row.kind == RETURN}
    amount, returns = Fraction(0), set[int]()
    if form and places and period.has_whole_months():
        stated = ReturnItem.objects.filter(
            report__line=metric.line, report__form=form, report__state="reviewed", name__in=items, value__isnull=False,
            report__month__gte=period.first, report__month__lte=period.last,
        ).select_related("report")  # fmt: skip
        for item in stated:
            if (item.report.organisation_id, item.report.month) in places:
                amount += Fraction(item.value or 0)
                returns.add(item.report_id)
    grains = {row.kind for row in rows if row.kind != RETURN} | ({RETURN} if returns else set())
    return Counts(by_place, amount, tuple(sorted(returns)), grains)


def decide(
    line: str, register: str, organisation: Organisation, month: date, kind: str, reason: str = ""
) -> Grain:
    """Decide which grain counts; a decision is changed by the next, both on the trail."""
    month = month.replace(day=1)
    row = Grain.objects.filter(line=line, register=register, organisation=organisation, month=month).first()
    if row is None:
        return enter(
            [
                Grain(
                    line=line,
                    register=register,
                    organisation=organisation,
                    month=month,
                    kind=kind,
                    reason=reason,
                )
            ]
        )[0]
    before = content(row)
    row.kind, row.reason = Grain.Kind(kind).value, reason[:200]
    row.save()
    record("returns", "修改", str(row), of=row, before=before, after=content(row), reason=reason)
    return row
