"""Audits for staff: the list with its form, one audit, the review of one report."""

from __future__ import annotations

from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.portal.access import Here, page
from mingzhang.portal.audit_requests import ACCEPT, ALLOWED, asked
from mingzhang.portal.pages.audits import reviewing
from mingzhang.portal.pages.audits.accepting import with_accepted
from mingzhang.portal.pages.audits.reviewing import doors_of
from mingzhang.portal.showing import done, show, tell
from mingzhang.records.acceptances import in_force
from mingzhang.records.audits import audits_visible_to, findings_of
from mingzhang.records.jobs.starting import cancel, start, with_progress
from mingzhang.records.models import Entity, Job
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError

_PAGE = 50


@page(Action.AUDIT)
def audits(here: Here) -> HttpResponse:
    """The audits that one may see, newest first, and the form for a new one."""
    if here.request.method == "POST":
        try:
            wanted = asked(here.request, ALLOWED)
            key = here.request.POST.get("key", "")[:64]
            job = start(
                wanted.kind, here.user, _entity(here), wanted.payload, key, wanted.title, wanted.files
            )
        except RefusedError as refused:
            return _listing(here, refused)
        return redirect("audit_result", number=job.pk)
    return _listing(here)


@page(Action.AUDIT)
def result(here: Here, number: int) -> HttpResponse:
    """One audit: how far it is, or what came of it; an audit of one report shows its review at once."""
    job = _found(here, number)
    if job.state == Job.State.DONE and job.kind == "audit":
        return _review(here, job, "1")
    return show(here, "audits/one.html", **reviewing.stated_of(job, doors_of(job)))


@page(Action.AUDIT)
def progress(here: Here, number: int) -> HttpResponse:
    """How far it is, as a piece of the page; the page is loaded anew at its end."""
    job = _found(here, number)
    answer = show(here, "audits/progress.html", **reviewing.stated_of(job, doors_of(job)))
    if job.has_ended:
        answer["HX-Refresh"] = "true"
    return answer


@page(Action.AUDIT)
def stop(here: Here, number: int) -> HttpResponse:
    """Stop it."""
    job = _found(here, number)
    if here.request.method != "POST":
        raise Http404
    try:
        cancel(here.user, job)
        done(here, "已要求停止。")
    except RefusedError as refused:
        tell(here, refused)
    return redirect("audit_result", number=job.pk)


@page(Action.AUDIT)
def file(here: Here, number: int, file: str) -> HttpResponse:
    """The review of one of several reports."""
    return _review(here, _found(here, number), file)


@page(Action.AUDIT)
def page_picture(here: Here, number: int, file: str, page: str) -> HttpResponse:
    """The picture of a page."""
    return reviewing.picture(_found(here, number), file, page)


@page(Action.AUDIT)
def take(here: Here, number: int, file: str, place: str) -> HttpResponse:
    """One of the files."""
    return reviewing.download(_found(here, number), file, place)


def _listing(here: Here, refused: RefusedError | None = None) -> HttpResponse:
    found = audits_visible_to(here.access)
    before = here.request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = with_progress(found[: _PAGE + 1])
    return show(
        here,
        "audits/listing.html",
        status=422 if refused else 200,
        jobs=rows[:_PAGE],
        findings_of=findings_of,
        more=rows[_PAGE - 1].pk if len(rows) > _PAGE else None,
        problems=refused.problems if refused else (),
        places=here.access.entities(Action.AUDIT),
        posted=here.request.POST,
        accept=ACCEPT,
        allowed=ALLOWED,
        key=here.request.POST.get("key") or uuid4().hex,
    )


def _entity(here: Here) -> Entity:
    """Whose audit it is: the entity chosen, else the first where the person may audit."""
    places = here.access.entities(Action.AUDIT)
    code = here.request.POST.get("place", "")
    return next((place for place in places if place.code == code), places[0])


def _found(here: Here, number: int) -> Job:
    job = audits_visible_to(here.access).filter(pk=number).first()
    if job is None:
        raise Http404
    return job


def _review(here: Here, job: Job, file: str) -> HttpResponse:
    known = in_force(job.entity)
    stated = reviewing.review_stated(
        job,
        doors_of(job),
        file,
        here.request.GET.get("from", ""),
        lambda review: with_accepted(review, known),
    )
    may_accept = job.entity is not None and here.access.may(Action.ACCEPT_FINDING, job.entity)
    return show(here, "audits/review.html", known=known, may_accept=may_accept, **stated)
