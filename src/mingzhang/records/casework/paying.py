"""Paying what casework asked (业务付款记账): requests become a voucher proposal of the right project; what became of it is taken over.

A voucher goes through the books' own three persons; only then is a request paid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Sum

from mingzhang.casework.definitions import Transition
from mingzhang.records.casework.errors import ChangedMeanwhileError, refused
from mingzhang.records.casework.lines import kind_of
from mingzhang.records.casework.models import PaymentRequest
from mingzhang.records.models import Entity, Project, Proposal, Voucher, VoucherLine
from mingzhang.records.models.ledger import BUDGETARY
from mingzhang.records.people.models import User
from mingzhang.records.permission import must
from mingzhang.records.policy import Action
from mingzhang.records.proposals import flow
from mingzhang.records.trail import content, record

TEMPLATES = {"quota": "V02", "direct": "V03", "integrated": "V04"}
"""Voucher templates of spending by the way of payment."""

State = PaymentRequest.State


def assign(user: User, request: PaymentRequest, project: Project) -> PaymentRequest:
    """Say of which project a request is paid, by who prepares vouchers of its unit. Raises NotAllowedError or RefusedError."""
    must(user, Action.PREPARE_VOUCHER, project.entity)
    with transaction.atomic():
        (row,) = _open([request])
        return _change(row, {"project": project, "entity": project.entity}, "确定项目")


def post(
    user: User,
    requests: Sequence[PaymentRequest],
    *,
    on: date,
    payment: str = "integrated",
    function: str = "",
    economic: str = "",
) -> Proposal:
    """One voucher proposal for requests of one unit and project, as a draft of the accountant's. Function and economic item are those of the line unless
    stated. Raises RefusedError where the person may not prepare vouchers, or a request is not open any more.
    """
    if payment not in TEMPLATES:
        raise refused("E-CODE", f"没有支付方式“{payment}”", "支付方式", f"请选用：{'、'.join(TEMPLATES)}。")
    with transaction.atomic():
        rows = _locked(requests)
        step = step_of(rows[0])
        fen = sum(row.fen for row in rows)
        first = rows[0]
        if first.project is None or first.entity is None:
            raise refused(
                "E-REF",
                f"{first.record}的付款申请没有确定项目",
                str(first.record),
                "先选择支付的项目，再制证。",
            )
        payload: dict[str, Any] = {
            "date": on.isoformat(),
            "summary": f"{first.payee}（{len(rows)}件）"
            if len(rows) > 1
            else f"{first.payee}（{first.record}）"[:200],
            "event": {
                "template": TEMPLATES[payment],
                "amounts": fen,
                "payment": payment,
                "nature": "project",
                "project": first.project.code,
                "function": function or step.pays.get("function", ""),
                "economic": economic or step.pays.get("economic", ""),
            },
        }
        proposal = flow.save(
            user, "voucher", first.entity, on.year, payload, f"case-{first.key}-{first.version}"
        )
        for row in rows:
            _change(row, {"state": State.PROPOSED, "proposal": proposal}, "送制凭证")
        return proposal


def match(user: User, requests: Sequence[PaymentRequest], voucher: Voucher) -> list[PaymentRequest]:
    """Say that requests were paid by a voucher that is booked already, by who prepares vouchers of its unit. Raises NotAllowedError or RefusedError.

    The voucher must spend on one project, on the line's function and economic item, at least what it is said to pay.
    """
    must(user, Action.PREPARE_VOUCHER, voucher.entity)
    with transaction.atomic():
        Voucher.objects.select_for_update().get(pk=voucher.pk)
        rows = _open(requests)
        step = step_of(rows[0])
        project, spent = _project_of(voucher, step)
        known = PaymentRequest.objects.filter(voucher=voucher).aggregate(fen=Sum("fen"))["fen"] or 0
        asked = sum(row.fen for row in rows)
        if known + asked > spent:
            raise refused(
                "E-RANGE",
                f"凭证{voucher.number}支出{spent / 100:.2f}元，已对应{known / 100:.2f}元，不够对应{asked / 100:.2f}元",
                voucher.number,
                "核对凭证号；一张凭证付不完的，另制凭证。",
            )
        values = {"project": project, "entity": voucher.entity, "voucher": voucher, "state": State.POSTED}
        return [_change(row, values, "对应凭证", voucher.number) for row in rows]


def match_all(pairs: Iterable[tuple[PaymentRequest, Voucher, Project]], reason: str) -> None:
    """Take over which vouchers paid requests from an earlier system, each with its project: one entry of the trail for each unit."""
    by_unit: dict[Entity, list[PaymentRequest]] = defaultdict(list)
    for request, voucher, project in pairs:
        request.project, request.entity = project, voucher.entity
        request.voucher, request.state = voucher, State.POSTED
        request.version += 1
        by_unit[voucher.entity].append(request)
    changed = ("project", "entity", "voucher", "state", "version")
    with transaction.atomic():
        for unit, rows in by_unit.items():
            PaymentRequest.objects.bulk_update(rows, changed, batch_size=500)
            record("case_payments", "对应凭证", f"{len(rows)}件", entity=unit, touched=rows, reason=reason)


def _project_of(voucher: Voucher, step: Transition) -> tuple[Project, int]:
    """The one project of a voucher's spending on the step's function and economic item, and how much that is."""
    lines = VoucherLine.objects.filter(
        voucher=voucher,
        classification__system=BUDGETARY,
        classification__account__startswith="7",
        classification__economic=step.pays.get("economic", ""),
    )
    if function := step.pays.get("function", ""):
        lines = lines.filter(classification__function=function)
    spent: dict[str, int] = defaultdict(int)
    for code, debit, fen in lines.values_list("classification__project", "debit", "fen"):
        spent[code] += fen if debit else -fen
    project = Project.objects.filter(code=next(iter(spent), "")).first() if len(spent) == 1 else None
    if project is None:
        raise refused(
            "E-REF",
            f"凭证{voucher.number}不是一个项目的{step.pays.get('purpose', '')}支出",
            voucher.number,
            f"应是功能科目{step.pays.get('function', '')}、经济分类{step.pays.get('economic', '')}、同一项目的支出。",
        )
    return project, spent[project.code]


def follow(*, proposal: Proposal, **_: object) -> None:
    """Take over what became of a proposal, with its own change: requests of a booked one get their voucher, those of a withdrawn one are open again."""
    if proposal.state in Proposal.OPEN:
        return
    rows = PaymentRequest.objects.select_for_update().filter(state=State.PROPOSED, proposal=proposal)
    for row in list(rows):
        if proposal.state == Proposal.State.DONE:
            voucher = Voucher.objects.get(entity=proposal.entity, event_key=f"proposal-{proposal.key}")
            _change(row, {"state": State.POSTED, "voucher": voucher}, "已记账")
        else:
            _change(row, {"state": State.REQUESTED, "proposal": None}, "凭证撤回，重新待付")


def withdraw(user: User, request: PaymentRequest, reason: str) -> PaymentRequest:
    """Take a request back that no voucher has begun to pay. Raises RefusedError."""
    if not reason.strip():
        raise refused("E-REQ", "撤回付款申请须写明理由", "理由", "填写理由。")
    with transaction.atomic():
        (row,) = _open([request])
        return _change(row, {"state": State.WITHDRAWN}, "撤回付款申请", f"{user.name}：{reason}")


def step_of(request: PaymentRequest) -> Transition:
    """The step that asked for the payment."""
    table = kind_of(f"{request.record.line}.{request.record.kind}").states
    assert table is not None
    return next(each for each in table.transitions if each.pays and each.action == request.item)


def _locked(requests: Sequence[PaymentRequest]) -> list[PaymentRequest]:
    """Open requests of one unit, project and step."""
    rows = _open(requests)
    if len({(row.entity_id, row.project_id, row.record.line, row.record.kind, row.item) for row in rows}) > 1:
        raise refused(
            "E-REF", "所选付款申请不属于同一单位、项目和业务", "付款申请", "按单位、项目和业务分别制证。"
        )
    return rows


def _open(requests: Sequence[PaymentRequest]) -> list[PaymentRequest]:
    rows = list(
        PaymentRequest.objects.select_for_update(of=("self",))
        .select_related("record", "entity", "project")
        .filter(pk__in=[request.pk for request in requests])
        .order_by("pk")
    )
    if not rows:
        raise refused("E-REQ", "没有选择付款申请", "付款申请", "选择至少一件。")
    seen = {request.pk: request.version for request in requests}
    for row in rows:
        if row.version != seen[row.pk]:
            raise ChangedMeanwhileError(str(row.record), "")
        if row.state != State.REQUESTED:
            raise refused(
                "E-STATE",
                f"{row.record}的付款申请{row.get_state_display()}",
                str(row.record),
                "刷新页面，查看现在的状态。",
            )
    return rows


def _change(row: PaymentRequest, values: dict[str, Any], action: str, reason: str = "") -> PaymentRequest:
    before = content(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    record(
        "case_payments",
        action,
        str(row.record),
        entity=row.entity,
        of=row,
        before=before,
        after=content(row),
        reason=reason,
    )
    return row
