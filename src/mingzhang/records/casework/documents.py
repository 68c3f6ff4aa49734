"""Official documents of records (文书): issued with a number and a text that never changes, served, the service starting deadlines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from mingzhang.casework.definitions import DocumentTemplate, Kind
from mingzhang.casework.documents import fill
from mingzhang.casework.predicates import as_day, meets
from mingzhang.casework.predicates import values as values_at
from mingzhang.casework.siblings import with_siblings_named
from mingzhang.documents import Problem
from mingzhang.records.casework.access import must_write
from mingzhang.records.casework.commands import done_before
from mingzhang.records.casework.deadlines import start
from mingzhang.records.casework.errors import RefusedError, refused
from mingzhang.records.casework.events import Before, Deed, append
from mingzhang.records.casework.lines import kind_of_record, line_of
from mingzhang.records.casework.models import Attachment, Document, Record, Service
from mingzhang.records.casework.numbering import next_number
from mingzhang.records.casework.sealing import seal, unseal
from mingzhang.records.casework.views import view_of
from mingzhang.records.people.models import User
from mingzhang.records.trail.digests import sm3


def drawn_up(
    record: Record,
    kind: Kind,
    template: DocumentTemplate,
    view: dict[str, Any],
    signer: str,
    on: date,
    numbered: Callable[[str, str, int], str],
    reason: str = "",
) -> Document:
    """A document issued: numbered, its text frozen and sealed; not saved. Blank fields stand as ____, as on paper; `numbered` gives the next number of a run."""
    row = Document(
        record=record, template=template.id, name=template.chinese[:80], issued_on=on, signer=signer[:60]
    )
    if template.number:
        row.number_year = on.year
        row.number = numbered(f"{record.line}/{template.id}"[:80], template.number, on.year)
    issuing = _issuing(record, row, view, signer, on, reason)
    text = fill(template, with_siblings_named(view, kind), issuing, kind.fields).text
    row.digest = sm3(text)
    sealed = seal(text, place_of(row))
    row.text, row.key_name = sealed.text, sealed.key_name
    return row


def place_of(document: Document) -> str:
    """Where its text belongs, as its seal knows it."""
    return f"document/{document.key}"


def _issuing(
    record: Record, row: Document, view: dict[str, Any], signer: str, on: date, reason: str
) -> dict[str, Any]:
    due = max((day for day in (view.get("deadlines") or {}).values()), default=None)
    received = record.received_at
    return {
        "number": row.number or record.number,
        "year": str(on.year),
        "issued_on": on,
        "organisation": record.organisation.name if record.organisation else "",
        "actor": signer,
        "due_on": due,
        "reason": reason,
        "received_on": timezone.localtime(received).date() if received else record.occurred_on,
    }


def clear_text(document: Document) -> str:
    """The text as it is kept, opened. Raises ProblemError where it does not open."""
    if not document.key_name:
        return document.text
    return unseal(document.key_name, document.text, place_of(document))


def text_of(document: Document) -> str:
    """The text as it was issued. Raises RefusedError where it is not what was frozen."""
    text = clear_text(document)
    if sm3(text) != document.digest:
        raise refused("E-REF", f"文书“{document}”的文本被改动", document.key, "与备份对照，从备份恢复。")
    return text


def issue(
    user: User, record: Record, template_id: str, *, occurred_on: date, command_key: str, reason: str = ""
) -> Document:
    """Issue a document beside the steps. Raises RefusedError where the person may not or the line has no such template."""
    role = must_write(user, record)
    template = line_of(record.line).documents.get(template_id)
    if template is None:
        raise refused("E-REF", f"没有文书模板“{template_id}”", "文书", "从列表中选择文书。")
    with transaction.atomic():
        locked = Record.objects.select_for_update().get(pk=record.pk)
        if done_before(command_key, user, "issue", locked) is not None:
            return _of_command(locked, command_key, Document)
        kind = kind_of_record(locked)
        view = view_of(locked, kind)
        row = drawn_up(locked, kind, template, view, user.name, occurred_on, next_number, reason)
        row.save()
        deed = Deed("issue", user, occurred_on, role=role, reason=reason, command_key=command_key)
        append(locked, Before.of(locked), deed, rows=[row])
    return row


def serve(
    user: User,
    document: Document,
    *,
    party: str,
    method: str,
    sent_on: date,
    received_on: date | None = None,
    proof: Attachment | None = None,
    command_key: str,
) -> Service:
    """Serve a document to a party; where it was received, the deadlines of its template start from that day."""
    role = must_write(user, document.record)
    _check_service(document, party, method, sent_on, received_on)
    with transaction.atomic():
        locked = Record.objects.select_for_update().get(pk=document.record_id)
        if done_before(command_key, user, "serve", locked) is not None:
            return _of_command(locked, command_key, Service)
        before = Before.of(locked)
        row = Service.objects.create(
            document=document, party=party[:80], method=method, sent_on=sent_on, received_on=received_on, proof=proof,
            recorded_by=user,
        )  # fmt: skip
        rows: list[models.Model] = [row, *_started(locked, document, row)]
        append(
            locked,
            before,
            Deed("serve", user, received_on or sent_on, role=role, command_key=command_key),
            rows=rows,
        )
    return row


def receive(
    user: User, service: Service, received_on: date, *, command_key: str, proof: Attachment | None = None
) -> Service:
    """Record when a served document was received; its deadlines start from that day."""
    role = must_write(user, service.document.record)
    _check_service(service.document, service.party, service.method, service.sent_on, received_on)
    with transaction.atomic():
        locked = Record.objects.select_for_update().get(pk=service.document.record_id)
        if done_before(command_key, user, "receive", locked) is not None:
            return _of_command(locked, command_key, Service)
        row = Service.objects.select_for_update().select_related("document").get(pk=service.pk)
        if row.received_on is not None:
            raise refused(
                "E-STATE", f"已于{row.received_on}签收", str(row), "收到日期有误的，请作更正并说明理由。"
            )
        before = Before.of(locked)
        row.received_on, row.proof = received_on, proof or row.proof
        row.save()
        rows: list[models.Model] = [row, *_started(locked, row.document, row)]
        append(
            locked, before, Deed("receive", user, received_on, role=role, command_key=command_key), rows=rows
        )
    return row


def cancel(user: User, document: Document, reason: str, *, occurred_on: date, command_key: str) -> Document:
    """Cancel a document: its number and text stay, with the reason."""
    if not reason.strip():
        raise refused("E-REQ", "作废文书须写明理由", str(document), "填写理由。")
    role = must_write(user, document.record)
    with transaction.atomic():
        locked = Record.objects.select_for_update().get(pk=document.record_id)
        row = Document.objects.select_for_update().get(pk=document.pk)
        if done_before(command_key, user, "cancel_document", locked) is not None:
            return row
        if row.cancelled_on is not None:
            raise refused("E-STATE", "这份文书已经作废", str(row), "不必再作废。")
        row.cancelled_on, row.cancelled_why = occurred_on, reason.strip()[:200]
        row.save()
        deed = Deed("cancel_document", user, occurred_on, role=role, reason=reason, command_key=command_key)
        append(locked, Before.of(locked), deed, rows=[row])
    return row


def _started(record: Record, document: Document, service: Service) -> list[models.Model]:
    template = line_of(record.line).documents.get(document.template)
    if service.received_on is None or template is None:
        return []
    view = view_of(record, kind_of_record(record))
    found = []
    for use in template.starts_on_service:
        if meets(view, use.where):
            day = (
                next((as_day(value) for value in values_at(view, use.from_field) if value), None)
                if use.from_field
                else None
            )
            found.append(start(record, use.family, day or service.received_on, party=service.party))
    return [row for row in found if row is not None]


def _check_service(
    document: Document, party: str, method: str, sent_on: date, received_on: date | None
) -> None:
    problems = []
    if not party.strip():
        problems.append(Problem("E-REQ", "没有填写受送达人", "受送达人", "请填写。"))
    if method not in Service.Method.values:
        problems.append(Problem("E-CODE", f"没有“{method}”这种送达方式", "送达方式", "从列表中选择。"))
    if document.cancelled_on is not None:
        problems.append(Problem("E-STATE", "文书已经作废，不能送达", str(document), "送达有效的文书。"))
    if sent_on < document.issued_on:
        problems.append(
            Problem("E-ORDER", f"送出日期早于制发日期{document.issued_on}", "送出日期", "请核对日期。")
        )
    if received_on is not None and received_on < sent_on:
        problems.append(Problem("E-ORDER", "收到日期早于送出日期", "收到日期", "请核对日期。"))
    if max(sent_on, received_on or sent_on) > timezone.localdate():
        problems.append(Problem("E-DATE", "日期晚于今天", "送达日期", "请填写实际发生的日期。"))
    if problems:
        raise RefusedError(*problems)


def _of_command(record: Record, command_key: str, model: type[Any]) -> Any:
    """The row that an earlier command made, by its event."""
    event = record.events.get(command_key=command_key)
    key = next(iter(event.payload["rows"][model.__name__]))
    return model._default_manager.get(key=key)
