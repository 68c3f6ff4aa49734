"""A line's payments (补贴付款): what was approved, what is paid, and why the two differ; for who counts in the line."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from mingzhang.portal.access import Here, casework
from mingzhang.portal.pages.casework.reach import sees_all_units
from mingzhang.portal.pages.casework.tabs import COUNTING, shown
from mingzhang.portal.pages.payments.told import compared, pays
from mingzhang.portal.typed import whole_number
from mingzhang.portal.years import current_year
from mingzhang.records.casework.models import PaymentRequest
from mingzhang.records.policy import Action

_EARLIEST, _LATEST = 2000, 2100


@casework(*COUNTING)
def of_line(here: Here) -> HttpResponse:
    """The year's comparison; only for posts that reach the whole line, since sums are of all of it."""
    line = here.line
    assert line is not None
    if not pays(line) or not (here.may_in_line("R") or here.may_in_line("S")) or not _reaches_all(here):
        raise Http404("没有补贴付款")
    year = whole_number(here.request.GET.get("year"), current_year())
    year = year if _EARLIEST <= year <= _LATEST else current_year()
    asked = PaymentRequest.objects.filter(record__line=line.id, due_year=year)
    seen = {record.pk: record for record in here.case.records(line.id).filter(payments__in=asked)}
    return shown(
        here,
        "payments/of_line.html",
        year=year,
        it=compared(line, year, None, seen, books=here.access.may_anywhere(Action.VIEW_BOOKS)),
        waiting=asked.exclude(
            state__in=(PaymentRequest.State.POSTED, PaymentRequest.State.WITHDRAWN)
        ).count(),
    )


def _reaches_all(here: Here) -> bool:
    """Sees every unit of the line, or figures of all of it."""
    assert here.line is not None
    return sees_all_units(here) or not here.may_in_line("R", "O")
