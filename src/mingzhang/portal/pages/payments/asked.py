"""Payments asked of a unit's books (业务付款): to be given a project, made into a voucher, or matched with one that is booked."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.portal.access import Here, page
from mingzhang.portal.pages.payments.told import compared, paying_lines
from mingzhang.portal.showing import done, show, tell
from mingzhang.portal.typed import day, whole_number
from mingzhang.records.casework.lines import all_lines
from mingzhang.records.casework.models import PaymentRequest, Record
from mingzhang.records.casework.paying import TEMPLATES, assign, match, post, withdraw
from mingzhang.records.models import Entity, Project, Voucher
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError

_PAGE = 100
_WAYS = {"quota": "零余额账户用款额度", "direct": "财政直接支付", "integrated": "预算管理一体化支付"}


@page(Action.VIEW_BOOKS)
def listing(here: Here) -> HttpResponse:
    """What waits, by project; the year's register beside the ledger."""
    units, year = _units(here), here.year
    assert year is not None
    today = timezone.localdate()
    waiting = _of(here, units).filter(due_year=year, state=PaymentRequest.State.REQUESTED)
    after = whole_number(here.request.GET.get("after"))
    rows = list(waiting.filter(pk__gt=after).order_by("pk")[: _PAGE + 1])
    seen = _seen(here, [row.record_id for row in rows])
    return show(
        here,
        "payments/asked.html",
        rows=[_row(row, seen) for row in rows[:_PAGE]],
        more=rows[_PAGE - 1].pk if len(rows) > _PAGE else None,
        count=waiting.count(),
        proposed=_of(here, units)
        .filter(due_year=year, state=PaymentRequest.State.PROPOSED)
        .select_related("proposal")
        .count(),
        lines=[
            compared(line, year, units, seen, books=here.may(Action.VIEW_BOOKS)) for line in paying_lines()
        ],
        projects=[
            (each.code, f"{each.name}（{each.entity.short_name or each.entity.name}）")
            for each in Project.objects.filter(entity__in=units).select_related("entity").order_by("code")
        ],
        ways=[(way, _WAYS[way]) for way in TEMPLATES],
        today=today if today.year == year else None,
        may_prepare=any(here.access.may(Action.PREPARE_VOUCHER, unit) for unit in units),
    )


@page(Action.PREPARE_VOUCHER)
def act(here: Here) -> HttpResponse:
    """One thing done with the chosen requests: a project, a voucher, a match, or taken back."""
    if here.request.method != "POST":
        raise Http404
    stated = here.request.POST
    chosen = [whole_number(text) for text in stated.getlist("request")[:_PAGE]]
    requests = list(_of(here, _units(here)).filter(pk__in=chosen))
    try:
        if not requests:
            raise RefusedError(Problem("E-REQ", "没有选择付款申请", "付款申请", "勾选至少一件。"))
        _ACTS[stated.get("do", "")](here, requests)
    except KeyError as unknown:
        raise Http404 from unknown
    except RefusedError as refused:
        tell(here, refused)
    assert here.entity is not None
    return redirect("case_payments", entity=here.entity.code, year=here.year)


def _assign(here: Here, requests: list[PaymentRequest]) -> None:
    code = here.request.POST.get("project", "")
    project = Project.objects.filter(code=code, entity__in=_units(here)).select_related("entity").first()
    if project is None:
        raise RefusedError(Problem("E-REF", "没有选择项目", "项目", "从列表中选择。"))
    for request in requests:
        assign(here.user, request, project)
    done(here, f"{len(requests)}件已定为“{project.name}”支付。")


def _post(here: Here, requests: list[PaymentRequest]) -> None:
    on = day(here.request.POST.get("on", ""))
    if on is None:
        raise RefusedError(Problem("E-DATE", "没有填写凭证日期", "凭证日期", "填写日期，如 2021-03-05。"))
    proposal = post(here.user, requests, on=on, payment=here.request.POST.get("payment", ""))
    done(here, f"已生成凭证草稿（{len(requests)}件）：在“待审事项”里核对、送审。{proposal.title}")


def _match(here: Here, requests: list[PaymentRequest]) -> None:
    number = here.request.POST.get("voucher", "").strip()
    found = list(Voucher.objects.filter(entity__in=_units(here), number=number).select_related("entity")[:2])
    if len(found) != 1:
        raise RefusedError(
            Problem(
                "E-REF",
                f"没有凭证“{number}”" if not found else "几个单位都有这个凭证号",
                "凭证号",
                "填写完整凭证号，到该单位的页面办理。",
            )
        )
    match(here.user, requests, found[0])
    done(here, f"{len(requests)}件已对应凭证{number}。")


def _withdraw(here: Here, requests: list[PaymentRequest]) -> None:
    for request in requests:
        withdraw(here.user, request, here.request.POST.get("reason", ""))
    done(here, f"已撤回{len(requests)}件。")


_ACTS = {"assign": _assign, "post": _post, "match": _match, "withdraw": _withdraw}


def _units(here: Here) -> list[Entity]:
    """The units of the address that the person may look into."""
    assert here.entity is not None
    below = [here.entity, *here.entity.units(here.access.organisation.entities)]
    return [unit for unit in below if here.access.may(Action.VIEW_BOOKS, unit)]


def _of(here: Here, units: list[Entity]) -> QuerySet[PaymentRequest]:
    """The requests of these units, and those that no project has yet."""
    asked = PaymentRequest.objects.select_related("record", "project", "entity")
    return asked.filter(Q(entity__in=units) | Q(entity=None))


def _seen(here: Here, keys: list[int]) -> dict[int, Record]:
    """The records that the person may open."""
    return here.case.records().in_bulk(keys) if here.case.lines() else {}


def _row(row: PaymentRequest, seen: dict[int, Record]) -> dict[str, Any]:
    lines = all_lines()
    return {
        "pk": row.pk,
        "number": row.record.number or row.record.key[:8],
        "record": seen.get(row.record_id),
        "line": lines[row.record.line].chinese if row.record.line in lines else row.record.line,
        "payee": row.payee,
        "fen": row.fen,
        "project": row.project.name if row.project else "",
        "on": row.requested_on,
    }
