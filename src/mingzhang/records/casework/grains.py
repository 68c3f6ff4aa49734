"""Grains (统计口径): for each return form, organisation and month, whether single records, a platform's export or the unit's return counts.

Exactly one does, so that no fact counts twice. Where nothing is declared, single records do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db import transaction

from mingzhang.casework.definitions import Line, Metric
from mingzhang.casework.metrics import Admit, returned_items
from mingzhang.records.casework.access import CaseAccess
from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.lines import line_of
from mingzhang.records.casework.models import Grain, Organisation
from mingzhang.records.people.models import User
from mingzhang.records.trail import content, enter, record

Place = tuple[str, date]
"""An organisation's key and the first day of a month."""


class Stated(NamedTuple):
    """Where a counting is told by returns: the form and the items that add up to it; a blank form where no return tells it."""

    form: str = ""
    items: tuple[str, ...] = ()


def declare(
    user: User, line_id: str, form: str, organisation: Organisation, month: date, kind: str, reason: str
) -> Grain:
    """Say which grain counts for an organisation's month. Raises RefusedError without the letters W or A in the line, or a reason."""
    line = line_of(line_id)
    access = CaseAccess(user)
    if not (access.may(line_id, "W") or access.may(line_id, "A")):
        raise refused(
            "E-ROLE", "您的岗位不能确定统计口径", line.chinese, f"请由{line.chinese}的承办人员办理。"
        )
    if form not in line.returns:
        raise refused("E-REF", f"{line.chinese}没有月报“{form}”", "月报", "核对月报的名称。")
    if kind not in Grain.Kind.values:
        raise refused(
            "E-CODE", f"没有统计口径“{kind}”", "统计口径", f"请选用：{'、'.join(Grain.Kind.labels)}。"
        )
    if not reason.strip():
        raise refused("E-REQ", "确定统计口径须写明理由", "理由", "填写理由。")
    return set_grain(line_id, form, organisation, month, kind, reason)


def set_grain(
    line_id: str, form: str, organisation: Organisation, month: date, kind: str, reason: str
) -> Grain:
    """Put the grain down, with its entry on the trail."""
    first = month.replace(day=1)
    with transaction.atomic():
        row = (
            Grain.objects.select_for_update()
            .filter(line=line_id, register=form, organisation=organisation, month=first)
            .first()
        )
        if row is None:
            row = Grain(
                line=line_id,
                register=form,
                organisation=organisation,
                month=first,
                kind=kind,
                reason=reason[:200],
            )
            return enter([row], "确定口径", subject=str(row), reason=reason)[0]
        before = content(row)
        row.kind, row.reason = kind, reason[:200]
        row.save()
        record("returns", "更改口径", str(row), of=row, before=before, after=content(row), reason=reason)
        return row


def grains(line_id: str, forms: Iterable[str], first: date, last: date) -> dict[str, dict[Place, str]]:
    """What is declared in a time, by form."""
    found: dict[str, dict[Place, str]] = {form: {} for form in forms}
    rows = Grain.objects.filter(
        line=line_id, register__in=found, month__gte=first.replace(day=1), month__lte=last
    )
    for form, key, month, kind in rows.values_list("register", "organisation__key", "month", "kind"):
        found[form][key, month] = kind
    return found


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


def admitting(declared: Mapping[Place, str]) -> Admit:
    """What single records may tell under the declared grains: nothing where returns count, only a platform's rows where the platform counts, and else
    only those that no platform brought.
    """

    def admit(view: Mapping[str, object], day: date) -> bool:
        kind = declared.get((str(view["organisation"]), day.replace(day=1)))
        if kind is None:
            return True
        from_platform = bool(view["source_system"])
        return kind == Grain.Kind.PLATFORM if from_platform else kind == Grain.Kind.RECORDS

    return admit
