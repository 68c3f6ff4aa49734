"""Payments asked by steps (付款申请): an approved subsidy becomes a request of the right project."""

from __future__ import annotations

from mingzhang.casework.definitions import Transition
from mingzhang.records.casework.events import Deed
from mingzhang.records.casework.models import PaymentRequest, Record
from mingzhang.records.casework.values import Values
from mingzhang.records.models import Project
from mingzhang.records.trail import enter


def ask(record: Record, step: Transition, values: Values, deed: Deed) -> PaymentRequest | None:
    """Ask the books to pay what a step approves, once a record and step; None where there is nothing to pay."""
    if PaymentRequest.objects.filter(record=record, item=step.action).exists():
        return None
    request = asked(record, step, values, deed, fitting_project(step.pays["project"]))
    return request and enter([request], "申请付款", reason=record.number or record.key)[0]


def fitting_project(words: str) -> Project | None:
    """The first-level project that a line's word for it fits, where it fits exactly one; else finance assigns it."""
    named = list(Project.objects.filter(name__contains=words, parent=None).select_related("entity")[:2])
    return named[0] if len(named) == 1 else None


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
