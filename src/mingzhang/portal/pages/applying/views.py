"""Anybody applies for what is open to everybody, and asks how far it is; nothing personal is shown back but masks."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from mingzhang.casework.definitions import Kind, Line
from mingzhang.documents import Problem
from mingzhang.portal.access import anybody, here_of
from mingzhang.portal.client import address
from mingzhang.portal.forms import new_key
from mingzhang.portal.pages.applying.receipts import code_of, fits, new_receipt, normal
from mingzhang.portal.pages.casework.asking import Form, public_form
from mingzhang.portal.pages.casework.shown import kinds_of, state_of
from mingzhang.portal.pages.casework.told import action_name
from mingzhang.portal.showing import render
from mingzhang.portal.throttle import Throttle
from mingzhang.records.acting import acting
from mingzhang.records.casework import applying
from mingzhang.records.casework.lines import all_lines, kind_of_record
from mingzhang.records.casework.models import Record
from mingzhang.records.proposals.kind import RefusedError

APPLICATIONS = Throttle(most=5, seconds=3600)
"""Applications that an address may send."""
QUERIES = Throttle(most=20, seconds=600)
"""Questions that an address may ask; guessing a code takes longer than anybody lives."""
_MINUTE = 60


def open_kinds() -> list[tuple[Line, Kind]]:
    """What the public may apply for."""
    return [
        (line, kind)
        for line in all_lines().values()
        for kind in kinds_of(line)
        if applying.opening_for_the_public(kind)
    ]


@anybody
@never_cache
def kinds(request: HttpRequest) -> HttpResponse:
    """What may be applied for, and a form to ask how far it is."""
    return render(request, "applying/kinds.html", here=here_of(request), kinds=open_kinds())


@sensitive_post_parameters()
@anybody
@never_cache
def apply(request: HttpRequest, line: str, kind: str) -> HttpResponse:
    """The form, sent; then the receipt, shown once."""
    chosen = next((each for own, each in open_kinds() if (own.id, each.id) == (line, kind)), None)
    if chosen is None:
        raise Http404
    step = applying.opening_for_the_public(chosen)
    assert step is not None
    form = public_form(chosen, step)
    if request.method != "POST":
        return _form(request, chosen, form)
    form.take(request)
    if form.only_rows_changed:
        return _form(request, chosen, form)
    try:
        _refuse_abuse(request)
        with acting(applying.NAME):
            record = applying.apply(chosen, form.entered(), new_receipt(), form.key)
    except RefusedError as refused:
        form.refuse()
        return _form(request, chosen, form, refused)
    return render(
        request,
        "applying/receipt.html",
        here=here_of(request),
        kind=chosen,
        received=timezone.now(),
        receipt=record.source_ref,
        code=code_of(record.source_ref),
    )


@sensitive_post_parameters()
@anybody
@never_cache
def query(request: HttpRequest) -> HttpResponse:
    """How far an application is, for who has both numbers."""
    if request.method != "POST":
        raise Http404
    receipt, code = normal(request.POST.get("receipt", "")), request.POST.get("code", "")
    wait = QUERIES.wait(address(request))
    if wait:
        return _state(request, 429, error=_patience(wait))
    record = (
        Record.objects.filter(source_system=applying.SYSTEM, source_ref=receipt).first() if receipt else None
    )
    if not fits(receipt, code) or record is None:
        return _state(request, 404, error="回执编号或查询码不对：请按回执核对，字母不分大小写。")
    kind = kind_of_record(record)
    return _state(
        request,
        200,
        receipt=receipt,
        kind=kind.chinese,
        received=record.received_at or record.recorded_at,
        state=state_of(kind, record.state).chinese,
        number=record.number,
        steps=[
            (event.occurred_on, action_name(kind, event.action))
            for event in record.events.order_by("number")
            if event.to_state != event.from_state
        ],
    )


def _refuse_abuse(request: HttpRequest) -> None:
    """Raise RefusedError where a program fills in the form, or an address sends too much."""
    if request.POST.get("website"):
        raise RefusedError(Problem("E-TYPE", "请留空的一栏填写了内容", "申请", "清空它，重新提交。"))
    wait = APPLICATIONS.wait(address(request))
    if wait:
        raise RefusedError(Problem("too_many", "提交次数过多", "申请", _patience(wait)))


def _patience(seconds: float) -> str:
    return f"次数过多，请{int(seconds // _MINUTE) + 1}分钟后再试，或到窗口办理。"


def _form(request: HttpRequest, kind: Kind, form: Form, refused: RefusedError | None = None) -> HttpResponse:
    return render(
        request,
        "applying/form.html",
        status=422 if refused else 200,
        here=here_of(request),
        kind=kind,
        inputs=form.inputs(),
        problems=refused.problems if refused else (),
        key=form.key or new_key(),
    )


def _state(request: HttpRequest, status: int, **stated: object) -> HttpResponse:
    return render(request, "applying/state.html", status=status, here=here_of(request), **stated)
