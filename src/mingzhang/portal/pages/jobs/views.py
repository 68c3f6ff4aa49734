"""The list of jobs, one of them while it runs and when it has ended, its cancelling, the file of its problems."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect

from mingzhang.documents import Problem
from mingzhang.portal.access import Here, everybody
from mingzhang.portal.pages.jobs.results import result_of
from mingzhang.portal.showing import done, render, show, tell
from mingzhang.records.jobs.folders import uploads
from mingzhang.records.jobs.kinds.import_file import PROBLEMS_FILE
from mingzhang.records.jobs.starting import cancel, visible_to, with_progress
from mingzhang.records.models import Job
from mingzhang.records.proposals.kind import RefusedError

_PAGE = 50
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@everybody
def listing(here: Here) -> HttpResponse:
    """One's own jobs, newest first; all of them for who administers."""
    found = visible_to(here.user)
    before = here.request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    jobs = list(found.order_by("-id")[: _PAGE + 1])
    return show(
        here,
        "jobs/listing.html",
        jobs=with_progress(jobs[:_PAGE]),
        more=jobs[_PAGE - 1].pk if len(jobs) > _PAGE else None,
        own=all(job.owner_id == here.user.pk for job in jobs),
    )


@everybody
def one(here: Here, number: int) -> HttpResponse:
    """One job: how far it is, or what came of it."""
    job = job_found(here, number)
    return show(
        here,
        "jobs/job.html",
        job=job,
        problems=[Problem(**problem) for problem in job.problems],
        result=result_of(here, job),
    )


@everybody
def progress(here: Here, number: int) -> HttpResponse:
    """The part of the page that is asked for every second; when the job has ended the page is loaded anew."""
    job = job_found(here, number)
    answer = render(here.request, "jobs/progress.html", job=job)
    if job.has_ended:
        answer["HX-Refresh"] = "true"
    return answer


@everybody
def stop(here: Here, number: int) -> HttpResponse:
    """Ask for a job to stop."""
    job = job_found(here, number)
    if here.request.method != "POST":
        raise Http404
    try:
        cancel(here.user, job)
    except RefusedError as refused:
        tell(here, refused)
    else:
        done(here, f"已要求取消：{job.title}")
    return redirect("job", number=job.pk)


@everybody
def problem_file(here: Here, number: int) -> HttpResponse:
    """All problems of an import as a table."""
    job = job_found(here, number)
    path = uploads(job) / PROBLEMS_FILE
    if job.kind != "import_file" or not path.is_file():
        raise Http404("这个任务没有问题清单")
    return FileResponse(
        path.open("rb"), as_attachment=True, filename="导入问题清单.xlsx", content_type=_EXCEL
    )


def job_found(here: Here, number: int) -> Job:
    """A job that the person may see."""
    job = visible_to(here.user).filter(pk=number).first()
    if job is None:
        raise Http404("没有这个任务")
    return job
