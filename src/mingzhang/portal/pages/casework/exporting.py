"""Export a list (导出): the records in scope that fit the list's conditions, with a reason that is written down."""

from __future__ import annotations

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from mingzhang.portal.access import Here, casework
from mingzhang.portal.downloads import download
from mingzhang.portal.pages.casework.listing import asked_for
from mingzhang.portal.pages.casework.tabs import READING
from mingzhang.portal.showing import tell
from mingzhang.records.casework.exporting import export
from mingzhang.records.proposals.kind import RefusedError


@casework(*READING, work=True)
def take(here: Here) -> HttpResponseBase:
    """A workbook of what the list shows, all of its pages."""
    kind, stated = here.kind, here.request.POST
    assert kind is not None
    if here.request.method != "POST":
        raise Http404
    _, found = asked_for(here, kind)
    try:
        table = export(
            here.user, kind, stated.get("reason", ""), found.order_by(), names=bool(stated.get("names"))
        )
    except RefusedError as refused:
        tell(here, refused)
        return redirect("casework_records", line=kind.line, kind=kind.id)
    return download(here, kind.chinese, table.header, table.rows, "xlsx")
