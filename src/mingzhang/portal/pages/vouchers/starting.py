"""Where a new voucher starts from (录入起点): an event, empty lines, a posted voucher, or something entered before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.http import Http404

from mingzhang.catalogue.loading import event_groups, voucher_templates
from mingzhang.forms import EventGroup
from mingzhang.portal.access import Here
from mingzhang.portal.pages.vouchers.event_form import EventForm
from mingzhang.portal.pages.vouchers.head_form import likely_day
from mingzhang.portal.pages.vouchers.line_form import LineForm
from mingzhang.records.adjusting import WAYS, adjusting, copied
from mingzhang.records.event_questions import applies
from mingzhang.records.models import Proposal, Voucher
from mingzhang.records.proposals.voucher import voucher_payload

Form = EventForm | LineForm

_LOOKED_AT = 40
_OFFERED = 6
_KEPT_HABITS = ("function", "nature", "fund", "payment")
"""What the next event of the same person most likely has too."""


@dataclass(frozen=True, slots=True)
class Recent:
    """Something the person entered before, to be entered again."""

    proposal: Proposal
    plain: str


def start(here: Here) -> Form | None:
    """The form that the address asks for; None where it asks for none yet."""
    asked = here.request.GET
    if name := asked.get("event"):
        return fresh_event(here, name)
    if "lines" in asked:
        form = LineForm(here.entity, here.year, {"date": likely_day(here.entity, here.year)})
        return form.with_blank_rows()
    if number := asked.get("copy"):
        payload = voucher_payload(copied(posted(here, number)))
        return form_of(here, payload | {"date": likely_day(here.entity, here.year)})
    if number := asked.get("adjust"):
        way = asked.get("way", "reverse")
        if way not in WAYS:
            raise Http404
        return form_of(here, voucher_payload(adjusting(posted(here, number), way)))
    if key := asked.get("again"):
        before = Proposal.objects.filter(
            pk=int(key) if key.isdigit() and len(key) < 18 else 0, entity=here.entity, kind="voucher"
        ).first()
        if before is None:
            raise Http404
        return form_of(here, before.payload | {"date": likely_day(here.entity, here.year)})
    return None


def fresh_event(here: Here, name: str) -> EventForm:
    """The form of an event with what the person's last event had in common with it most likely."""
    template = voucher_templates().events.get(name)
    if template is None or not applies(template, here.entity):
        raise Http404
    stated = {"date": likely_day(here.entity, here.year), "nature": "basic"} | _habits(here)
    form = EventForm(here.entity, here.year, template, stated)
    if form["payment"] not in dict(form.questions.payments):
        form.stated["payment"] = ""
    if form["fund"] not in dict(form.questions.funds):
        form.stated["fund"] = ""
    form.name_codes()
    return form


def form_of(here: Here, payload: dict[str, Any]) -> Form:
    """The form that would make a payload."""
    if payload.get("event"):
        form = EventForm.of_payload(here.entity, here.year, payload)
        if form is not None:
            return form
    return LineForm.of_payload(here.entity, here.year, payload).with_blank_rows(1)


def form_sent(here: Here) -> Form:
    """The form that was sent."""
    sent = here.request.POST
    if sent.get("mode") == "lines":
        return LineForm.of_post(here.entity, here.year, sent)
    template = voucher_templates().events.get(sent.get("event", ""))
    if template is None or not applies(template, here.entity):
        raise Http404
    return EventForm(here.entity, here.year, template, sent)


def posted(here: Here, number: str) -> Voucher:
    """A posted voucher of the unit's year."""
    found = Voucher.objects.filter(entity=here.entity, year=here.year, number=number).first()
    if found is None:
        raise Http404
    found.entity = here.entity
    return found


def groups_for(here: Here, typed: str) -> list[EventGroup]:
    """The groups with the events that units of this kind have; those that fit what was typed, or some of it."""
    words = typed.split()
    pairs = [pair for word in words for pair in map("".join, pairwise(word))]
    return _fitting(here, words, all) or _fitting(here, pairs, any)


def _fitting(here: Here, words: list[str], enough: Callable[[Iterable[bool]], bool]) -> list[EventGroup]:
    templates = voucher_templates().events
    found = []
    for group in event_groups():
        events = []
        for event in group.events:
            template = templates[event.template]
            said = " ".join((event.plain, template.event, event.template, *event.words))
            if applies(template, here.entity) and enough(word in said for word in words):
                events.append(event)
        if events:
            found.append(EventGroup(group.name, tuple(events)))
    return found


def recent(here: Here) -> list[Recent]:
    """What the person entered last for this unit, each event and summary once."""
    found: dict[tuple[str, str], Recent] = {}
    plain = {event.template: event.plain for group in event_groups() for event in group.events}
    for proposal in _own(here):
        name = str((proposal.payload.get("event") or {}).get("template") or "")
        found.setdefault((name, proposal.title), Recent(proposal, plain.get(name, "逐行录入")))
    return list(found.values())[:_OFFERED]


def _habits(here: Here) -> dict[str, str]:
    for proposal in _own(here):
        event = proposal.payload.get("event") or {}
        if event:
            return {name: str(event[name]) for name in _KEPT_HABITS if event.get(name)}
    return {}


def _own(here: Here) -> list[Proposal]:
    found = Proposal.objects.filter(prepared_by=here.user, entity=here.entity, kind="voucher")
    return list(found.order_by("-id")[:_LOOKED_AT])
