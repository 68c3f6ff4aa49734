"""Correct a record (更正): its fields as they stand, changed with a reason; what stood before stays in the course."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from mingzhang.casework.definitions import Field, FieldType, PrivacyClass
from mingzhang.portal.access import Here, casework
from mingzhang.portal.forms import version_of
from mingzhang.portal.pages.casework.asking import Form, correction_form
from mingzhang.portal.pages.casework.finding import at, found
from mingzhang.portal.pages.casework.tabs import READING, shown
from mingzhang.portal.pages.casework.typing import without_blank_rows
from mingzhang.portal.showing import done
from mingzhang.records.casework.correcting import correct
from mingzhang.records.casework.models import Record
from mingzhang.records.proposals.kind import RefusedError


@casework(*READING, work=True)
def correct_one(here: Here, key: str) -> HttpResponse:
    """The form, and correcting what differs."""
    record, kind = found(here, key), here.kind
    assert kind is not None
    form = correction_form(kind, record)
    before = without_blank_rows(form.fields, form.stated)
    if here.request.method != "POST":
        return _shown(here, record, form)
    form.take(here.request)
    if form.only_rows_changed:
        return _shown(here, record, form)
    stated = here.request.POST
    try:
        correct(
            here.user,
            record,
            changed(form.fields, form.entered(), before),
            stated.get("reason", ""),
            command_key=form.key,
            version=version_of(stated),
        )
    except RefusedError as refused:
        form.refuse()
        return _shown(here, record, form, refused)
    done(here, f"已更正：{record}")
    return redirect("casework_record", **at(record))


def changed(fields: tuple[Field, ...], entered: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """What differs from what stood there; a sealed field that was left blank says nothing."""
    found: dict[str, Any] = {}
    for each in fields:
        value = entered.get(each.name)
        if each.privacy is not PrivacyClass.P0:
            if value:
                found[each.name] = value
        elif each.type is FieldType.ROWS:
            if [_said(row) for row in value or ()] != [_said(row) for row in before.get(each.name, ())]:
                found[each.name] = value
        elif (value or "") != (before.get(each.name) or ""):
            found[each.name] = value
    return found


def _said(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in ("", [], None)}


def _shown(here: Here, record: Record, form: Form, refused: RefusedError | None = None) -> HttpResponse:
    stated = here.request.POST
    return shown(
        here,
        "casework/correct.html",
        status=422 if refused else 200,
        record=record,
        inputs=form.inputs(),
        version=stated.get("version") or record.version,
        reason=stated.get("reason", ""),
        key=form.key,
        problems=refused.problems if refused else (),
    )
