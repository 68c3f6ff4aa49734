"""One record (业务记录): what it says, what may be done now and why not the rest, deadlines, documents, files, its course."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from mingzhang.casework.definitions import FieldType, Kind, Transition
from mingzhang.casework.states import Offer
from mingzhang.documents import Problem
from mingzhang.portal.access import Here, casework
from mingzhang.portal.forms import new_key
from mingzhang.portal.pages.casework import lamps
from mingzhang.portal.pages.casework.asking import Form, step_form
from mingzhang.portal.pages.casework.cells import Written, files_of
from mingzhang.portal.pages.casework.choosing import Choices, names_in
from mingzhang.portal.pages.casework.finding import at, found
from mingzhang.portal.pages.casework.grants import sealed_of
from mingzhang.portal.pages.casework.inputs import Input
from mingzhang.portal.pages.casework.shown import rows_of, state_of, style_of, worded
from mingzhang.portal.pages.casework.tabs import READING, shown
from mingzhang.portal.pages.casework.told import told
from mingzhang.portal.pages.casework.turning import whose_turn
from mingzhang.records.casework.calendars import calendar
from mingzhang.records.casework.looking.masks import masked_fields
from mingzhang.records.casework.models import Record, Service
from mingzhang.records.casework.reading import PURPOSES, may_open
from mingzhang.records.casework.rules import rules as rules_in_force
from mingzhang.records.casework.transitions import may_approve, offered
from mingzhang.records.casework.turns import Next

_KILO = 1024


@dataclass(frozen=True, slots=True)
class Step:
    """A step that may be taken, with its form."""

    action: str
    chinese: str
    address: str
    form: Form
    key: str
    documents: list[str]
    effects: str
    two_person: bool
    open: bool
    missing: list[str]
    """What stands in its way so far."""
    turns: list[tuple[str, list[Next]]]
    """Whose turn it is, for the fields that entries take in turn."""

    @property
    def inputs(self) -> list[Input]:
        """Its inputs, their places named by the step."""
        return _apart(self.form.inputs(), self.action)


@casework(*READING)
def one(here: Here, key: str) -> HttpResponse:
    """The record's page."""
    return page_of(here, found(here, key))


def page_of(
    here: Here,
    record: Record,
    *,
    status: int = 200,
    problems: tuple[Problem, ...] = (),
    action: str = "",
    form: Form | None = None,
) -> HttpResponse:
    """The page of a record; a step that was refused stands open with what was typed."""
    kind, today, days = here.kind, timezone.localdate(), calendar()
    assert kind is not None
    names, choices = names_in([record], kind.fields), Choices()
    masks = masked_fields(record)
    opens = frozenset(path for path in masks if may_open(here.user, record, path))
    text = Written(record, kind, masks, names, files_of(record), opens)
    offers = offered(here.user, record, today)
    state = state_of(kind, record.state)
    may_write = here.case.may_over(record, "W") or here.case.may_over(record, "O")
    rules = {rule.rule_id: rule for rule in rules_in_force()}
    kept = list(record.deadlines.order_by("due_on", "id"))
    return shown(
        here,
        "casework/record.html",
        status=status,
        record=record,
        at=at(record),
        version=record.version,
        key=new_key(),
        problems=problems,
        state={"chinese": state.chinese, "style": style_of(state), "final": state.final},
        head=_head(record),
        cells=text.cells(),
        row_sets=text.row_sets(),
        purposes=list(PURPOSES.items()),
        holds=[_hold(hold) for hold in record.holds.all() if hold.to_on is None],
        steps=[
            _step(here, kind, record, offer, action, form, choices)
            for offer in offers
            if _may_try(kind, offer)
        ],
        not_allowed=[
            (offer.transition.chinese, offer.refusals) for offer in offers if not _may_try(kind, offer)
        ],
        deadlines=lamps.shown(kept, rules, today, days),
        events=told(record.events.all(), kind, names),
        documents=_documents(record),
        draft=_draft(here, record, kind, names),
        templates=_templates(here) if may_write else [],
        methods=Service.Method.choices,
        attachments=_attachments(record),
        related=rows_of(_related(here, record), today, days),
        may_write=may_write,
        may_correct=may_write,
        sealed=sealed_of(here, kind, record),
    )


def _draft(here: Here, record: Record, kind: Kind, names: dict[str, str]) -> dict[str, Any] | None:
    """What one person proposed and another decides; personal values stay sealed."""
    if not record.draft:
        return None
    stated = record.draft
    return {
        "chinese": stated["chinese"],
        "name": stated["name"],
        "on": stated["on"],
        "reason": stated["reason"],
        "values": [
            (each.chinese, worded(each, stated["payload"][each.name], names))
            for each in kind.fields
            if each.type is not FieldType.ROWS and stated["payload"].get(each.name) not in (None, "", [])
        ],
        "may_approve": may_approve(here.user, record),
        "is_own": stated["by"] == here.user.username,
        "address": reverse("casework_draft", kwargs=at(record)),
    }


def _head(record: Record) -> list[tuple[str, str]]:
    received = f"{timezone.localtime(record.received_at):%Y-%m-%d %H:%M}" if record.received_at else ""
    stated = (
        ("案号", record.number),
        ("收到", received),
        ("来源渠道", record.channel),
        ("发生日期", str(record.occurred_on)),
        ("街道社区", record.area.name if record.area else ""),
        ("承办机构", record.organisation.name if record.organisation else ""),
        ("承办人", record.owner.name if record.owner else ""),
        ("受理日", _day(record.accepted_on)),
        ("办结日", _day(record.closed_on)),
        ("结果", record.outcome),
        ("来源系统", " ".join(part for part in (record.source_system, record.source_ref) if part)),
    )
    return [(label, value) for label, value in stated if value or label == "承办人"]


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def _hold(hold: Any) -> str:
    until = f"，预计至 {hold.until_on}" if hold.until_on else ""
    return f"自 {hold.from_on} 起停办：{hold.reason}{until}。"


_FINAL = ("E-ROLE", "E-STATE", "E-SELF")
"""Refusals that nothing typed into the step's form takes away."""


def _may_try(kind: Kind, offer: Offer) -> bool:
    """Whether the step's form is shown: it may be taken, or what is missing may be among what the form asks."""
    if any(problem.code in _FINAL for problem in offer.refusals):
        return False
    step = offer.transition
    asks = {*step.needs, *step.asks, *(each.name for each in kind.fields if each.required == step.action)}
    return offer.is_open or bool(asks)


def _step(
    here: Here,
    kind: Kind,
    record: Record,
    offer: Offer,
    action: str,
    refused: Form | None,
    choices: Choices,
) -> Step:
    step = offer.transition
    mine = action == step.action and refused is not None
    form = refused if mine and refused is not None else step_form(kind, step, record, choices)
    templates = here.line.documents if here.line else {}
    return Step(
        action=step.action,
        chinese=step.chinese,
        address=reverse("casework_step", kwargs={**at(record), "action": step.action}),
        form=form,
        key=form.key or new_key(),
        documents=[templates[name].chinese for name in step.documents if name in templates],
        effects=_effects(kind, step),
        two_person=step.two_person,
        open=mine,
        missing=[f"{each.what}。{each.remedy}" for each in offer.refusals],
        turns=whose_turn(kind, form, record.content, mine=mine),
    )


def _apart(found: list[Input], action: str) -> list[Input]:
    """The inputs of one of several forms on a page: their places are named by the step."""
    return [
        Input(
            **{
                **{name: getattr(each, name) for name in Input.__slots__},
                "id": f"{action}-{each.id}",
                "rows": tuple(tuple(_apart(list(row), action)) for row in each.rows),
            }
        )
        for each in found
    ]


def _effects(kind: Kind, step: Transition) -> str:
    said = []
    if step.target:
        said.append(f"状态变为“{state_of(kind, step.target).chinese}”")
    if step.pauses:
        said.append("期限暂停计算")
    if step.resumes:
        said.append("期限恢复计算")
    if step.starts:
        said.append("开始计算新的期限")
    if step.two_person:
        said.append("由一人提出、另一人批准后生效")
    return "；".join(said) + "。" if said else ""


def _documents(record: Record) -> list[dict[str, Any]]:
    where = at(record)
    return [
        {
            "pk": row.pk,
            "chinese": row.name,
            "number": row.number,
            "issued_on": row.issued_on,
            "cancelled": row.cancelled_why if row.cancelled_on else "",
            "address": reverse("casework_document", kwargs={**where, "number": row.pk}),
            "serve_address": reverse("casework_serve", kwargs={**where, "number": row.pk}),
            "key": new_key(),
            "services": [
                f"{each.party} {each.get_method_display()}，{each.sent_on} 送出"
                + (f"，{each.received_on} 收到" if each.received_on else "，未收到回执")
                for each in row.services.all()
            ],
        }
        for row in record.documents.prefetch_related("services").order_by("-issued_on", "-id")
    ]


def _templates(here: Here) -> list[tuple[str, str]]:
    return [(each.id, each.chinese) for each in here.line.documents.values()] if here.line else []


def _attachments(record: Record) -> list[dict[str, Any]]:
    return [
        {
            "name": row.name,
            "proves": row.proves,
            "size": f"{max(1, row.size // _KILO)} KB",
            "pk": row.pk,
            "address": reverse("casework_attachment", kwargs={**at(record), "number": row.pk}),
            "remove": reverse("casework_detach", kwargs={**at(record), "number": row.pk}),
        }
        for row in record.attachments.filter(removed_why="")
    ]


def _related(here: Here, record: Record) -> list[Record]:
    """The record above and those below, as far as they are in scope."""
    keys = [record.parent_id, *record.children.values_list("pk", flat=True)]
    return list(
        here.case.records().filter(pk__in=[key for key in keys if key]).select_related("owner").order_by("pk")
    )
