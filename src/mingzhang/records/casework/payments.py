"""Payments asked by steps (付款申请): an approved subsidy becomes a request of the right project."""

from __future__ import annotations

from mingzhang.casework.definitions import Transition
from mingzhang.records.casework.events import Deed
from mingzhang.records.casework.models import PaymentRequest, Record
from mingzhang.records.casework.values import Values
from mingzhang.records.models import Project
from mingzhang.records.trail import enter


def enter_once(request: PaymentRequest) -> None:
    """Ask the books to pay what a step approves, once a record and step."""
    if not PaymentRequest.objects.filter(record=request.record, item=request.item).exists():
        enter([request], "申请付款", reason=request.record.number or request.record.key)


def asked(
    record: Record, step: Transition, values: Values, deed: Deed, project: Project | None
) -> PaymentRequest | None:
    """The request of a step, not entered; None where there is nothing to pay."""
    fen = values.get(step.pays["amount"]) or 0
    if fen <= 0:
        return None
    return PaymentRequest(
        record=record, item=step.action, fen=fen, entity=project.entity if project else None, project=project,
        payee=step.pays.get("purpose", record.title)[:80], due_year=deed.occurred_on.year,
        requested_by=deed.user, requested_on=deed.occurred_on,
    )  # fmt: skip
