"""Jobs: what the caller had done in the background, how far it is, what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404
from ninja import Router, Schema
from pydantic import Field

from mingzhang.portal.access import Here
from mingzhang.portal.api.guard import endpoint
from mingzhang.portal.api.paging import Before, Limit
from mingzhang.portal.api.problems import ERRORS, ProblemOut
from mingzhang.records.jobs import starting
from mingzhang.records.looking.jobs import jobs_page
from mingzhang.records.models import Job

router = Router(tags=["后台任务 jobs"])


class JobOut(Schema):
    """A job (后台任务)."""

    id: int
    kind: str
    title: str
    entity: str | None
    state: str = Field(description="waiting、running、done、failed、cancelled")
    stage: str
    done: int
    total: int
    created_at: datetime
    ended_at: datetime | None
    problems: list[ProblemOut]
    result: dict[str, Any]


class JobPage(Schema):
    """A page of jobs."""

    items: list[JobOut]
    next: int | None


Number = Annotated[int, Field(ge=1, le=2**62, description="编号 / number")]


def job_out(job: Job) -> JobOut:
    """A job as told."""
    return JobOut(
        entity=job.entity.code if job.entity else None,
        stage=job.progress.stage,
        done=job.progress.done,
        total=job.progress.total,
        problems=[ProblemOut(**problem) for problem in job.problems],
        **{
            name: getattr(job, name)
            for name in ("id", "kind", "title", "state", "created_at", "ended_at", "result")
        },
    )


def _found(here: Here, number: int) -> Job:
    job = starting.visible_to(here.user).filter(pk=number).first()
    if job is None:
        raise Http404
    return job


@router.get("/jobs", response={200: JobPage, **ERRORS}, summary="后台任务 / jobs")
@endpoint()
def listing(here: Here, before: Before = None, limit: Limit = 50):
    """One's own jobs, the newest first; all of them for administrators."""
    rows, more = jobs_page(here.user, before, limit)
    return JobPage(items=[job_out(job) for job in rows], next=more)


@router.get("/jobs/{number}", response={200: JobOut, **ERRORS}, summary="一个任务 / one job")
@endpoint()
def one(here: Here, number: Number):
    """One job with its progress."""
    return job_out(_found(here, number))


@router.post("/jobs/{number}/cancel", response={200: JobOut, **ERRORS}, summary="取消任务 / cancel")
@endpoint()
def cancel(here: Here, number: Number):
    """Ask for a job to stop; one that has ended stays as it is."""
    starting.cancel(here.user, _found(here, number))
    return job_out(_found(here, number))
