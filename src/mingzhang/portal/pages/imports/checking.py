"""A file that was handed over: its preview, its check row by row, understood otherwise, taken in."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.documents import Problem
from mingzhang.portal.access import Here, page
from mingzhang.portal.forms import new_key
from mingzhang.portal.pages.imports.asking import kinds_offered, year_of
from mingzhang.portal.pages.jobs.results import result_of
from mingzhang.portal.showing import render, show, tell
from mingzhang.records.jobs.importing import ask_again, preview, take_in
from mingzhang.records.jobs.starting import visible_to
from mingzhang.records.models import Job
from mingzhang.records.policy import Action
from mingzhang.records.proposals.kind import RefusedError


@page(Action.IMPORT)
def check(here: Here, number: int) -> HttpResponse:
    """The file as it was understood, and how its check went."""
    job = _found(here, number)
    return show(
        here,
        "imports/check.html",
        preview=preview(job),
        kinds=kinds_offered(),
        of_year=job.payload.get("year") or "",
        key=new_key(),
        **_state(here, job),
    )


@page(Action.IMPORT)
def state(here: Here, number: int) -> HttpResponse:
    """The part that is asked for every second."""
    job = _found(here, number)
    answer = render(here.request, "imports/state.html", **_state(here, job), here=here)
    if job.has_ended:
        answer["HX-Refresh"] = "true"
    return answer


@page(Action.IMPORT)
def again(here: Here, number: int) -> HttpResponse:
    """Understand the same file otherwise."""
    job = _found(here, number)
    if here.request.method != "POST":
        raise Http404
    stated = here.request.POST
    columns = list(zip(stated.getlist("header"), stated.getlist("field"), strict=False))
    try:
        job = ask_again(
            here.user, job, stated.get("kind", ""), year_of(stated), columns, stated.get("key", "")
        )
    except RefusedError as refused:
        tell(here, refused)
    return redirect("import_check", entity=here.entity.code, year=here.year, number=job.pk)


@page(Action.IMPORT)
def confirm(here: Here, number: int) -> HttpResponse:
    """Take it in."""
    job = _found(here, number)
    if here.request.method != "POST":
        raise Http404
    try:
        taken = take_in(here.user, job)
    except RefusedError as refused:
        tell(here, refused)
        return redirect("import_check", entity=here.entity.code, year=here.year, number=job.pk)
    return redirect("job", number=taken.pk)


def _state(here: Here, job: Job) -> dict[str, object]:
    report = job.result or {}
    result = result_of(here, job)
    return {
        "job": job,
        "it": result.stated if result else None,
        "problems": [Problem(**problem) for problem in job.problems] if not result else [],
        "may_confirm": job.state == Job.State.DONE and not report.get("before") and bool(report.get("rows")),
    }


def _found(here: Here, number: int) -> Job:
    found = (
        visible_to(here.user)
        .filter(pk=number, owner=here.user, kind="import_file", entity=here.entity)
        .first()
    )
    if found is None or not found.payload.get("dry_run"):
        raise Http404("没有这个待导入的文件")
    return found
