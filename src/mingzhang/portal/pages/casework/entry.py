"""Register a new record (登记): a form that reads like the paper one, in one page, with rows added as needed."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from mingzhang.casework.definitions import FieldType, Kind, Transition
from mingzhang.documents import Problem
from mingzhang.portal.access import Here, casework
from mingzhang.portal.forms import new_key
from mingzhang.portal.pages.casework.asking import Form, groups, opening_form
from mingzhang.portal.pages.casework.finding import at
from mingzhang.portal.pages.casework.inputs import PREFIX
from mingzhang.portal.pages.casework.tabs import READING, shown
from mingzhang.portal.pages.casework.turning import whose_turn
from mingzhang.portal.showing import done
from mingzhang.portal.typed import day
from mingzhang.records.casework.opening import open_record, openings
from mingzhang.records.casework.turns import Next
from mingzhang.records.proposals.kind import RefusedError

_LONGEST = 200


@casework(*READING, work=True)
def new(here: Here) -> HttpResponse:
    """The form of an opening step; sent, it becomes a record."""
    kind = here.kind
    assert kind is not None
    offered = openings_of(here, kind)
    if not offered:
        raise PermissionDenied
    wanted = here.request.GET.get("action", "")
    action = next((each for each in offered if each.action == wanted), offered[0])
    form = opening_form(kind, action)
    if here.request.method != "POST":
        form.key = new_key()
        _prefill(here, form)
        return _shown(here, kind, action, form, turns=whose_turn(kind, form, form.stated, mine=False))
    form.take(here.request)
    if form.only_rows_changed:
        return _shown(here, kind, action, form)
    fields = form.entered()
    on = day(str(fields.pop("occurred_on", "")))
    reason = str(fields.pop("reason", "")) if "reason" not in {each.name for each in kind.fields} else ""
    try:
        if on is None:
            raise RefusedError(Problem("E-DATE", "没有填写发生日期", "发生日期", "填写实际发生的日期。"))
        record = open_record(
            here.user,
            kind,
            fields,
            occurred_on=on,
            command_key=form.key,
            action=action.action,
            reason=reason,
        )
    except RefusedError as refused:
        form.refuse()
        return _shown(here, kind, action, form, refused)
    done(here, f"已登记：{record}")
    return redirect("casework_record", **at(record))


def openings_of(here: Here, kind: Kind) -> list[Transition]:
    """The steps by which the person may open a record of the kind."""
    return openings(here.user, kind, timezone.localdate())


def _prefill(here: Here, form: Form) -> None:
    """What the address says of the form's fields, as a list of another page hands it over."""
    for each in form.fields:
        if each.type is not FieldType.ROWS and (text := here.request.GET.get(f"{PREFIX}.{each.name}")):
            form.stated[each.name] = text[:_LONGEST]


def _shown(
    here: Here,
    kind: Kind,
    action: Transition,
    form: Form,
    refused: RefusedError | None = None,
    turns: Sequence[tuple[str, list[Next]]] = (),
) -> HttpResponse:
    found, rest = groups(form, kind, action)
    documents = here.line.documents if here.line else {}
    return shown(
        here,
        "casework/new.html",
        status=422 if refused else 200,
        action=action,
        groups=found,
        turns=turns,
        rest=rest,
        rest_open=any(each.error or (each.value and each.value != [{}]) for each in rest),
        key=form.key,
        problems=refused.problems if refused else (),
        documents=[documents[name].chinese for name in action.documents if name in documents],
    )
