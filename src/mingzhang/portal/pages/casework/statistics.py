"""Figures of a line (统计): each by its definition card, opened down to its records, frozen where it is published."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from mingzhang.casework import metrics as engine
from mingzhang.casework.definitions import Flavour, Metric
from mingzhang.casework.periods import Period
from mingzhang.documents import Problem
from mingzhang.portal.access import Here, casework
from mingzhang.portal.forms import new_key
from mingzhang.portal.pages.casework.choosing import area_choices
from mingzhang.portal.pages.casework.periods import asked, presets, query_of
from mingzhang.portal.pages.casework.reach import Reach, reach_of, sees_all_units
from mingzhang.portal.pages.casework.shown import Row, kinds_of, rows_of
from mingzhang.portal.pages.casework.tabs import COUNTING, READING, shown
from mingzhang.portal.showing import done, tell
from mingzhang.portal.typed import whole_number
from mingzhang.portal.years import current_year
from mingzhang.records.casework import suppressing
from mingzhang.records.casework.calendars import calendar
from mingzhang.records.casework.looking.figures import (
    Restated,
    figure_of,
    figures_of,
    frozen_of,
    grain_in_words,
)
from mingzhang.records.casework.looking.figures import freeze as keep
from mingzhang.records.casework.metrics import Figure
from mingzhang.records.casework.models import Area, Return
from mingzhang.records.proposals.kind import RefusedError

_PAGE = 100
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
    reach = reach_of(here)
    area = _area(here, reach)
    if code and area is None:
        error = "没有这个街道社区，已按全部计算：请从列表中选择。"
    query = query_of(period) + (f"&area={area.code}" if area else "")
    figures = figures_of(line.metrics.values(), period, area, reach.organisation)
    return shown(
        here,
        "casework/statistics.html",
        figures=[_card(here, figure, query) for figure in figures],
        period=_words(period),
        presets=presets(year),
        asked=query_of(period),
        areas=[
            (key, words)
            for key, words in area_choices()
            if key.startswith(reach.area.code if reach.area else "")
        ],
        area=area.code if area else "",
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
    figure, query = _figure(here, metric)
    reason = here.request.POST.get("reason", "").strip()
    if reason:
        keep(here.user, figure, reason)
        done(here, f"已固定：{figure.metric.chinese} {figure.printed}")
    else:
        tell(here, RefusedError(Problem("E-REQ", "没有写明用在哪里", "用在哪里", "写明用途，再固定。")))
    assert here.line is not None
    return redirect(f"{reverse('casework_figure', kwargs={'line': here.line.id, 'metric': metric})}?{query}")


@casework("A", work=True)
def release(here: Here, metric: str) -> HttpResponse:
    """Let a small cell be told in public texts: the head's decision, with the reason."""
    if here.request.method != "POST":
        raise Http404
    figure, query = _figure(here, metric)
    try:
        suppressing.release(here.user, figure, here.request.POST.get("reason", ""))
        done(here, f"已批准公开：{figure.metric.chinese} {figure.printed}")
    except RefusedError as refused:
        tell(here, refused)
    assert here.line is not None
    return redirect(f"{reverse('casework_figure', kwargs={'line': here.line.id, 'metric': metric})}?{query}")


def _area(here: Here, reach: Reach) -> Area | None:
    """The area asked for, within the one that the person is kept to."""
    code = here.request.GET.get("area", "")
    own = reach.area.code if reach.area else ""
    asked_for = Area.objects.filter(code=code).first() if code.startswith(own) else None
    return asked_for or reach.area


def _figure(here: Here, name: str) -> tuple[Figure, str]:
    """The figure of an address and the query that asks for it. Raises Http404."""
    assert here.line is not None
    if name not in here.line.metrics:
        raise Http404(f"没有指标“{name}”")
    period, _ = asked(here.request.GET, current_year())
    reach = reach_of(here)
    area = _area(here, reach)
    query = query_of(period) + (f"&area={area.code}" if area else "")
    return figure_of(here.line, name, period, area, reach.organisation), query


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
        frozen=[_frozen(each) for each in frozen_of(figure)],
        may_freeze=here.may_in_line("A", "W"),
        key=new_key(),
        problems=(),
        hidden=not may_read,
        returned=_returned(here, figure),
        small=_small(here, figure),
        lists=_lists(here, figure, after) if may_read else [("计入的件", [], len(figure.keys), None)],
    )


def _small(here: Here, figure: Figure) -> dict[str, Any] | None:
    """What a public text prints of a small cell, by whose release it tells more, and whether the person may give one; None where nothing is held back."""
    if not suppressing.is_small(figure):
        return None
    assert here.line is not None
    found = suppressing.public_text(figure)
    return {
        "text": found.text,
        "release": found.release,
        "may_release": found.release is None and "HEAD" in here.case.roles(here.line.id),
    }


def _lists(here: Here, figure: Figure, after: int) -> list[tuple[str, list[Row], int, int | None]]:
    """The records that the figure counted, and those of its base: as far as they are in scope."""
    parts = [("计入的件" if figure.denominator is None else "分子：计入的件", figure.keys)]
    if figure.denominator is not None:
        parts.append(("分母", figure.base_keys))
    late = set(figure.late)
    found = []
    for title, keys in parts:
        page = keys[after : after + _PAGE]
        records = (
            here.case.records().filter(key__in=page).select_related("owner").order_by("occurred_on", "pk")
        )
        rows = rows_of(records, timezone.localdate(), calendar())
        for row, record in zip(rows, records, strict=True):
            row.late = record.key in late
        found.append((title, rows, len(keys), after + _PAGE if len(keys) > after + _PAGE else None))
    return found


def _returned(here: Here, figure: Figure) -> list[dict[str, Any]]:
    """The monthly returns that the figure counts, those not yet reviewed, and those whose month the period cuts; linked where the person sees all units."""
    told = {
        **dict.fromkeys(figure.returns.cut, "所选时段只到月中，没有计入"),
        **dict.fromkeys(figure.returns.waiting, "还没有审核，没有计入"),
        **dict.fromkeys(figure.returns.keys, "已计入"),
    }
    rows = Return.objects.filter(pk__in=told).select_related("organisation").prefetch_related("items")
    opens = here.may_in_line(*READING) and sees_all_units(here)
    return [
        {
            "name": row.organisation.name,
            "month": row.month,
            "how": told[row.pk],
            "address": reverse(
                "casework_return",
                kwargs={
                    "line": row.line,
                    "form": row.form,
                    "organisation": row.organisation.key,
                    "month": f"{row.month:%Y-%m}",
                },
            )
            if opens
            else "",
        }
        for row in rows.order_by("month", "organisation__name")
    ]


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
        grain=grain_in_words(figure),
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


def _frozen(found: Restated) -> dict[str, Any]:
    """A frozen figure, and the value beside it where that has changed."""
    parts = (("新计入", found.joined), ("不再计入", found.left), ("其中补录", found.late))
    kept = found.row.value
    return {
        "row": found.row,
        "value": engine.printed(found.now.metric, None if kept is None else Fraction(kept)),
        "restated": found.now.printed if found.differs else None,
        "why": "，".join(f"{label} {len(keys)} 件" for label, keys in parts if keys),
    }
