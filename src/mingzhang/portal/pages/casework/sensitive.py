"""Exports of sensitive fields (敏感信息导出): asked for from a list, decided by another person, taken once by who asked."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from mingzhang.casework.definitions import Kind
from mingzhang.portal.access import Here, casework
from mingzhang.portal.downloads import download
from mingzhang.portal.pages.casework.listing import Asked, asked_for
from mingzhang.portal.pages.casework.tabs import shown
from mingzhang.portal.showing import done, tell
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.looking.listing import filters_of
from mingzhang.records.casework.models import SensitiveExport
from mingzhang.records.casework.sensitive_exports import (
    GOOD_FOR,
    approve,
    ask,
    personal_columns,
    refuse_export,
    take,
    visible,
    withdraw,
)
from mingzhang.records.proposals.kind import RefusedError

_LATEST = 50
_STYLES = {
    "asked": "warning",
    "approved": "info",
    "refused": "error",
    "withdrawn": "",
    "taken": "good",
}


@casework("W", work=True)
def new(here: Here) -> HttpResponse:
    """The form over a list's conditions: which fields, for what."""
    kind, stated = here.kind, here.request.POST
    assert kind is not None
    columns = personal_columns(kind)
    if not columns:
        raise Http404("没有可以申请导出的栏目")
    asked, found = asked_for(here, kind)
    refused: RefusedError | None = None
    if here.request.method == "POST":
        try:
            ask(
                here.user,
                kind,
                found,
                _conditions(kind, asked),
                stated.getlist("field"),
                stated.get("purpose", ""),
            )
        except RefusedError as raised:
            refused = raised
        else:
            done(here, "已申请，等另一位有批准权的人员批准。")
            return redirect("casework_exports", line=kind.line)
    return shown(
        here,
        "casework/sensitive_new.html",
        status=422 if refused else 200,
        problems=refused.problems if refused else (),
        asked=asked,
        conditions=_conditions(kind, asked),
        count=found.count(),
        columns=list(columns.items()),
        chosen=stated.getlist("field"),
        purpose=stated.get("purpose", ""),
        days=GOOD_FOR.days,
    )


@casework("W", "A")
def listing(here: Here) -> HttpResponse:
    """What waits and what was decided: one's own requests, all of the line for who approves there."""
    assert here.line is not None
    rows = visible(here.user, here.line.id)[:_LATEST]
    return shown(here, "casework/sensitive.html", rows=[_told(here, row) for row in rows])


@casework("A", work=True)
def decide(here: Here, number: int) -> HttpResponse:
    """Approve a request, or not, with the reason."""
    row, stated = _found(here, number), here.request.POST
    if here.request.method != "POST" or stated.get("do") not in ("approve", "refuse"):
        raise Http404
    try:
        if stated["do"] == "approve":
            approve(here.user, row)
            done(here, f"已批准，申请人{GOOD_FOR.days}日内可以导出一次。")
        else:
            refuse_export(here.user, row, stated.get("reason", ""))
            done(here, "已退回申请。")
    except RefusedError as refused:
        tell(here, refused)
    return redirect("casework_exports", line=row.line)


@casework("W", work=True)
def use(here: Here, number: int) -> HttpResponseBase:
    """The approved file for who asked, once; or the request withdrawn."""
    row, stated = _found(here, number), here.request.POST
    if here.request.method != "POST" or stated.get("do") not in ("take", "withdraw"):
        raise Http404
    try:
        if stated["do"] == "take":
            table = take(here.user, row)
            return download(here, f"{_kind(row).chinese}（敏感信息）", table.header, table.rows, "xlsx")
        withdraw(here.user, row)
        done(here, "已撤回。")
    except RefusedError as refused:
        tell(here, refused)
    return redirect("casework_exports", line=row.line)


def _found(here: Here, number: int) -> SensitiveExport:
    assert here.line is not None
    row = visible(here.user, here.line.id).filter(pk=number).first()
    if row is None:
        raise Http404("没有这项申请")
    return row


def _kind(row: SensitiveExport) -> Kind:
    return kind_of(f"{row.line}.{row.kind}")


def _told(here: Here, row: SensitiveExport) -> dict[str, Any]:
    columns = personal_columns(_kind(row))
    own = row.asked_by_id == here.user.pk
    late = row.state == row.State.APPROVED and row.expires_at is not None and row.expires_at < timezone.now()
    return {
        "row": row,
        "chinese": _kind(row).chinese,
        "count": len(row.records),
        "fields": "、".join(columns.get(path, path) for path in row.fields),
        "state": "已过期" if late else row.get_state_display(),
        "style": "" if late else _STYLES[row.state],
        "may_decide": row.state == row.State.ASKED and not own and here.may_in_line("A"),
        "may_take": own and row.state == row.State.APPROVED and not late,
        "may_withdraw": own and row.state in (row.State.ASKED, row.State.APPROVED) and not late,
    }


def _conditions(kind: Kind, asked: Asked) -> str:
    """How the records were chosen, in words for who decides."""
    states = {state.id: state.chinese for state in kind.states.states} if kind.states else {}
    said = [
        f"{each.chinese}={asked.chosen[each.name]}" for each in filters_of(kind) if asked.chosen[each.name]
    ]
    said += [f"状态={states.get(asked.state, asked.state)}"] if asked.state else []
    said += [f"街道社区={asked.area}"] if asked.area else []
    said += [f"自{asked.begins}"] if asked.begins else []
    said += [f"至{asked.ends}"] if asked.ends else []
    said += [f"查找“{asked.words}”"] if asked.words else []
    return "，".join(said) or "全部"
