"""Anybody checks a report: hand it over, watch, read what was found. No name is asked, nothing stays after a day."""

from __future__ import annotations

import re
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from mingzhang.portal.access import anybody, here_of
from mingzhang.portal.audit_requests import ACCEPT, Allowed, asked
from mingzhang.portal.client import address
from mingzhang.portal.pages.audits import reviewing
from mingzhang.portal.pages.audits.reviewing import Doors
from mingzhang.portal.showing import render
from mingzhang.records.audits import public_check, refuse_too_many_checks
from mingzhang.records.jobs.starting import cancel, start
from mingzhang.records.models import Job
from mingzhang.records.proposals.kind import RefusedError

_ALLOWED = Allowed(files=3, megabytes=20)
_TOKEN = re.compile(r"[0-9a-f]{32}\Z")


@anybody
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """The form, and handing over."""
    refused: RefusedError | None = None
    token = request.POST.get("key", "")
    if request.method == "POST":
        try:
            if not _TOKEN.match(token):
                token = uuid4().hex
            wanted = asked(request, _ALLOWED)
            if public_check(token) is None:
                wanted.payload.update(refuse_too_many_checks(address(request)))
            start(wanted.kind, None, None, wanted.payload, token, wanted.title, wanted.files)
            return redirect("check_result", token=token)
        except RefusedError as found:
            refused = found
    return render(
        request,
        "check/check.html",
        status=422 if refused else 200,
        here=here_of(request),
        problems=refused.problems if refused else (),
        posted=request.POST,
        accept=ACCEPT,
        allowed=_ALLOWED,
        key=token or uuid4().hex,
    )


@anybody
@never_cache
def result(request: HttpRequest, token: str) -> HttpResponse:
    """One check: how far it is, or what came of it."""
    job = _found(token)
    if job.state == Job.State.DONE and job.kind == "audit":
        return _review(request, job, "1")
    return render(request, "check/one.html", here=here_of(request), **reviewing.stated_of(job, _doors(job)))


@anybody
@never_cache
def progress(request: HttpRequest, token: str) -> HttpResponse:
    """How far it is, as a piece of the page; the page is loaded anew at its end."""
    job = _found(token)
    answer = render(request, "audits/progress.html", **reviewing.stated_of(job, _doors(job)))
    if job.has_ended:
        answer["HX-Refresh"] = "true"
    return answer


@anybody
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop it."""
    if request.method != "POST":
        raise Http404
    cancel(None, _found(token))
    return redirect("check_result", token=token)


@anybody
@never_cache
def file(request: HttpRequest, token: str, file: str) -> HttpResponse:
    """The review of one of several reports."""
    return _review(request, _found(token), file)


@anybody
def page_picture(request: HttpRequest, token: str, file: str, page: str) -> HttpResponse:
    """The picture of a page."""
    return reviewing.picture(_found(token), file, page)


@anybody
def take(request: HttpRequest, token: str, file: str, place: str) -> HttpResponse:
    """One of the files."""
    return reviewing.download(_found(token), file, place)


def _found(token: str) -> Job:
    job = public_check(token)
    if job is None:
        raise Http404
    return job


def _doors(job: Job) -> Doors:
    return Doors("check", {"token": job.key})


def _review(request: HttpRequest, job: Job, file: str) -> HttpResponse:
    stated = reviewing.review_stated(job, _doors(job), file, request.GET.get("from", ""))
    return render(request, "check/review.html", here=here_of(request), **stated)
