"""Documents of a record (文书): issued, read and printed, served."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from mingzhang.documents import Problem
from mingzhang.portal.access import Here, casework
from mingzhang.portal.pages.casework.finding import at, found
from mingzhang.portal.pages.casework.paper import paper
from mingzhang.portal.pages.casework.record import page_of
from mingzhang.portal.pages.casework.tabs import READING, shown
from mingzhang.portal.showing import done
from mingzhang.portal.typed import day
from mingzhang.records.casework.documents import issue, serve
from mingzhang.records.casework.models import Document, Record
from mingzhang.records.casework.reading import PURPOSES, open_document
from mingzhang.records.proposals.kind import RefusedError


@casework(*READING, work=True)
def issue_one(here: Here, key: str) -> HttpResponse:
    """Issue a document of a template."""
    record, stated = found(here, key), here.request.POST
    if here.request.method != "POST":
        raise Http404
    try:
        row = issue(
            here.user,
            record,
            stated.get("template", ""),
            occurred_on=timezone.localdate(),
            command_key=stated.get("key", "")[:64],
        )
    except RefusedError as refused:
        return page_of(here, found(here, key), status=422, problems=refused.problems)
    done(here, f"已出具：{row.name} {row.number}")
    return redirect("casework_record", **at(record))


@casework(*READING, work=True)
def one(here: Here, key: str, number: int) -> HttpResponse:
    """A document as it was issued, to be read and printed: it names people, so it is opened for a purpose, and that is logged."""
    record = found(here, key)
    row = _found(record, number)
    text, refused = "", None
    if here.request.method == "POST":
        try:
            text = open_document(here.user, row, here.request.POST.get("purpose", ""))
        except RefusedError as raised:
            refused = raised
    return shown(
        here,
        "casework/document.html",
        status=422 if refused else 200,
        record=record,
        document=row,
        paper=paper(row.name, row.number, text) if text else None,
        purposes=list(PURPOSES.items()),
        problems=refused.problems if refused else (),
        back=reverse("casework_record", kwargs=at(record)),
    )


@casework(*READING, work=True)
def serve_one(here: Here, key: str, number: int) -> HttpResponse:
    """Record that a document was served; being received starts its deadlines."""
    record, stated = found(here, key), here.request.POST
    if here.request.method != "POST":
        raise Http404
    row = _found(record, number)
    sent, received = day(stated.get("sent_on", "")), day(stated.get("received_on", ""))
    try:
        if sent is None or (stated.get("received_on") and received is None):
            raise RefusedError(Problem("E-DATE", "送达日期不对", row.name, "填写日期，如 2021-03-05。"))
        serve(
            here.user,
            row,
            party=stated.get("party", ""),
            method=stated.get("method", ""),
            sent_on=sent,
            received_on=received,
            command_key=stated.get("key", "")[:64],
        )
    except RefusedError as refused:
        return page_of(here, found(here, key), status=422, problems=refused.problems)
    done(here, f"已登记送达：{row.name} {row.number}")
    return redirect("casework_record", **at(record))


def _found(record: Record, number: int) -> Document:
    row = record.documents.filter(pk=number).select_related("record").first()
    if row is None:
        raise Http404("没有这份文书")
    return row
