"""Figures of a line (统计): each by its definition card, opened down to its records, frozen where it is published."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from mingzhang.casework import metrics as engine
from mingzhang.casework.access import Scope, letters, scope
from mingzhang.casework.definitions import Flavour, Metric
from mingzhang.casework.periods import Period
from mingzhang.documents import Problem
from mingzhang.portal.access import Here, casework
from mingzhang.portal.forms import new_key
from mingzhang.portal.pages.casework.choosing import area_choices
from mingzhang.portal.pages.casework.periods import asked, presets, query_of
from mingzhang.portal.pages.casework.shown import Row, kinds_of, rows_of
from mingzhang.portal.pages.casework.tabs import COUNTING, READING, shown
from mingzhang.portal.showing import done, tell
from mingzhang.portal.typed import whole_number
from mingzhang.portal.years import current_year
from mingzhang.records.casework import frozen, metrics
from mingzhang.records.casework.calendars import calendar
from mingzhang.records.casework.metrics import Figure
from mingzhang.records.casework.models import Area, Frozen, Record
from mingzhang.records.proposals.kind import RefusedError

_PAGE = 100
_GRAINS = {"records": "逐件登记", "platform": "外部平台导出", "return": "单位月报", "mixed": "登记与月报合计"}
_DATES = {
    "occurred_on": "发生日期",
    "received_at": "收到时间",
    "accepted_on": "受理日",
    "closed_on": "办结日",
    "recorded_on": "记入日期",
}


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with its definition card."""

    metric: Metric
    value: str
    is_number: bool
    base: str
    grain: str
    late: int
    date_field: str
    address: str


@casework(*COUNTING)
def overview(here: Here) -> HttpResponse:
    """All figures of the line in a period."""
    line = here.line
    assert line is not None
    year = current_year()
    period, error = asked(here.request.GET, year)
    code = here.request.GET.get("area", "")
    area = Area.objects.filter(code=code).first() if code else None
    if code and area is None:
        error = "没有这个街道社区，已按全部计算：请从列表中选择。"
    query = query_of(period) + (f"&area={area.code}" if area else "")
    figures = metrics.figures(line.metrics.values(), period, area=area, records=_reach(here))
    return shown(
        here,
        "casework/statistics.html",
        figures=[_card(here, figure, query) for figure in figures],
        period=_words(period),
        presets=presets(year),
        asked=query_of(period),
        areas=area_choices(),
        area=code,
        error=error,
    )


@casework(*COUNTING)
def one(here: Here, metric: str) -> HttpResponse:
    """A figure, its records, what was frozen of it and how that stands now."""
    return _shown(here, metric)


@casework("A", "W", work=True)
def freeze(here: Here, metric: str) -> HttpResponse:
    """Keep the figure as it is now."""
    if here.request.method != "POST":
        raise Http404
    figure, query = _figure(here, metric, whole=True)
    reason = here.request.POST.get("reason", "").strip()
    if reason:
        frozen.freeze(figure, here.user, reason)
        done(here, f"已固定：{figure.metric.chinese} {figure.printed}")
    else:
        tell(here, RefusedError(Problem("E-REQ", "没有写明用在哪里", "用在哪里", "写明用途，再固定。")))
    assert here.line is not None
    return redirect(f"{reverse('casework_figure', kwargs={'line': here.line.id, 'metric': metric})}?{query}")


def _reach(here: Here) -> QuerySet[Record] | None:
    """The records that the person's figures count: all of them, or where the posts reach only some, these."""
    assert here.line is not None
    posts = here.case.posts_in(here.line.id)
    reaches = {scope(here.line.access, post.role) for post in posts if "S" in letters(here.line.access, post.role)}
    return None if reaches & {None, Scope.ALL} else here.case.records(here.line.id)


def _figure(here: Here, name: str, *, whole: bool = False) -> tuple[Figure, str]:
    """The figure of an address and the query that asks for it; what is published counts everything. Raises Http404."""
    assert here.line is not None
    if name not in here.line.metrics:
        raise Http404(f"没有指标“{name}”")
    period, _ = asked(here.request.GET, current_year())
    code = here.request.GET.get("area", "")
    area = Area.objects.filter(code=code).first() if code else None
    query = query_of(period) + (f"&area={area.code}" if area else "")
    return metrics.figure(name, period, area=area, records=None if whole else _reach(here)), query


def _shown(here: Here, name: str) -> HttpResponse:
    figure, query = _figure(here, name)
    may_read = here.may_in_line(*READING)
    after = whole_number(here.request.GET.get("after"))
    return shown(
        here,
        "casework/figure.html",
        it=_card(here, figure, query),
        period=_words(figure.period),
        asked=query,
        frozen=[_frozen(row) for row in _frozen_rows(figure)],
        may_freeze=here.may_in_line("A", "W"),
        key=new_key(),
        problems=(),
        hidden=not may_read,
        lists=_lists(here, figure, after) if may_read else [("计入的件", [], len(figure.keys), None)],
    )


def _lists(here: Here, figure: Figure, after: int) -> list[tuple[str, list[Row], int, int | None]]:
    """The records that the figure counted, and those of its base: as far as they are in scope."""
    parts = [("计入的件" if figure.denominator is None else "分子：计入的件", figure.keys)]
    if figure.denominator is not None:
        parts.append(("分母", figure.base_keys))
    late = set(figure.late)
    found = []
    for title, keys in parts:
        page = keys[after : after + _PAGE]
        records = here.case.records().filter(key__in=page).select_related("owner").order_by("occurred_on", "pk")
        rows = rows_of(records, timezone.localdate(), calendar())
        for row, record in zip(rows, records, strict=True):
            row.late = record.key in late
        found.append((title, rows, len(keys), after + _PAGE if len(keys) > after + _PAGE else None))
    return found


def _card(here: Here, figure: Figure, query: str) -> Card:
    metric = figure.metric
    assert here.line is not None
    base = ""
    if figure.denominator is not None:
        base = f"{_plain(figure.numerator)} ÷ {_plain(figure.denominator)}"
        base += f"（{metric.basis}）" if metric.basis else ""
    return Card(
        metric=metric,
        value=figure.printed,
        is_number=figure.value is not None and metric.flavour is not Flavour.FLAG and metric.unit != "%",
        base=base,
        grain=_GRAINS.get(figure.grain, figure.grain),
        late=len(figure.late),
        date_field=_date_field(here, metric),
        address=f"{reverse('casework_figure', kwargs={'line': here.line.id, 'metric': metric.id})}?{query}",
    )


def _plain(number: Any) -> str:
    return f"{number:,}" if isinstance(number, int) else f"{float(number):,.2f}".rstrip("0").rstrip(".")


def _date_field(here: Here, metric: Metric) -> str:
    """The day that decides whether a record counts, in the words of its kind."""
    name = metric.numerator.date_field
    if not name:
        return "截至期末"
    assert here.line is not None
    fields = {
        each.name: each.chinese
        for kind in kinds_of(here.line)
        if kind.id in metric.numerator.kinds
        for field in kind.fields
        for each in (field, *field.fields)
    }
    return fields.get(name.rpartition(".")[2]) or _DATES.get(name, name)


def _words(period: Period) -> dict[str, Any]:
    return {"chinese": period.chinese, "begins": period.first, "ends": period.last}


def _frozen_rows(figure: Figure) -> list[Frozen]:
    return list(
        Frozen.objects.filter(
            metric=figure.metric.id, from_on=figure.period.first, to_on=figure.period.last, area=figure.area
        ).select_related("by")
    )


def _frozen(row: Frozen) -> dict[str, Any]:
    """A frozen figure, and the value beside it where that has changed."""
    found = frozen.restated(row)
    parts = (("新计入", found.joined), ("不再计入", found.left), ("其中补录", found.late))
    why = "，".join(f"{label} {len(keys)} 件" for label, keys in parts if keys)
    return {
        "row": row,
        "value": engine.printed(found.now.metric, None if row.value is None else Fraction(row.value)),
        "restated": found.now.printed if found.differs else None,
        "why": why,
    }


