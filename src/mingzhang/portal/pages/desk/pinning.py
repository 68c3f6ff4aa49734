"""Pin the page one is on to the desk, or take one off it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from mingzhang.portal.access import Here, everybody
from mingzhang.portal.showing import done, tell
from mingzhang.records.proposals.kind import RefusedError
from mingzhang.records.shortcuts import pin, unpin


@everybody
def pinned(here: Here) -> HttpResponse:
    """Pin a page of this portal, and go back to it."""
    stated = here.request.POST
    address = stated.get("address", "")
    if here.request.method != "POST" or not _is_page(address):
        raise Http404
    try:
        new = pin(here.user, address, stated.get("title", ""))
        done(here, "已固定到工作台的“常用”。" if new else "这一页已经在“常用”里。")
    except RefusedError as refused:
        tell(here, refused)
    return redirect(address)


@everybody
def unpinned(here: Here, number: int) -> HttpResponse:
    """Take a page off the desk."""
    if here.request.method != "POST":
        raise Http404
    unpin(here.user, number)
    return redirect("desk")


def _is_page(address: str) -> bool:
    """Whether an address is that of a page here and nowhere else: a path that one of the views answers."""
    parts = urlsplit(address)
    if (
        parts.scheme
        or parts.netloc
        or not address.startswith("/")
        or address.startswith("//")
        or "\\" in address
    ):
        return False
    try:
        return hasattr(resolve(parts.path).func, "actions")
    except Resolver404:
        return False
