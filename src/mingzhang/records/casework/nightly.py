"""The nightly run (每夜处理): automatic steps, the calendar's next year, provisional deadlines, heads on the trail, stuck records and damaged files told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from mingzhang.casework.official_calendar import official_years
from mingzhang.documents import Problem
from mingzhang.records.casework.anchoring import anchor_cases
from mingzhang.records.casework.attachments import damaged
from mingzhang.records.casework.calendars import seed
from mingzhang.records.casework.deadlines import recompute
from mingzhang.records.casework.errors import RefusedError
from mingzhang.records.casework.lines import all_lines, kind_of
from mingzhang.records.casework.models import Attachment, Record
from mingzhang.records.casework.stuck import stuck_records
from mingzhang.records.casework.transitions import take_automatically

STAGES = ("办理自动步骤", "更新工作日历和期限", "查找停滞件", "核对附件", "锚定业务链头")


@dataclass(slots=True)
class Night:
    """What a night did: steps taken, days of the calendar put in, deadlines that moved, heads put down, stuck records by reason,
    files that are damaged.
    """

    taken: int = 0
    days: int = 0
    moved: int = 0
    anchored: int = 0
    stuck: Counter[str] = field(default_factory=Counter)
    damaged: list[Problem] = field(default_factory=list)


def run(today: date | None = None, tell: Callable[[str], None] | None = None) -> Night:
    """Do the night's work; done twice it changes nothing more. Each step is a transaction of its own, so that a kill loses none."""
    today, say = today or timezone.localdate(), tell or (lambda words: None)
    night = Night()
    say(STAGES[0])
    for record, action in list(_automatic()):
        try:
            take_automatically(record, action, today=today)
        except RefusedError:
            continue
        night.taken += 1
    say(STAGES[1])
    night.days = seed(official_years())
    night.moved = recompute()
    say(STAGES[2])
    for found in stuck_records(today):
        night.stuck[found.code] += 1
    say(STAGES[3])
    night.damaged = list(damaged(Attachment.objects.order_by("pk").iterator(chunk_size=1000)))
    say(STAGES[4])
    night.anchored = anchor_cases()
    return night


def _automatic() -> Iterator[tuple[Record, str]]:
    """Records in a state from which an automatic step leads, with the step; its guards decide."""
    for line in all_lines().values():
        for kind_id in line.kinds:
            kind = kind_of(f"{line.id}.{kind_id}")
            assert kind.states is not None
            for step in kind.states.transitions:
                if step.automatic and step.sources:
                    waiting = Record.objects.filter(line=line.id, kind=kind_id, state__in=step.sources)
                    for record in waiting.order_by("pk"):
                        yield record, step.action
