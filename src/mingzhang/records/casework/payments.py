"""Payments asked by steps (付款申请): an approved subsidy becomes a request of the right project."""

from __future__ import annotations

from mingzhang.casework.definitions import Transition
from mingzhang.records.casework.errors import refused
from mingzhang.records.casework.events import Deed
from mingzhang.records.casework.models import PaymentRequest, Record
from mingzhang.records.casework.values import Values
from mingzhang.records.models import Project
from mingzhang.records.trail import enter


def ask(record: Record, step: Transition, values: Values, deed: Deed) -> PaymentRequest | None:
    """Ask the books to pay what a step approves, once a record and step; None where there is nothing to pay.

    Raises RefusedError where the books have no such project: then the step is not taken either.
    """
    fen = values.get(step.pays["amount"]) or 0
    if fen <= 0 or PaymentRequest.objects.filter(record=record, item=step.action).exists():
        return None
    named = Project.objects.filter(name__contains=step.pays["project"], parent=None).order_by("code")
    project = named.select_related("entity").first()
    if project is None:
        what = f"账簿里没有名称含“{step.pays['project']}”的项目，补贴无处列支"
        raise refused("E-REF", what, step.chinese, "请财务人员先登记项目，再核准补贴。")
    request = PaymentRequest(
        record=record, item=step.action, fen=fen, entity=project.entity, project=project,
        payee=step.pays.get("purpose", record.title)[:80], due_year=deed.occurred_on.year,
        requested_by=deed.user, requested_on=deed.occurred_on,
    )  # fmt: skip
    return enter([request], "申请付款", reason=record.number or record.key)[0]
