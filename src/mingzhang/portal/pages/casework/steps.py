"""Take a step (办理): with its form, over the version seen; refused, the form comes back as it was."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.casework.definitions import Field, FieldType, Kind, Transition
from mingzhang.casework.states import from_state
from mingzhang.documents import Problem
from mingzhang.portal.access import Here, casework
from mingzhang.portal.forms import version_of
from mingzhang.portal.pages.casework.asking import step_form
from mingzhang.portal.pages.casework.finding import at, found
from mingzhang.portal.pages.casework.inputs import PREFIX
from mingzhang.portal.pages.casework.record import page_of
from mingzhang.portal.pages.casework.tabs import READING
from mingzhang.portal.showing import done
from mingzhang.portal.typed import day
from mingzhang.records.casework.attachments import attach
from mingzhang.records.casework.models import Record
from mingzhang.records.casework.transitions import approve, send_back
from mingzhang.records.casework.transitions import take as take_step
from mingzhang.records.proposals.kind import RefusedError


@casework(*READING, work=True)
def take(here: Here, key: str, action: str) -> HttpResponse:
    """Take the step of the address."""
    record, kind = found(here, key), here.kind
    assert kind is not None
    step = _step(kind, record, action)
    if here.request.method != "POST" or step is None:
        raise Http404
    form = step_form(kind, step, record).take(here.request)
    if form.only_rows_changed:
        return page_of(here, record, action=action, form=form)
    try:
        payload = form.entered()
        on = day(str(payload.pop("occurred_on", "")))
        if on is None:
            raise RefusedError(Problem("E-DATE", "没有填写发生日期", step.chinese, "填写实际发生的日期。"))
        if form.child is not None:
            payload["child"] = form.child.entered()
        version = version_of(here.request.POST)
        if version == record.version and (keys := _files(here, record, form.fields)):
            payload |= keys
            record.refresh_from_db()
            version = record.version
        take_step(here.user, record, action, payload, occurred_on=on, command_key=form.key, version=version)
    except RefusedError as refused:
        form.refuse()
        record.refresh_from_db()
        return page_of(here, record, status=422, problems=refused.problems, action=action, form=form)
    done(here, f"已办理：{step.chinese}")
    return redirect("casework_record", **at(record))


def _step(kind: Kind, record: Record, action: str) -> Transition | None:
    """The step as the record's state has it; where the state moved on meanwhile, as the table has it anywhere."""
    assert kind.states is not None
    own = [each for each in from_state(kind.states, record.state) if each.action == action]
    every = [each for each in kind.states.transitions if each.action == action and each.sources]
    return next(iter((*own, *every)), None)


def _files(here: Here, record: Record, fields: tuple[Field, ...]) -> dict[str, Any]:
    """Files that the form sent, kept as attachments; their keys by field."""
    keys: dict[str, Any] = {}
    for field in fields:
        sent = here.request.FILES.getlist(f"{PREFIX}.{field.name}")
        if field.type not in (FieldType.FILE, FieldType.FILES) or not sent:
            continue
        rows = [
            attach(here.user, record, file.name or "", file.size or 0, file.file, proves=field.chinese)
            for file in sent
        ]
        keys[field.name] = rows[0].key if field.type is FieldType.FILE else [row.key for row in rows]
    return keys


@casework(*READING, work=True)
def decide(here: Here, key: str) -> HttpResponse:
    """Approve a drafted step, or send it back."""
    record, stated = found(here, key), here.request.POST
    if here.request.method != "POST" or stated.get("do") not in ("approve", "send_back"):
        raise Http404
    command = {"command_key": stated.get("key", "")[:64], "version": version_of(stated)}
    try:
        if stated["do"] == "approve":
            on = day(stated["on"]) if stated.get("on") else None
            if stated.get("on") and on is None:
                raise RefusedError(Problem("E-DATE", "批准日期不对", "批准日期", "填写日期，如 2021-03-05。"))
            approve(here.user, record, occurred_on=on, **command)
            done(here, "已批准。")
        else:
            send_back(here.user, record, stated.get("reason", ""), **command)
            done(here, "已退回。")
    except RefusedError as refused:
        return page_of(here, found(here, key), status=422, problems=refused.problems)
    return redirect("casework_record", **at(record))
