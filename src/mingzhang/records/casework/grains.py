"""Grains (统计口径): for a register, an organisation and a month exactly one of records, an outside platform and a return counts.

Where nothing is decided, single records and those of a platform count together, as they are told apart by their source, and returns do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction

from mingzhang.casework.definitions import Line, Metric
from mingzhang.casework.metrics import returned_items
from mingzhang.casework.periods import Period
from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.lines import line_of
from mingzhang.records.casework.models import Area, Grain, Organisation
from mingzhang.records.casework.organisations import and_below
from mingzhang.records.casework.registries import area_and_below
from mingzhang.records.casework.return_sums import ReturnSum, Stated, return_sum
from mingzhang.records.people.models import User
from mingzhang.records.trail import content, enter, record

RECORDS = Grain.Kind.RECORDS.value
PLATFORM = Grain.Kind.PLATFORM.value
RETURN = Grain.Kind.RETURN.value
MIXED = "mixed"


class Place(NamedTuple):
    """Where a decision holds: the register (a kind's id), the organisation's key, the first day of the month."""

    register: str
    organisation: str
    month: date


@dataclass(frozen=True, slots=True)
class Counts:
    """What counts for a metric in a period: the decided grains, and what reviewed returns add where they count."""

    decided: Mapping[Place, str] = field(default_factory=dict)
    returns: ReturnSum = field(default_factory=ReturnSum)

    def admit(self, view: Mapping[str, Any], day: date) -> bool:
        """Whether what a record tells of that day counts beside what was decided."""
        register = str(view["kind"]).rpartition(".")[2]
        decided = self.decided.get(Place(register, view["organisation"], day.replace(day=1)))
        return decided is None or decided == (PLATFORM if view["source_system"] else RECORDS)


def counts_of(metric: Metric, period: Period, entity: Organisation | None, area: Area | None) -> Counts:
    """What was decided for the metric's registers in the months of the period, and the returns that count by it."""
    line = line_of(metric.line)
    first = period.first.replace(day=1)
    rows = Grain.objects.filter(
        line=metric.line, register__in=metric.numerator.kinds, month__gte=first, month__lte=period.last
    ).select_related("organisation")
    if entity is not None:
        rows = rows.filter(organisation__in=and_below(entity))
    if area is not None:
        rows = rows.filter(organisation__area__in=area_and_below(area))
    decided = list(rows)
    if not decided:
        return Counts()
    numerator, base = stated_by_returns(metric, line)
    places = {(row.organisation_id, row.month) for row in decided if row.kind == RETURN}
    return Counts(
        {Place(row.register, row.organisation.key, row.month): row.kind for row in decided},
        return_sum(line, numerator, base, metric.unit, period, places),
    )


def stated_by_returns(metric: Metric, line: Line) -> tuple[Stated, Stated]:
    """The items of returns that tell a metric's numerator and its base. The base is told where another metric of the line counts the very same and is
    returned; a rate whose base no return tells is not told by returns at all.
    """
    numerator = Stated(*returned_items(metric.returned_as))
    if metric.denominator is None or not numerator.form:
        return numerator, Stated()
    for other in line.metrics.values():
        base = Stated(*returned_items(other.returned_as))
        if (
            base.form == numerator.form
            and other.denominator is None
            and other.numerator == metric.denominator
        ):
            return numerator, base
    return Stated(), Stated()


def registers_of(line: Line, form: str) -> list[str]:
    """The kinds whose facts a return form tells."""
    told = (each for each in line.metrics.values() if returned_items(each.returned_as)[0] == form)
    return sorted({kind for metric in told for kind in metric.numerator.kinds if kind in line.kinds})


def declare(
    user: User, line_id: str, register: str, organisation: Organisation, month: date, kind: str, reason: str
) -> Grain:
    """Decide as a person: with the letters W or A for the line, and a reason. Raises RefusedError."""
    line, access = line_of(line_id), CaseAccess(user)
    whole = [post for post in access.posts_in(line_id) if post.organisation is None and post.area is None]
    if not any(set(line.access.get(post.role, "")) & {"W", "A"} for post in whole):
        raise refused(
            "E-ROLE", "您的岗位不能确定统计口径", line.chinese, f"请由{line.chinese}的承办人员办理。"
        )
    if register not in line.kinds:
        raise refused("E-REF", f"{line.chinese}没有台账“{register}”", "台账", "核对台账的名称。")
    if kind not in Grain.Kind.values:
        raise refused(
            "E-CODE", f"没有统计口径“{kind}”", "统计口径", f"请选用：{'、'.join(Grain.Kind.labels)}。"
        )
    if not reason.strip():
        raise refused("E-REQ", "确定统计口径须写明理由", "理由", "填写理由。")
    return decide(line_id, register, organisation, month, kind, reason.strip())


def decide(
    line: str, register: str, organisation: Organisation, month: date, kind: str, reason: str = ""
) -> Grain:
    """Decide which grain counts; a decision is changed by the next, both on the trail."""
    month = month.replace(day=1)
    with transaction.atomic():
        rows = Grain.objects.select_for_update()
        row = rows.filter(line=line, register=register, organisation=organisation, month=month).first()
        if row is None:
            made = Grain(
                line=line, register=register, organisation=organisation, month=month,
                kind=Grain.Kind(kind).value, reason=reason[:200],
            )  # fmt: skip
            return enter([made], reason=reason)[0]
        before = content(row)
        row.kind, row.reason = Grain.Kind(kind).value, reason[:200]
        row.save()
        record("returns", "修改", str(row), of=row, before=before, after=content(row), reason=reason)
        return row
