"""Monthly returns (月报): filled in by units, reviewed by another person; who is late, silent, implausible."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from mingzhang.casework.definitions import ReturnForm
from mingzhang.documents import Problem
from mingzhang.portal.access import Here, casework
from mingzhang.portal.forms import version_of
from mingzhang.portal.pages.casework.attachments import sent
from mingzhang.portal.pages.casework.month import month_asked, neighbours
from mingzhang.portal.pages.casework.reach import sees_all_units
from mingzhang.portal.pages.casework.tabs import READING, shown
from mingzhang.portal.showing import done
from mingzhang.records.casework import returns
from mingzhang.records.casework.attachments import attach_to_return
from mingzhang.records.casework.models import Organisation, Return
from mingzhang.records.proposals.kind import RefusedError

_STYLES = {"draft": "", "submitted": "warning", "sent_back": "error", "reviewed": "good"}
_ITEM, _NOTE = "item.", "note."


@casework(*READING)
def month(here: Here) -> HttpResponse:
    """The forms of the line with what came in for a month, and what did not."""
    line = here.line
    assert line is not None
    first = _month(here.request.GET.get("month", ""))
    before, after = neighbours(first)
    return shown(
        here,
        "casework/returns.html",
        month=first,
        before=before,
        after=after,
        forms=[_form(here, form, first) for form in line.returns.values()],
    )


@casework(*READING, work=True)
def one(here: Here, form: str, organisation: str, month: str) -> HttpResponse:
    """One return: filled in, submitted, as it stands."""
    stated, unit, first = _named(here, form, organisation, month)
    assert here.line is not None
    if here.request.method != "POST":
        return _shown(here, stated, unit, first)
    posted = here.request.POST
    try:
        report = returns.save(
            here.user,
            here.line.id,
            form,
            unit,
            first,
            _sent(posted, stated, _ITEM),
            _sent(posted, stated, _NOTE),
            version=version_of(posted) or None,
        )
        for file in here.request.FILES.getlist("evidence"):
            attach_to_return(here.user, report, file.name or "", file.size or 0, file.file)
        if posted.get("do") == "submit":
            returns.submit(here.user, report, report.version)
    except RefusedError as refused:
        return _shown(here, stated, unit, first, refused)
    done(here, f"已{'报送' if posted.get('do') == 'submit' else '保存'}：{stated.chinese}")
    return _to_month(here, first)


@casework(*READING, work=True)
def review(here: Here, form: str, organisation: str, month: str) -> HttpResponse:
    """Review a return, or send it back."""
    stated, unit, first = _named(here, form, organisation, month)
    report = _report(here, stated, unit, first)
    if here.request.method != "POST" or report is None:
        raise Http404
    posted = here.request.POST
    try:
        if posted.get("do") == "send_back":
            returns.send_back(here.user, report, version_of(posted), posted.get("note", ""))
        else:
            returns.review(here.user, report, version_of(posted))
    except RefusedError as refused:
        return _shown(here, stated, unit, first, refused)
    done(here, f"已{'退回' if posted.get('do') == 'send_back' else '审核通过'}：{unit.name}")
    return _to_month(here, first)


@casework(*READING)
def evidence(here: Here, form: str, organisation: str, month: str, number: int) -> FileResponse:
    """Send a file that proves a return, to be saved."""
    stated, unit, first = _named(here, form, organisation, month)
    report = _report(here, stated, unit, first)
    row = report.evidence.filter(pk=number, removed_why="").first() if report else None
    return sent(row, "没有这份佐证材料")


def _sent(posted: Any, form: ReturnForm, prefix: str) -> dict[str, str]:
    return {name: posted.get(prefix + name, "").strip() for name, _, _ in form.items}


def _month(text: str) -> date:
    """The month of an address, else the one that is to be reported now: the last."""
    today = timezone.localdate()
    return month_asked(text or neighbours(today.replace(day=1))[0], today)


def _named(here: Here, form: str, organisation: str, month: str) -> tuple[ReturnForm, Organisation, date]:
    """What an address names. Raises Http404, and where the unit is another's, PermissionDenied."""
    assert here.line is not None
    unit = Organisation.objects.filter(key=organisation).select_related("area").first()
    if form not in here.line.returns or unit is None:
        raise Http404("没有这份月报")
    if not sees_all_units(here) and not returns.may_report(here.user, here.line.id, unit):
        raise PermissionDenied
    return here.line.returns[form], unit, _month(month)


def _report(here: Here, form: ReturnForm, unit: Organisation, first: date) -> Return | None:
    assert here.line is not None
    rows = Return.objects.filter(line=here.line.id, form=form.id, organisation=unit, month=first)
    return rows.select_related("reporter", "reviewer", "organisation").first()


def _form(here: Here, form: ReturnForm, first: date) -> dict[str, Any]:
    """A form with the returns of a month."""
    line = here.line
    assert line is not None
    whole = sees_all_units(here)
    rows = Return.objects.filter(line=line.id, form=form.id, month=first)
    rows = rows.select_related("organisation", "reporter", "reviewer").prefetch_related("items")
    units = returns.expected(line.id, form.id, first)
    own = [unit for unit in units if returns.may_report(here.user, line.id, unit)]
    seen = {unit.pk for unit in (units if whole else own)}
    there = [row for row in rows if whole or row.organisation_id in seen]
    odd = returns.implausible(line.id, form.id, first) if whole else []
    chinese = {name: words for name, words, _ in form.items}
    return {
        "form": form,
        "rows": [_row(here, form, row) for row in there],
        "missing": [
            f"{each.organisation.name}（{each.status}{f'，连续{each.silent_months}个月' if each.silent_months > 1 else ''}）"
            for each in returns.missing(line.id, form.id, first)
            if each.organisation.pk in seen and each.status not in ("待审核", "迟报")
        ],
        "implausible": [
            f"{each.report.organisation.name}“{chinese.get(each.item, each.item)}”{each.value.normalize():f}：{each.why}，请核对。"
            for each in odd
        ],
        "own": [(unit.name, _address(here, form, unit, first)) for unit in own],
        "due": returns.due_on(form, first),
    }


def _address(
    here: Here, form: ReturnForm, unit: Organisation, first: date, page: str = "casework_return"
) -> str:
    assert here.line is not None
    stated = {"line": here.line.id, "form": form.id, "organisation": unit.key, "month": f"{first:%Y-%m}"}
    return reverse(page, kwargs=stated)


def _row(here: Here, form: ReturnForm, row: Return) -> dict[str, Any]:
    items = {item.name: item.value for item in row.items.all()}
    return {
        "address": _address(here, form, row.organisation, row.month),
        "organisation": row.organisation.name,
        "state": row.get_state_display(),
        "style": _STYLES[row.state],
        "cells": [_number(items.get(name)) for name, _, _ in form.items],
        "reporter": row.reporter.name if row.reporter else "",
        "reviewer": row.reviewer.name if row.reviewer else "",
    }


def _number(value: Any) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _shown(
    here: Here, form: ReturnForm, unit: Organisation, first: date, refused: RefusedError | None = None
) -> HttpResponse:
    line = here.line
    assert line is not None
    report = _report(here, form, unit, first)
    kept = {item.name: item for item in report.items.all()} if report else {}
    before = _report(here, form, unit, month_asked(neighbours(first)[0], first))
    last = {item.name: item.value for item in before.items.all()} if before else {}
    posted = here.request.POST if refused else {}
    problems: tuple[Problem, ...] = refused.problems if refused else ()
    open_to_change = report is None or report.state in (Return.State.DRAFT, Return.State.SENT_BACK)
    return shown(
        here,
        "casework/return.html",
        status=422 if refused else 200,
        form=form,
        organisation=unit,
        month=first,
        report=report,
        style=_STYLES[report.state] if report else "",
        items=[
            {
                "name": name,
                "chinese": chinese,
                "unit": unit_words,
                "value": posted.get(_ITEM + name, _number(kept[name].value) if name in kept else ""),
                "note": posted.get(_NOTE + name, kept[name].note if name in kept else ""),
                "before": _number(last.get(name)),
                "error": next((each.what for each in problems if each.where == chinese), ""),
            }
            for name, chinese, unit_words in form.items
        ],
        may_enter=open_to_change and returns.may_report(here.user, line.id, unit),
        may_review=_may_review(here, report),
        review_address=_address(here, form, unit, first, "casework_return_review"),
        evidence=[
            (row, f"{_address(here, form, unit, first)}evidence/{row.pk}/")
            for row in (report.evidence.filter(removed_why="") if report else ())
        ],
        problems=problems,
    )


def _may_review(here: Here, report: Return | None) -> bool:
    """Whether the review's buttons are shown; the review itself asks again."""
    waits = report is not None and report.state == Return.State.SUBMITTED
    return (
        waits and report.reporter_id != here.user.pk and sees_all_units(here) and here.may_in_line("A", "W")
    )


def _to_month(here: Here, first: date) -> HttpResponse:
    assert here.line is not None
    return redirect(f"{reverse('casework_returns', kwargs={'line': here.line.id})}?month={first:%Y-%m}")
