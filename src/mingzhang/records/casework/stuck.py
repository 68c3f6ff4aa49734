"""Stuck records (停滞件): what the nightly run lists, each with why and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from mingzhang.casework.definitions import Kind, Shape
from mingzhang.records.casework.lines import all_lines, kind_of
from mingzhang.records.casework.models import Deadline, Event, Record

SILENT_DAYS = 15
"""Days without an event after which an open matter is silent; a local choice."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A stuck record: the code of the reason, what is wrong, what to do."""

    record: Record
    code: str
    what: str
    remedy: str


def stuck_records(
    today: date | None = None, records: QuerySet[Record] | None = None, silent_days: int = SILENT_DAYS
) -> Iterator[Stuck]:
    """Every record that stands still without reason, of those given or of all; one may be told more than once."""
    today = today or timezone.localdate()
    scope = Record.objects.all() if records is None else records
    for line in all_lines().values():
        for kind_id in line.kinds:
            kind = kind_of(f"{line.id}.{kind_id}")
            own = scope.filter(line=line.id, kind=kind_id).select_related("owner")
            yield from _of_kind(own, kind, today, silent_days)


def _of_kind(own: QuerySet[Record], kind: Kind, today: date, silent_days: int) -> Iterator[Stuck]:
    assert kind.states is not None
    final = [state.id for state in kind.states.states if state.final]
    known = [state.id for state in kind.states.states]
    yield from _told(
        own.exclude(state__in=known), "state", "状态不在状态表中", "请系统管理员核对状态表的版本。"
    )
    open_deadline = Deadline.objects.filter(record=OuterRef("pk"), standing__in=Deadline.OPEN)
    ended = own.filter(state__in=final)
    yield from _told(
        ended.filter(Exists(open_deadline)),
        "deadline",
        "已经办结，期限还在计算",
        "核对期限是否办理，补登办理步骤。",
    )
    child = Record.objects.filter(parent=OuterRef("pk"), closed_on=None, line=kind.line).exclude(kind=kind.id)
    yield from _told(
        ended.filter(Exists(child)), "child", "已经办结，衍生的事项还没有办结", "先办结衍生事项。"
    )
    if kind.shape not in (Shape.MATTER, Shape.ACTIVITY):
        return
    running = own.exclude(state__in=final).filter(state__in=known)
    yield from _told(running.filter(owner__is_active=False), "owner", "承办人已停用", "请负责人改派承办人。")
    yield from _long_paused(running, today)
    quiet = running.exclude(holds__to_on=None, holds__isnull=False).exclude(Exists(open_deadline))
    last = Event.objects.filter(
        record=OuterRef("pk"), recorded_at__date__gt=today - timedelta(days=silent_days)
    )
    yield from _told(
        quiet.exclude(Exists(last)),
        "silent",
        f"{silent_days}天没有办理，也没有在计的期限",
        "请承办人办理，或说明理由后中止。",
    )


def _long_paused(running: QuerySet[Record], today: date) -> Iterator[Stuck]:
    over = running.filter(holds__to_on=None, holds__until_on__lt=today).distinct()
    yield from _told(over, "hold", "中止已过预计恢复的日期", "请恢复办理，或重新说明中止的理由和期限。")


def _told(records: QuerySet[Record], code: str, what: str, remedy: str) -> Iterator[Stuck]:
    for record in records.order_by("pk").iterator(chunk_size=1000):
        yield Stuck(record, code, what, remedy)
