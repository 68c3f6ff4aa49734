"""The log of readings (查阅记录): who opened which personal field of which record, when and why; all for the auditor, one's own for everybody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone

from mingzhang.casework.definitions import Kind
from mingzhang.portal.access import Here, post_holders
from mingzhang.portal.pages.casework.shown import address_of
from mingzhang.portal.pages.casework.tabs import shown
from mingzhang.portal.typed import day, whole_number
from mingzhang.records.casework.lines import all_lines, kind_of
from mingzhang.records.casework.models import ReadLog
from mingzhang.records.casework.reading import PURPOSES, readings
from mingzhang.records.casework.values import field_at

_PAGE = 100
_CLASSES = {"P1": "一般", "P2": "敏感", "P3": "封存"}
_MOST_READERS = 10
_OTHERS = {"document": "文书", "export": "敏感信息导出"}


@post_holders
def listing(here: Here) -> HttpResponse:
    """The readings that fit what is asked, the latest first, and who reads most in the last month."""
    asked = {
        name: here.request.GET.get(name, "").strip()[:60]
        for name in ("q", "privacy", "purpose", "from", "to")
    }
    rows = _narrowed(readings(here.user), asked)
    before = whole_number(here.request.GET.get("before"))
    page = list((rows.filter(pk__lt=before) if before else rows)[: _PAGE + 1])
    opens = set(
        here.case.records().filter(pk__in=[row.record_id for row in page]).values_list("pk", flat=True)
    )
    all_of_them = here.case.reads_logs()
    month = timezone.now() - timedelta(days=30)
    return shown(
        here,
        "casework/reads.html",
        rows=[_row(row, opens) for row in page[:_PAGE]],
        more=page[_PAGE - 1].pk if len(page) > _PAGE else None,
        asked=asked,
        address="&".join(f"{name}={value}" for name, value in asked.items() if value),
        classes=list(_CLASSES.items()),
        purposes=[(word, word) for word in PURPOSES.values()],
        all_of_them=all_of_them,
        readers=list(
            ReadLog.objects.filter(at__gte=month)
            .values("user__name", "user__username")
            .annotate(times=Count("pk"), records=Count("record", distinct=True))
            .order_by("-times", "user__name")[:_MOST_READERS]
        )
        if all_of_them
        else [],
    )


def _narrowed(rows: QuerySet[ReadLog], asked: dict[str, str]) -> QuerySet[ReadLog]:
    if words := asked["q"]:
        rows = rows.filter(
            Q(user__name__icontains=words) | Q(user__username=words) | Q(record__number__icontains=words)
        )
    if asked["privacy"] in _CLASSES:
        rows = rows.filter(privacy=asked["privacy"])
    if asked["purpose"] in PURPOSES.values():
        rows = rows.filter(purpose=asked["purpose"])
    if begins := day(asked["from"]):
        rows = rows.filter(at__date__gte=begins)
    if ends := day(asked["to"]):
        rows = rows.filter(at__date__lte=ends)
    return rows


def _row(row: ReadLog, opens: set[int]) -> dict[str, Any]:
    """A reading in words; the record is linked for who has it in scope, for the auditor it stays a number."""
    record, line = row.record, None
    kind: Kind | None = None
    if record is not None and record.line in all_lines():
        line = all_lines()[record.line]
        kind = kind_of(f"{record.line}.{record.kind}") if record.kind in line.kinds else None
    field = field_at(kind, row.path) if kind else None
    return {
        "at": row.at,
        "user": row.user,
        "number": (record.number or record.key[:8]) if record else "",
        "kind": f"{line.chinese}·{kind.chinese}" if line and kind else "业务人员",
        "field": field.chinese if field else _OTHERS.get(row.path.partition("/")[0], row.path),
        "privacy": _CLASSES.get(row.privacy, row.privacy),
        "style": "error" if row.privacy == "P3" else "warning" if row.privacy == "P2" else "",
        "purpose": row.purpose,
        "address": address_of(record) if record and record.pk in opens else "",
    }
