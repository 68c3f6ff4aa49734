"""Open a personal field (查看个人信息): on a click, with a purpose, written down for good."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.html import escape

from mingzhang.portal.access import Here, casework
from mingzhang.portal.pages.casework.finding import at, found
from mingzhang.portal.pages.casework.tabs import READING, shown
from mingzhang.portal.showing import tell
from mingzhang.records.casework.reading import open_field
from mingzhang.records.proposals.kind import RefusedError


@casework(*READING, work=True)
def open_one(here: Here, key: str) -> HttpResponse:
    """The field in clear, in its place or on a page of its own."""
    record, stated = found(here, key), here.request.POST
    if here.request.method != "POST":
        raise Http404
    try:
        text = open_field(here.user, record, stated.get("field", ""), stated.get("purpose", ""))
    except RefusedError as refused:
        if here.request.htmx:
            return HttpResponse(escape("；".join(each.what for each in refused.problems)))
        tell(here, refused)
        return shown(here, "casework/opened.html", status=422, label="没有打开", text="", back=_back(record))
    if here.request.htmx:
        return HttpResponse(escape(text))
    return shown(here, "casework/opened.html", label="个人信息", text=text, back=_back(record))


def _back(record) -> str:
    return reverse("casework_record", kwargs=at(record))
